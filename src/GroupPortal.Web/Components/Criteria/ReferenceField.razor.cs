using GroupPortal.Application.Groups;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Criteria;

/// <summary>Somebody, or a group, that a condition on a reference means: the tree holds the distinguished name, or in Entra ID the id.</summary>
public sealed partial class ReferenceField : IDisposable
{
    private static readonly ObjectKind[] Groups = [ObjectKind.Group];
    private static readonly ObjectKind[] People = [ObjectKind.User, ObjectKind.Contact];
    private readonly CancellationTokenSource _gone = new();
    private IReadOnlyList<PickedObject> _chosen = [];
    private string _shown = "";
    private string? _raw;

    [Inject]
    public required GroupReader Reader { get; init; }

    [Parameter, EditorRequired]
    public int StoreId { get; set; }

    [Parameter, EditorRequired]
    public string Id { get; set; } = "";

    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    [Parameter, EditorRequired]
    public string Attribute { get; set; } = "";

    [Parameter]
    public string Value { get; set; } = "";

    [Parameter]
    public EventCallback<string> OnValue { get; set; }

    private bool IsGroup => string.Equals(Attribute, "memberOf", StringComparison.OrdinalIgnoreCase);

    private IReadOnlyCollection<ObjectKind> Kinds => IsGroup ? Groups : People;

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        if (Value == _shown)
        {
            return;
        }

        (_shown, _chosen, _raw) = (Value, [], null);
        if (Value.Length == 0)
        {
            return;
        }

        var (value, asked) = (Value, await ResolveAsync());
        if (value == _shown)
        {
            _chosen = asked is null ? [] : [PickedObject.From(asked)];
            _raw = asked is null ? value : null;
        }
    }

    // Null where nobody is found, more than one is, or the directory does not answer: then the reference itself is shown.
    private async Task<DirectoryObject?> ResolveAsync()
    {
        try
        {
            var answer = await Reader.ResolveAsync(StoreId, [Value], [], _gone.Token);
            return answer is DirectoryAnswer<IReadOnlyDictionary<string, ReferenceMatch>>.Ok(var found) && found.GetValueOrDefault(Value) is ReferenceMatch.Found(var one) ? one : null;
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task ChooseAsync(IReadOnlyList<PickedObject> picked)
    {
        var answer = await Reader.GetObjectsAsync(StoreId, [picked[0].Id], _gone.Token);
        var dn = answer is DirectoryAnswer<IReadOnlyDictionary<Guid, DirectoryObject>>.Ok(var found) && found.TryGetValue(picked[0].Id, out var one) ? one.Dn : "";
        _chosen = [picked[0]];
        _raw = null;
        _shown = dn.Contains('=', StringComparison.Ordinal) ? dn : picked[0].Id.ToString("D");
        await OnValue.InvokeAsync(_shown);
    }

    private Task ClearAsync()
    {
        (_chosen, _raw, _shown) = ([], null, "");
        return OnValue.InvokeAsync("");
    }
}
