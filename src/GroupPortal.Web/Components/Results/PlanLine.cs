using GroupPortal.Core.Plans;
using GroupPortal.Core.Results;

namespace GroupPortal.Web.Components.Results;

/// <summary>One line of the tree as it is drawn: a row, or the rows of members or owners under one head.</summary>
/// <param name="Key">Stable while the rows fill in.</param>
public sealed record PlanLine(string Key, string Path, StepStatus Status, IReadOnlyList<PlanRow> Rows, bool IsList)
{
    public PlanRow Row => Rows[0];

    /// <summary>The lines of a plan in its order; the group itself comes first.</summary>
    public static IReadOnlyList<PlanLine> Of(string groupName, IReadOnlyList<PlanRow> rows)
    {
        var tree = ResultTree.Fold(groupName, groupName, rows);
        return
        [
            .. rows.Where(row => row.Step.Path.Length == 0).Select(Single),
            .. tree.Children.SelectMany(node => node.Children.Count > 0
                ? [new PlanLine(node.Name, node.Name, node.Status, node.Rows, IsList: true)]
                : node.Rows.Select(Single)),
        ];
    }

    public bool Has(RowStanding? standing) => standing is null || Rows.Any(row => RowStandings.Of(row.Status) == standing);

    private static PlanLine Single(PlanRow row) => new($"{row.Step.Ordinal}", row.Step.Path, row.Status, [row], IsList: false);
}
