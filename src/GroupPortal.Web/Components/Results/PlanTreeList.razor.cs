using GroupPortal.Application.Groups;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using GroupPortal.Core.Results;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Results;

/// <summary>Members or owners of a plan: one line with the counts, that opens to a line for each.</summary>
public sealed partial class PlanTreeList
{
    /// <summary>Up to here all lines are drawn; beyond, only those in sight.</summary>
    private const int Small = 40;

    /// <summary>Few enough to be open from the start.</summary>
    private const int Short = 6;

    private readonly string _id = $"plan-list-{Guid.NewGuid():N}";
    private List<(string Sign, int Count, string Style, string Words)> _signs = [];
    private (PlanLine? Line, PlanState State, RowStanding? Filter) _drawn;
    private List<PlanRow> _rows = [];
    private string _actions = "";
    private string _words = "";
    private bool _open;

    [Parameter, EditorRequired]
    public required PlanLine Line { get; set; }

    [Parameter]
    public PlanState State { get; set; }

    /// <summary>Only lines that stand so; null for all.</summary>
    [Parameter]
    public RowStanding? Filter { get; set; }

    protected override void OnInitialized() => _open = Line.Rows.Count <= Short;

    protected override void OnParametersSet()
    {
        if (_drawn == (Line, State, Filter))
        {
            return;
        }

        _drawn = (Line, State, Filter);
        _rows = Filter is null ? [.. Line.Rows] : [.. Line.Rows.Where(row => RowStandings.Of(row.Status) == Filter)];
        _words = P.ListWords(Line.Rows, State);
        var actions = Line.Rows.CountBy(row => row.Step.Action).ToDictionary(pair => pair.Key, pair => pair.Value);
        _signs = [.. actions.OrderBy(pair => pair.Key).Select(pair => SignOf(pair.Key, pair.Value))];
        _actions = string.Join(", ", actions.Keys.Order().Select(action => P[$"Action_{action}"].Value));
    }

    private void Toggle() => _open = !_open;

    private (string Sign, int Count, string Style, string Words) SignOf(PlanAction action, int count)
    {
        var (sign, style) = Sign(action);
        return (sign, count, style, P.Counted($"Sign_{(action is PlanAction.NoChange ? "NoChange" : sign == "−" ? "Remove" : "Add")}", count));
    }

    private static (string Sign, string Style) Sign(PlanAction action) => action switch
    {
        PlanAction.Remove => ("−", "sign sign-negative"),
        PlanAction.NoChange => ("=", "sign sign-neutral"),
        _ => ("+", "sign sign-positive"),
    };

    private static string LabelOf(PlanStep step) =>
        step.Target?.Label ?? (step.After is [var comes, ..] ? comes : step.Before is [var goes, ..] ? goes : step.Path);
}
