using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using GroupPortal.Core.Results;

namespace GroupPortal.Application.Jobs;

/// <summary>
/// Whether what a plan would overwrite still stands as it did when the plan was made. Pure. Members, and owners that come or
/// go one by one, are no matter: adding whom somebody else has added is a line without change.
/// </summary>
internal static class ConflictCheck
{
    /// <summary>A failed outcome, with both values, for each line that somebody else got to first.</summary>
    public static IReadOnlyList<StepOutcome> Find(GroupState now, IEnumerable<PlanStep> open)
    {
        var conflicts = new List<StepOutcome>();
        foreach (var step in open)
        {
            if (FoundInstead(now, step) is { } found)
            {
                conflicts.Add(StepOutcome.Failed(step.Ordinal, new DirectoryError.Conflict(step.Before, found) { Attribute = step.Path }));
            }
        }

        return conflicts;
    }

    private static IReadOnlyList<string>? FoundInstead(GroupState now, PlanStep step)
    {
        // What a tenant's services keep comes and goes by itself, one licence or one renewal at a time: nothing is overwritten.
        if (step.KeptBy is KeptBy.Licensing or KeptBy.Expiration)
        {
            return null;
        }

        if (step.Action is not (PlanAction.Set or PlanAction.Clear or PlanAction.Rename or PlanAction.Move))
        {
            return null;
        }

        switch (step.Path)
        {
            case AttributeNames.ManagedBy:
                var primary = now.HasPrimaryOwner ? now.Owners[0] : null;
                return primary?.Id == step.Previous?.Id ? null : primary is null ? [] : [primary.Label];
            case AttributeNames.Name:
                return IsSame(step.Before, [now.Name]) ? null : [now.Name];
            case AttributeNames.Container:
                var container = DistinguishedName.Parse(now.Dn).Parent;
                var isSame = step.Before is [var before] && DistinguishedName.TryParse(before, out var expected) && expected.Equals(container);
                return isSame ? null : [container?.ToString() ?? string.Empty];
            default:
                var values = now.Attributes[step.Path];
                return IsSame(step.Before, values) ? null : values;
        }
    }

    private static bool IsSame(IReadOnlyList<string> expected, IReadOnlyList<string> found) =>
        expected.Count == found.Count && expected.ToHashSet(StringComparer.Ordinal).SetEquals(found);
}
