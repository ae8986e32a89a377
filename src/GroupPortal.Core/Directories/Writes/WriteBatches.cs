using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;

namespace GroupPortal.Core.Directories.Writes;

/// <summary>The writes of a plan. Pure: the journal keeps only ordinals, and a resumed plan has to find the same writes.</summary>
public static class WriteBatches
{
    public static IReadOnlyList<DirectoryWrite> Of(GroupPlan plan, WriteRules rules)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(rules);
        var steps = plan.Steps.Where(step => step.IsWritten && step.KeptBy != KeptBy.Portal).ToList();
        if (steps.Count == 0)
        {
            return [];
        }

        return plan.Kind switch
        {
            PlanKind.Create => Create(plan, steps, rules),
            PlanKind.Update or PlanKind.Recompute => Update(plan, steps, rules),
            PlanKind.Delete => [new DirectoryWrite.DeleteGroup(0, steps[0].Ordinal)],
            _ => throw new InvalidOperationException($"No plan of the kind {plan.Kind} is known."),
        };
    }

    private static List<DirectoryWrite> Create(GroupPlan plan, List<PlanStep> steps, WriteRules rules)
    {
        var members = steps.Where(IsMember).SelectMany(References).ToList();
        var writes = new List<DirectoryWrite>
        {
            new DirectoryWrite.CreateGroup(
                0,
                plan.Id,
                plan.GroupDn,
                [.. steps.Where(IsAttribute).Select(step => new AttributeWrite(step.Ordinal, AttributeOf(step, rules), step.After, Expected: null))],
                [.. steps.Where(IsOwner).SelectMany(References)],
                [.. members.Take(rules.MembersPerWrite)],
                [.. steps.Where(step => step.Path.Length == 0 || IsPlace(step)).Select(step => step.Ordinal)]),
        };
        AddMembers(writes, members.Skip(rules.MembersPerWrite), rules);
        return writes;
    }

    private static List<DirectoryWrite> Update(GroupPlan plan, List<PlanStep> steps, WriteRules rules)
    {
        var writes = new List<DirectoryWrite>();
        var moves = steps.Where(step => IsMove(step, rules)).ToList();
        if (moves.Count > 0)
        {
            writes.Add(new DirectoryWrite.MoveGroup(0, [.. moves.Select(step => step.Ordinal)], NewDn(plan, moves)));
        }

        var attributes = steps.Where(step => IsAttribute(step) && !IsMove(step, rules)).ToList();
        if (attributes.Count > 0)
        {
            writes.Add(new DirectoryWrite.ModifyGroup(
                writes.Count,
                [.. attributes.Select(step => new AttributeWrite(step.Ordinal, AttributeOf(step, rules), step.After, step.Before))]));
        }

        var owners = steps.Where(IsOwner).SelectMany(References).ToList();
        if (owners.Count > 0)
        {
            writes.Add(new DirectoryWrite.ChangeOwners(writes.Count, owners));
        }

        AddMembers(writes, steps.Where(IsMember).SelectMany(References).OrderBy(member => member.Add ? 0 : 1), rules);
        return writes;
    }

    private static void AddMembers(List<DirectoryWrite> writes, IEnumerable<ReferenceWrite> members, WriteRules rules)
    {
        foreach (var chunk in members.Chunk(rules.MembersPerWrite))
        {
            writes.Add(new DirectoryWrite.ChangeMembers(writes.Count, chunk));
        }
    }

    /// <summary>What comes, then what goes: a list of owners is never empty in between.</summary>
    private static IEnumerable<ReferenceWrite> References(PlanStep step)
    {
        if (step.Action == PlanAction.Remove || (step.Action == PlanAction.Clear && step.Previous is null))
        {
            if (step.Target is { } gone)
            {
                yield return new ReferenceWrite(step.Ordinal, gone.Id, Add: false);
            }

            yield break;
        }

        if (step.Action != PlanAction.Clear && step.After.Count > 0 && step.Target is { } come)
        {
            yield return new ReferenceWrite(step.Ordinal, come.Id, Add: true);
        }

        if (step.Previous is { } previous)
        {
            yield return new ReferenceWrite(step.Ordinal, previous.Id, Add: false);
        }
    }

    /// <summary>From the group's present or future DN alike: both hold whatever does not change.</summary>
    private static string NewDn(GroupPlan plan, List<PlanStep> moves)
    {
        var dn = DistinguishedName.Parse(plan.GroupDn);
        var name = moves.Find(step => step.Action == PlanAction.Rename)?.After[0] ?? dn.Name;
        var container = moves.Find(step => step.Action == PlanAction.Move) is { } move
            ? DistinguishedName.Parse(move.After[0])
            : dn.Parent ?? throw new InvalidOperationException("A group has a container.");
        return container.Child(dn.Type, name).ToString();
    }

    private static string AttributeOf(PlanStep step, WriteRules rules) =>
        string.Equals(step.Path, AttributeNames.Name, StringComparison.OrdinalIgnoreCase) ? rules.NameAttribute : step.Path;

    /// <summary>In a flat store a new name is an attribute like any other.</summary>
    private static bool IsMove(PlanStep step, WriteRules rules) =>
        step.Action == PlanAction.Move || (step.Action == PlanAction.Rename && rules.IsTree);

    private static bool IsAttribute(PlanStep step) =>
        step.Path.Length > 0 && !IsMember(step) && !IsOwner(step) && !IsPlace(step);

    private static bool IsPlace(PlanStep step) => string.Equals(step.Path, AttributeNames.Container, StringComparison.OrdinalIgnoreCase);

    private static bool IsMember(PlanStep step) => string.Equals(step.Path, AttributeNames.Members, StringComparison.OrdinalIgnoreCase);

    private static bool IsOwner(PlanStep step) =>
        string.Equals(step.Path, AttributeNames.Owners, StringComparison.OrdinalIgnoreCase)
        || string.Equals(step.Path, AttributeNames.ManagedBy, StringComparison.OrdinalIgnoreCase);
}
