using System.Globalization;
using GroupPortal.Application.Groups;
using GroupPortal.Core.Directories;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;

namespace GroupPortal.Web.Components.Pickers;

/// <summary>Where a group stands: the way to the container, which opens the tree of containers (ARIA tree).</summary>
public sealed partial class ContainerPicker : IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private ContainerTree _tree = null!;
    private ElementReference _treeElement;
    private bool _isOpen;
    private bool _attach;

    [Inject]
    public required GroupReader Groups { get; init; }

    [Inject]
    public required IJSRuntime Browser { get; init; }

    [Parameter, EditorRequired]
    public required IdentityStore Store { get; set; }

    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    [Parameter]
    public string InputId { get; set; } = "container";

    /// <summary>The distinguished name of the container.</summary>
    [Parameter, EditorRequired]
    public string Value { get; set; } = "";

    [Parameter]
    public EventCallback<string> ValueChanged { get; set; }

    /// <summary>From the store down, as people say it.</summary>
    private IReadOnlyList<string> Path
    {
        get
        {
            var names = new List<string>();
            var root = DistinguishedName.Parse(Store.BaseDn);
            if (!DistinguishedName.TryParse(Value, out var at))
            {
                return [Value];
            }

            while (at is not null && !at.Equals(root))
            {
                names.Add(at.Name);
                at = at.Parent;
            }

            names.Add(Store.Name);
            names.Reverse();
            return names;
        }
    }

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    protected override void OnInitialized() => _tree = new ContainerTree(parent => Groups.ContainersAsync(Store.Id, parent, _gone.Token));

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_attach && _isOpen && _tree.Lines.Count > 0)
        {
            _attach = false;
            await using var module = await Browser.InvokeAsync<IJSObjectReference>("import", "./assets/js/picker.js");
            await module.InvokeVoidAsync("attachTree", _treeElement);
        }
    }

    private string LineId(int place) => string.Create(CultureInfo.InvariantCulture, $"{InputId}-line-{place}");

    private bool IsValue(string dn) =>
        DistinguishedName.TryParse(dn, out var one) && DistinguishedName.TryParse(Value, out var other) && one.Equals(other);

    private async Task ToggleAsync()
    {
        _isOpen = !_isOpen;
        if (_isOpen)
        {
            await LoadAsync();
        }
    }

    private async Task LoadAsync()
    {
        _attach = true;
        await _tree.OpenAtAsync(Value);
    }

    private async Task TwistAsync(int place)
    {
        _tree.Activate(place);
        if (_tree.Lines[place].IsExpanded)
        {
            _tree.Collapse(place);
        }
        else
        {
            await _tree.ExpandAsync(place);
        }
    }

    private async Task ChooseAsync(int place)
    {
        _tree.Activate(place);
        _isOpen = false;
        await ValueChanged.InvokeAsync(_tree.Lines[place].Node.Dn);
    }

    private async Task OnKeyDownAsync(KeyboardEventArgs key)
    {
        switch (key.Key)
        {
            case "ArrowDown":
                _tree.Activate(_tree.Active + 1);
                break;
            case "ArrowUp":
                _tree.Activate(_tree.Active - 1);
                break;
            case "Home":
                _tree.Activate(0);
                break;
            case "End":
                _tree.Activate(_tree.Lines.Count - 1);
                break;
            case "ArrowRight":
                await _tree.GoInAsync();
                break;
            case "ArrowLeft":
                _tree.GoOut();
                break;
            case "Enter" or " " when _tree.Active >= 0:
                await ChooseAsync(_tree.Active);
                break;
            case "Escape":
                _isOpen = false;
                break;
            default:
                break;
        }
    }
}
