using GroupPortal.Application.Groups;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Plans;
using GroupPortal.Core.Results;
using GroupPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web.Virtualization;

namespace GroupPortal.Web.Components.Held;

/// <summary>Those who would come, or those who would go, by a plan: read from the database where they are looked at, searched there too.</summary>
public sealed partial class MemberLines : IDisposable
{
    /// <summary>So many are seen at a glance.</summary>
    private const int Few = 10;
    private const int PageSize = 100;

    private readonly CancellationSeries _loads = new();
    private Virtualize<PlanRow>? _rows;
    private Page<PlanRow>? _first;
    private Guid _shown;
    private string _search = "";
    private long _total;
    private bool _failed;

    [Inject]
    public required GroupService Service { get; init; }

    [Inject]
    public required ILogger<MemberLines> Logger { get; init; }

    [Parameter, EditorRequired]
    public Guid PlanId { get; set; }

    /// <summary>Add: those who would come; Remove: those who would go.</summary>
    [Parameter, EditorRequired]
    public PlanAction Action { get; set; }

    [Parameter, EditorRequired]
    public string Title { get; set; } = "";

    /// <summary>Of the heading; unique on the page.</summary>
    [Parameter, EditorRequired]
    public string Id { get; set; } = "";

    private string Sign => Action == PlanAction.Add ? "+" : "−";

    private string Style => Action == PlanAction.Add ? "adds" : "removes";

    public void Dispose() => _loads.Dispose();

    protected override async Task OnParametersSetAsync()
    {
        if (_shown != PlanId)
        {
            (_shown, _search, _first) = (PlanId, "", null);
            await LoadAsync();
            _total = _first?.Total ?? 0;
        }
    }

    private async Task LoadAsync()
    {
        var turn = _loads.Next();
        _failed = false;
        try
        {
            var page = await PageAsync(0, PageSize, turn);
            if (!turn.IsCancellationRequested)
            {
                _first = page;
            }
        }
        catch (OperationCanceledException)
        {
            // Somebody else is looked for, or the page has been left.
        }
        catch (System.Data.Common.DbException exception)
        {
            Logger.LogWarning(exception, "The lines of plan {PlanId} could not be read.", PlanId);
            _failed = true;
        }
    }

    private async Task SearchAsync(string text)
    {
        _search = text;
        await LoadAsync();
        if (_rows is not null)
        {
            await _rows.RefreshDataAsync();
        }
    }

    // The first ones came with their number.
    private async ValueTask<ItemsProviderResult<PlanRow>> ProvideAsync(ItemsProviderRequest request)
    {
        if (_first is not { } first)
        {
            return new ItemsProviderResult<PlanRow>([], 0);
        }

        var end = Math.Min(request.StartIndex + request.Count, (int)first.Total);
        if (end <= first.Items.Count)
        {
            return new ItemsProviderResult<PlanRow>(first.Items.Skip(request.StartIndex).Take(end - request.StartIndex), (int)first.Total);
        }

        var page = await PageAsync(request.StartIndex, Math.Min(request.Count, PageSize), request.CancellationToken);
        return new ItemsProviderResult<PlanRow>(page.Items, (int)page.Total);
    }

    private Task<Page<PlanRow>> PageAsync(int skip, int take, CancellationToken cancellation) =>
        Service.GetRowsAsync(PlanId, new RowFilter(Action: Action, Search: _search), skip, take, cancellation);
}
