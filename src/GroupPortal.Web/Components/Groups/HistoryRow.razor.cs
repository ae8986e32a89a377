using GroupPortal.Application.Groups;
using GroupPortal.Application.History;
using GroupPortal.Core.Directories;
using GroupPortal.Web.Api;
using GroupPortal.Web.Auth;
using GroupPortal.Web.Components.Layout;
using GroupPortal.Web.Components.Results;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Groups;

/// <summary>One applied plan as it is remembered: when, who, from where, what; it opens to its lines.</summary>
public sealed partial class HistoryRow : IDisposable
{
    private readonly CancellationTokenSource _left = new();
    private PlanResult? _result;
    private StoreKind? _kind;
    private bool _mayDownload;
    private bool _missing;
    private bool _open;

    [Inject]
    public required GroupService Service { get; init; }

    [Inject]
    public required StoreChoice Choice { get; init; }

    [Inject]
    public required CurrentPerson Person { get; init; }

    [Parameter, EditorRequired]
    public required HistoryEntry Entry { get; set; }

    [Parameter]
    public bool NamesGroup { get; set; }

    private string Origin => P[$"Origin_{Entry.Origin}"] is { ResourceNotFound: false } text ? text.Value : Entry.Origin;

    private string Counts => string.Join(", ", new[] { Part("Done", Entry.Done), Part("Failed", Entry.Failed), Part("Open", Entry.Open), Part("NoChange", Entry.NoChange) }.Where(part => part.Length > 0));

    public void Dispose()
    {
        _left.Cancel();
        _left.Dispose();
    }

    private string Part(string what, int count) => count == 0 ? "" : P.Counted($"History_Count_{what}", count);

    private async Task ToggleAsync()
    {
        _open = !_open;
        if (!_open || _result is not null)
        {
            return;
        }

        try
        {
            _kind = Choice.Find(Entry.StoreId)?.Kind;
            _result = await Service.GetAsync(Entry.PlanId, _left.Token);
            _missing = _result is null;
            _mayDownload = _result is not null && PlanDownload.MayRead(_result, await Person.GetAsync());
        }
        catch (OperationCanceledException)
        {
            // The page has been left.
        }
    }
}
