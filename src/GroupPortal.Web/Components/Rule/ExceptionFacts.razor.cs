using System.Globalization;
using GroupPortal.Application.Groups;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.SmartGroups;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Rule;

/// <summary>Exceptions of a rule with their reasons, by whom and until when; the first ones, then all.</summary>
public sealed partial class ExceptionFacts : IDisposable
{
    private const int First = 8;
    private readonly CancellationTokenSource _gone = new();
    private readonly Dictionary<Guid, PickedObject> _known = [];
    private DateTimeOffset _now;
    private int _shown = First;

    [Inject]
    public required GroupReader Reader { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    [Parameter, EditorRequired]
    public int StoreId { get; set; }

    [Parameter, EditorRequired]
    public string Title { get; set; } = "";

    [Parameter, EditorRequired]
    public IReadOnlyList<MembershipException> Exceptions { get; set; } = [];

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    protected override Task OnParametersSetAsync()
    {
        _now = Clock.GetUtcNow();
        return NameAsync();
    }

    private Task MoreAsync()
    {
        _shown = _shown == First ? 100 : _shown + 100;
        return NameAsync();
    }

    private async Task NameAsync()
    {
        var unknown = Exceptions.Take(_shown).Select(one => one.Id).Where(id => !_known.ContainsKey(id)).ToList();
        if (unknown.Count == 0)
        {
            return;
        }

        try
        {
            if (await Reader.GetObjectsAsync(StoreId, unknown, _gone.Token) is DirectoryAnswer<IReadOnlyDictionary<Guid, DirectoryObject>>.Ok(var found))
            {
                foreach (var (id, one) in found)
                {
                    _known[id] = PickedObject.From(one);
                }
            }
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
            // The page has been left.
        }
    }

    private string Why(MembershipException one)
    {
        var by = one.By.Length > 0 ? R["Facts_By", one.By].Value : "";
        var until = one.Until is { } end ? R["Facts_Until", end.UtcDateTime.AddTicks(-1).ToString("d", CultureInfo.CurrentCulture)].Value : "";
        return string.Join(" · ", new[] { one.Reason, by, until }.Where(part => part.Length > 0));
    }
}
