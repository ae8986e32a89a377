using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;

namespace GroupPortal.Core.Results;

/// <summary>How many rows stand where.</summary>
public sealed record StatusCounts(IReadOnlyDictionary<StepStatus, int> ByStatus)
{
    public int this[StepStatus status] => ByStatus.GetValueOrDefault(status);

    public int Total => ByStatus.Values.Sum();

    public static StatusCounts Of(IEnumerable<StepStatus> statuses) =>
        new(statuses.CountBy(status => status).ToDictionary(pair => pair.Key, pair => pair.Value));
}

/// <summary>A view of rows for page, API, job and history alike: an attribute, or members and owners with one child each.</summary>
/// <param name="Name">The attribute, <c>members</c>, or a child's id; empty for the group itself.</param>
public sealed record ResultNode(string Name, string Label, StepStatus Status, IReadOnlyList<PlanRow> Rows, IReadOnlyList<ResultNode> Children)
{
    public StatusCounts Counts => StatusCounts.Of(Rows.Select(row => row.Status));
}

/// <summary>Folds rows into the one tree.</summary>
public static class ResultTree
{
    /// <summary>The group's node with one child per attribute and one per kind of reference, in the plan's order.</summary>
    public static ResultNode Fold(string name, string label, IReadOnlyList<PlanRow> rows)
    {
        var children = rows
            .GroupBy(row => row.Step.Path, StringComparer.OrdinalIgnoreCase)
            .Where(group => group.Key.Length > 0)
            .Select(group => Node(group.Key, [.. group]))
            .ToList();
        return new ResultNode(name, label, StatusOf(rows.Select(row => row.Status)), rows, children);
    }

    /// <summary>
    /// The parent's status from its children's, the one function for it: all alike is that; what is unknown or still to come
    /// shows through; some done and some not is Partly. Lines with nothing to do count as done.
    /// </summary>
    public static StepStatus StatusOf(IEnumerable<StepStatus> children)
    {
        var present = children.ToHashSet();
        if (present.Count == 0)
        {
            return StepStatus.NoChange;
        }

        if (present.Count == 1)
        {
            return present.Single();
        }

        if (present.Contains(StepStatus.Unknown))
        {
            return StepStatus.Unknown;
        }

        var isOpen = present.Contains(StepStatus.Planned) || present.Contains(StepStatus.Waiting);
        var isDone = present.Contains(StepStatus.Done) || present.Contains(StepStatus.Partly);
        var isFailed = present.Overlaps([StepStatus.Failed, StepStatus.NotAttempted, StepStatus.Cancelled, StepStatus.Partly]);
        if (isOpen && !isFailed)
        {
            return present.Contains(StepStatus.Waiting) && !present.Contains(StepStatus.Planned) ? StepStatus.Waiting : StepStatus.Planned;
        }

        if (!isFailed)
        {
            return StepStatus.Done;
        }

        var stands = isDone || isOpen || present.Contains(StepStatus.NoChange);
        return stands ? StepStatus.Partly : present.Contains(StepStatus.Failed) ? StepStatus.Failed : StepStatus.NotAttempted;
    }

    private static ResultNode Node(string path, IReadOnlyList<PlanRow> rows)
    {
        var isList = path is AttributeNames.Members or AttributeNames.Owners or AttributeNames.AdditionalOwners;
        var children = isList
            ? rows.Select(row => new ResultNode(ChildName(row.Step), ChildLabel(row.Step), row.Status, [row], [])).ToList()
            : [];
        return new ResultNode(path, path, StatusOf(rows.Select(row => row.Status)), rows, children);
    }

    private static string ChildName(PlanStep step) => step.Target?.Id.ToString("D") ?? ChildLabel(step);

    private static string ChildLabel(PlanStep step) =>
        step.Target?.Label ?? (step.After.Count > 0 ? step.After[0] : step.Before.Count > 0 ? step.Before[0] : step.Path);
}
