using GroupPortal.Application.Groups;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;

namespace GroupPortal.Web.Components.Pickers;

/// <summary>
/// Finds people and other objects while one types (combobox with a list, WAI-ARIA 1.2). Radzen's own carries inline
/// handlers, which the content security policy forbids.
/// </summary>
public sealed partial class ObjectPicker : IAsyncDisposable
{
    private const int Limit = 20;
    private static readonly TimeSpan Debounce = TimeSpan.FromMilliseconds(200);

    private readonly CancellationSeries _searches = new();
    private IJSObjectReference? _module;
    private ElementReference _input;
    private HashSet<Guid> _chosen = [];
    private IReadOnlyList<DirectoryObject> _found = [];
    private IReadOnlyList<PickOption> _options = [];
    private DirectoryError? _error;
    private string _text = "";
    private string _announcement = "";
    private long _total;
    private int _active = -1;
    private bool _isOpen;
    private bool _isBusy;
    private bool _isPasting;

    [Inject]
    public required GroupReader Groups { get; init; }

    [Inject]
    public required IJSRuntime Browser { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    [Parameter, EditorRequired]
    public int StoreId { get; set; }

    /// <summary>What the field is called.</summary>
    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    [Parameter]
    public string InputId { get; set; } = "picker";

    /// <summary>Which kinds are searched; empty means all.</summary>
    [Parameter]
    public IReadOnlyCollection<ObjectKind> Kinds { get; set; } = [];

    [Parameter]
    public IReadOnlyList<PickedObject> Chosen { get; set; } = [];

    /// <summary>The code of the reason against an object; such objects are shown, with the reason, and cannot be chosen.</summary>
    [Parameter]
    public Func<DirectoryObject, string?>? WhyNot { get; set; }

    /// <summary>Many, or one that the next choice replaces.</summary>
    [Parameter]
    public bool Multiple { get; set; } = true;

    [Parameter]
    public bool AllowPaste { get; set; } = true;

    [Parameter]
    public string? Placeholder { get; set; }

    /// <summary>The id of the element that says more about the field.</summary>
    [Parameter]
    public string? DescribedBy { get; set; }

    /// <summary>What is wrong with the choice so far; shown by the page.</summary>
    [Parameter]
    public string? Problem { get; set; }

    [Parameter]
    public EventCallback<IReadOnlyList<PickedObject>> OnAdd { get; set; }

    [Parameter]
    public EventCallback<Guid> OnRemove { get; set; }

    private string ListId => InputId + "-list";

    private string? ActiveId => _isOpen && _active >= 0 ? OptionId(_active) : null;

    public async ValueTask DisposeAsync()
    {
        _searches.Dispose();
        if (_module is not null)
        {
            try
            {
                await _module.DisposeAsync();
            }
            catch (JSDisconnectedException)
            {
                // The browser has gone, and the module with it.
            }
        }
    }

    protected override void OnParametersSet()
    {
        _chosen = [.. Chosen.Select(one => one.Id)];
        ShowOptions();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _module = await Browser.InvokeAsync<IJSObjectReference>("import", "./assets/js/picker.js");
            await _module.InvokeVoidAsync("attach", _input);
        }
    }

    private string OptionId(int place) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{InputId}-{place}");

    private void ShowOptions() => _options = [.. _found.Select(found => PickOption.From(found, _chosen, WhyNot))];

    private Task OnInputAsync(string? text)
    {
        _text = text ?? "";
        if (_text.Trim().Length == 0)
        {
            Close();
            return Task.CompletedTask;
        }

        return SearchAsync(Debounce);
    }

    /// <summary>The list as it is stays, dimmed, until the new one comes: nothing jumps.</summary>
    private async Task SearchAsync(TimeSpan delay)
    {
        var cancellation = _searches.Next();
        (_isOpen, _isBusy) = (true, true);
        try
        {
            await Task.Delay(delay, Clock, cancellation);
            var answer = await Groups.FindAsync(StoreId, new ObjectQuery(_text.Trim(), Kinds, Limit), cancellation);
            if (!cancellation.IsCancellationRequested)
            {
                Show(answer);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The next keystroke, or the end of the page.
        }
    }

    private void Show(DirectoryAnswer<Page<DirectoryObject>> answer)
    {
        (Page<DirectoryObject> page, _error) = answer switch
        {
            DirectoryAnswer<Page<DirectoryObject>>.Ok(var all) => (all, null),
            DirectoryAnswer<Page<DirectoryObject>>.Partial(var some, _) => (some, null),
            DirectoryAnswer<Page<DirectoryObject>>.Failed(var error) => (Page<DirectoryObject>.Empty, error),
            _ => throw new InvalidOperationException("Unreachable: the hierarchy is closed."),
        };
        _isBusy = false;
        _found = page.Items;
        _total = page.Total;
        ShowOptions();
        _active = _options.TakeWhile(option => !option.CanBeChosen).Count();
        _active = _active == _options.Count ? _options.Count - 1 : _active;
        _announcement = _error?.Message ?? W["Picker_Count", _options.Count, _total];
    }

    private async Task OnKeyDownAsync(KeyboardEventArgs key)
    {
        switch (key.Key)
        {
            case "ArrowDown" or "ArrowUp" when !_isOpen:
                await SearchAsync(TimeSpan.Zero);
                break;
            case "ArrowDown":
                Move(_active + 1);
                break;
            case "ArrowUp":
                Move(_active - 1);
                break;
            case "Home" when _isOpen:
                Move(0);
                break;
            case "End" when _isOpen:
                Move(_options.Count - 1);
                break;
            case "Enter" when _isOpen && !_isBusy && _active >= 0:
                await ChooseAsync(_options[_active]);
                break;
            case "Escape" when _isOpen:
                Close();
                break;
            case "Escape":
                _text = "";
                break;
            case "Backspace" when _text.Length == 0 && Chosen.Count > 0:
                _announcement = W["Picker_Removed", Chosen[^1].Label];
                await OnRemove.InvokeAsync(Chosen[^1].Id);
                break;
            default:
                break;
        }
    }

    private void Move(int place)
    {
        if (_options.Count > 0)
        {
            _active = (place + _options.Count) % _options.Count;
            var option = _options[_active];
            _announcement = option.WhyNot ?? "";
        }
    }

    private async Task ChooseAsync(PickOption option)
    {
        if (!option.CanBeChosen)
        {
            _announcement = option.WhyNot ?? W["Picker_Already", option.Object.Label];
            return;
        }

        _text = "";
        Close();
        _announcement = W["Picker_Added", option.Object.Label];
        if (!Multiple && Chosen.Count > 0)
        {
            await OnRemove.InvokeAsync(Chosen[0].Id);
        }

        await OnAdd.InvokeAsync([PickedObject.From(option.Object)]);
    }

    private void Close()
    {
        _searches.Cancel();
        (_isOpen, _isBusy, _active) = (false, false, -1);
        (_found, _options, _error) = ([], [], null);
    }

    private void OpenPaste()
    {
        Close();
        _isPasting = !_isPasting;
    }

    private async Task AddPastedAsync(IReadOnlyList<PickedObject> found)
    {
        _announcement = W["Picker_AddedMany", found.Count];
        await OnAdd.InvokeAsync(found);
    }

    private async Task ClosePasteAsync()
    {
        _isPasting = false;
        if (_module is not null)
        {
            await _module.InvokeVoidAsync("focus", _input);
        }
    }
}
