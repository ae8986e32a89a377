using GroupPortal.Application.Groups;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Results;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Results;

/// <summary>
/// The plan and what became of it, line by line: the same component before, while and after a plan is applied, in the
/// wizard, on the group page and in the history.
/// </summary>
public sealed partial class PlanTree
{
    /// <summary>Under this name the lines find the directory that they are about.</summary>
    public const string StoreName = "PlanStore";

    private readonly string _filterName = $"plan-filter-{Guid.NewGuid():N}";
    private IReadOnlyList<PlanLine> _lines = [];
    private IReadOnlyList<PlanLine> _visible = [];
    private List<KeyValuePair<RowStanding, int>> _standings = [];
    private (IReadOnlyList<PlanRow>? Rows, PlanState State) _drawn;
    private StatusCounts? _counted;
    private RowStanding? _filter;
    private string _summary = "";
    private int _settled;
    private int _total;

    [Parameter, EditorRequired]
    public IReadOnlyList<PlanRow> Rows { get; set; } = [];

    [Parameter, EditorRequired]
    public PlanState State { get; set; }

    /// <summary>How far a running plan is, where there are too many rows to read them anew at every report.</summary>
    [Parameter]
    public StatusCounts? Counts { get; set; }

    /// <summary>The group's name, for those who hear the page.</summary>
    [Parameter, EditorRequired]
    public string GroupName { get; set; } = "";

    /// <summary>Plans anew what failed.</summary>
    [Parameter]
    public EventCallback OnRetry { get; set; }

    /// <summary>Whether trying again may help; there is no button when nothing failed.</summary>
    [Parameter]
    public bool CanRetry { get; set; }

    /// <summary>Offers the lines as a file; null where the plan is not kept.</summary>
    [Parameter]
    public Guid? PlanId { get; set; }

    /// <summary>More to do with the result, beside what the tree offers itself; the primary one last.</summary>
    [Parameter]
    public RenderFragment? Actions { get; set; }

    /// <summary>The directory that the lines are about; without it ids stay ids.</summary>
    [Parameter]
    public int? StoreId { get; set; }

    /// <summary>Whose group types the values are; without it numbers that mean two things stay numbers.</summary>
    [Parameter]
    public StoreKind? StoreKind { get; set; }

    private bool HasRetry => CanRetry && OnRetry.HasDelegate && State == PlanState.Finished
        && _standings.Exists(pair => pair.Key is RowStanding.Refused or RowStanding.Open or RowStanding.Unknown);

    protected override void OnParametersSet()
    {
        // A page draws itself for many reasons; 100,000 rows are folded only when they are others.
        var areSame = ReferenceEquals(_drawn.Rows, Rows) && _drawn.State == State;
        if (areSame && ReferenceEquals(_counted, Counts))
        {
            return;
        }

        Count();
        if (areSame)
        {
            return;
        }

        _drawn = (Rows, State);
        _lines = PlanLine.Of(GroupName, Rows);
        _standings = [.. Rows.CountBy(row => RowStandings.Of(row.Status)).OrderBy(pair => pair.Key)];
        if (_filter is { } filter && !_standings.Exists(pair => pair.Key == filter))
        {
            _filter = null;
        }

        Show();
    }

    private void Count()
    {
        _counted = Counts;
        var counts = State == PlanState.Running && Counts is not null ? Counts : StatusCounts.Of(Rows.Select(row => row.Status));
        _total = counts.Total;
        _settled = _total - counts[StepStatus.Planned] - counts[StepStatus.Waiting];
        _summary = State == PlanState.Planned ? P.Sentence(Rows, State) : P.Sentence(counts);
    }

    private void Choose(RowStanding? standing)
    {
        _filter = standing;
        Show();
    }

    private void Show() => _visible = _filter is null ? _lines : [.. _lines.Where(line => line.Has(_filter))];
}
