using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using GroupPortal.Core.Results;

namespace GroupPortal.Application.Groups;

/// <summary>
/// The request for what an applied plan left undone. Pure. Unknown lines are asked for again too: planning against what
/// stands now makes them lines without change where they did come through.
/// </summary>
internal static class RetryRequest
{
    public static GroupRequest Of(GroupRequest original, Guid? groupId, IReadOnlyList<PlanRow> rows)
    {
        if (original.Kind is PlanKind.Delete or PlanKind.Restore || groupId is not { } id)
        {
            return original with { ExpectedETag = null };
        }

        var undone = rows.Where(row => row.Status is StepStatus.Failed or StepStatus.NotAttempted or StepStatus.Unknown).Select(row => row.Step).ToList();
        var attributes = undone
            .Where(step => step.Target is null && step.KeptBy != KeptBy.Wire && step.Action is PlanAction.Set or PlanAction.Clear)
            .Where(step => step.Path is not (AttributeNames.ManagedBy or AttributeNames.Members or AttributeNames.Name))
            // The group stands by now: what is left of a new team is a change of its type.
            .Select(step => step.Path == AttributeNames.Team
                ? new AttributeChange(AttributeNames.GroupType, ChangeMode.Set, [EntraGroupType.Teams.Text()])
                : new AttributeChange(step.Path, ChangeMode.Set, step.After));
        return new GroupRequest
        {
            Kind = PlanKind.Update,
            GroupId = id,
            Name = undone.Find(step => step.Action == PlanAction.Rename)?.After[0],
            Container = undone.Find(step => step.Action == PlanAction.Move)?.After[0],
            Attributes = [.. attributes],
            Members = [.. Members(undone, PlanAction.Add, ChangeMode.Add), .. Members(undone, PlanAction.Remove, ChangeMode.Remove)],
            // Who owns is one ordered wish (the first is the primary one): it is asked for whole.
            Owners = undone.Exists(step => step.Path is AttributeNames.Owners or AttributeNames.ManagedBy or AttributeNames.AdditionalOwners) ? original.Owners : [],
            IsStrict = original.IsStrict,
            CreatorOwns = original.CreatorOwns,
        };
    }

    private static IEnumerable<ReferenceChange> Members(List<PlanStep> undone, PlanAction action, ChangeMode mode)
    {
        // A line whose reference led to nobody has no target; its text is in the line.
        var references = undone
            .Where(step => step.Path == AttributeNames.Members && step.Action == action)
            .Select(step => step.Target?.Id.ToString("D") ?? (action == PlanAction.Add ? step.After : step.Before)[0])
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .ToList();
        if (references.Count > 0)
        {
            yield return new ReferenceChange(mode, references);
        }
    }
}
