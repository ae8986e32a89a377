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
            PlanKind.Restore => [new DirectoryWrite.RestoreGroup(0, steps[0].Ordinal)],
            _ => throw new InvalidOperationException($"No plan of the kind {plan.Kind} is known."),
        };
    }

    private static List<DirectoryWrite> Create(GroupPlan plan, List<PlanStep> steps, WriteRules rules)
    {
        var members = steps.Where(IsMember).SelectMany(References).ToList();
        var owners = steps.Where(IsOwner).SelectMany(References).ToList();
        var ownersAtOnce = Math.Min(owners.Count, rules.ReferencesPerCreate);
        var membersAtOnce = Math.Min(rules.MembersPerWrite, rules.ReferencesPerCreate - ownersAtOnce);
        var writes = new List<DirectoryWrite>
        {
            new DirectoryWrite.CreateGroup(
                0,
                plan.Id,
                plan.GroupDn,
                [.. steps.Where(step => IsAttribute(step) && step.KeptBy == KeptBy.Directory).Select(step => new AttributeWrite(step.Ordinal, AttributeOf(step, rules), step.After, Expected: null))],
                [.. owners.Take(ownersAtOnce)],
                [.. members.Take(membersAtOnce)],
                [.. steps.Where(step => step.Path.Length == 0 || IsPlace(step)).Select(step => step.Ordinal)]),
        };
        AddAttributes(writes, steps.Where(step => IsAttribute(step) && step.KeptBy != KeptBy.Directory), rules);
        AddOwners(writes, owners.Skip(ownersAtOnce), rules);
        AddMembers(writes, members.Skip(membersAtOnce), rules);
        AddTeam(writes, steps);
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

        AddAttributes(writes, steps.Where(step => IsAttribute(step) && !IsMove(step, rules)), rules);
        AddOwners(writes, steps.Where(IsOwner).SelectMany(References), rules);
        AddMembers(writes, steps.Where(IsMember).SelectMany(References), rules);
        AddTeam(writes, steps);
        return writes;
    }

    /// <summary>A modify for each keeper of attributes: the main store first.</summary>
    private static void AddAttributes(List<DirectoryWrite> writes, IEnumerable<PlanStep> steps, WriteRules rules)
    {
        foreach (var kept in steps.GroupBy(step => step.KeptBy).OrderBy(kept => kept.Key))
        {
            writes.Add(new DirectoryWrite.ModifyGroup(
                writes.Count, [.. kept.Select(step => new AttributeWrite(step.Ordinal, AttributeOf(step, rules), step.After, step.Before))]));
        }
    }

    private static void AddOwners(List<DirectoryWrite> writes, IEnumerable<ReferenceWrite> owners, WriteRules rules)
    {
        foreach (var chunk in Chunks(owners, rules.OwnersPerWrite, rules.SeparatesRemoves))
        {
            writes.Add(new DirectoryWrite.ChangeOwners(writes.Count, chunk));
        }
    }

    private static void AddMembers(List<DirectoryWrite> writes, IEnumerable<ReferenceWrite> members, WriteRules rules)
    {
        foreach (var chunk in Chunks(members.OrderBy(member => member.Add ? 0 : 1), rules.MembersPerWrite, rules.SeparatesRemoves))
        {
            writes.Add(new DirectoryWrite.ChangeMembers(writes.Count, chunk));
        }
    }

    private static void AddTeam(List<DirectoryWrite> writes, List<PlanStep> steps)
    {
        if (steps.Find(step => step.KeptBy == KeptBy.Teams) is { } team)
        {
            writes.Add(new DirectoryWrite.MakeTeam(writes.Count, team.Ordinal));
        }
    }

    private static IEnumerable<ReferenceWrite[]> Chunks(IEnumerable<ReferenceWrite> references, int size, bool separatesRemoves) => separatesRemoves
        ? references.GroupBy(reference => reference.Add).OrderBy(kind => kind.Key ? 0 : 1).SelectMany(kind => kind.Chunk(size))
        : references.Chunk(size);

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
        step.Path.Length > 0 && step.KeptBy != KeptBy.Teams && !IsMember(step) && !IsOwner(step) && !IsPlace(step);

    private static bool IsPlace(PlanStep step) => string.Equals(step.Path, AttributeNames.Container, StringComparison.OrdinalIgnoreCase);

    private static bool IsMember(PlanStep step) => string.Equals(step.Path, AttributeNames.Members, StringComparison.OrdinalIgnoreCase);

    private static bool IsOwner(PlanStep step) =>
        string.Equals(step.Path, AttributeNames.Owners, StringComparison.OrdinalIgnoreCase)
        || string.Equals(step.Path, AttributeNames.ManagedBy, StringComparison.OrdinalIgnoreCase);
}
