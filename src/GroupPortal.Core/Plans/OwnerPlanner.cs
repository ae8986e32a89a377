using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;

namespace GroupPortal.Core.Plans;

/// <summary>
/// Plans who owns the group afterwards. The wish is applied to the ordered list of present owners, then the difference
/// becomes lines: in AD the first is managedBy and the others are the portal's, in Entra ID all stand in one list.
/// </summary>
internal sealed class OwnerPlanner(GroupRequest request, PlanFacts facts, List<Problem> problems)
{
    public IReadOnlyList<PlanStep> Plan()
    {
        var present = facts.Group?.Owners ?? [];
        var (wanted, asked) = Wanted(present);
        var creatorOwns = false;
        if (request.Kind == PlanKind.Create && wanted.Count == 0 && !asked)
        {
            if (request.CreatorOwns && facts.RequesterObject is { } creator)
            {
                wanted.Add(creator);
                creatorOwns = true;
            }
            else
            {
                problems.Add(new Problem(AttributeNames.Owners, "OwnerRequired", ProblemScope.Request));
            }
        }
        else if (asked && wanted.Count == 0 && (request.Kind == PlanKind.Create || present.Count > 0)
            && !problems.Exists(problem => problem.Field == AttributeNames.Owners))
        {
            problems.Add(new Problem(AttributeNames.Owners, "OwnerRequired", ProblemScope.Request));
        }

        if (facts.Store.Kind == StoreKind.EntraId && wanted.Count > MembershipRules.MaximumEntraOwners)
        {
            problems.Add(new Problem(
                AttributeNames.Owners, "TooManyOwners", ProblemScope.Request,
                NameChecks.Invariant(MembershipRules.MaximumEntraOwners), NameChecks.Invariant(wanted.Count)));
        }

        if (!asked && !creatorOwns)
        {
            return [];
        }

        var reason = creatorOwns ? StepReason.CreatorOwns : StepReason.Requested;
        return facts.Store.Kind == StoreKind.ActiveDirectory
            ? [.. PrimarySteps(present, wanted, reason), .. ListSteps(AttributeNames.AdditionalOwners, KeptBy.Portal, Additional(present), [.. wanted.Skip(1)], reason)]
            : [.. ListSteps(AttributeNames.Owners, KeptBy.Directory, present, wanted, reason)];
    }

    private (List<DirectoryObject> Wanted, bool Asked) Wanted(IReadOnlyList<DirectoryObject> present)
    {
        var wanted = present.ToList();
        var asked = false;
        foreach (var change in request.Owners)
        {
            asked = true;
            var named = Named(change);
            switch (change.Mode)
            {
                case ChangeMode.Set when change.PrimaryOnly:
                    wanted.RemoveAll(owner => (HasPrimary && owner.Id == present[0].Id) || named.Exists(one => one.Id == owner.Id));
                    wanted.InsertRange(0, named);
                    break;
                case ChangeMode.Set:
                    wanted = named;
                    break;
                case ChangeMode.Add:
                    wanted.AddRange(named.Where(one => !wanted.Exists(owner => owner.Id == one.Id)));
                    break;
                case ChangeMode.Remove:
                    wanted.RemoveAll(owner => named.Exists(one => one.Id == owner.Id));
                    break;
                default:
                    throw new InvalidOperationException($"Unknown change mode {change.Mode}.");
            }
        }

        return (wanted, asked);
    }

    private bool HasPrimary => facts.Group?.HasPrimaryOwner ?? false;

    private List<DirectoryObject> Named(ReferenceChange change)
    {
        var named = new List<DirectoryObject>();
        foreach (var reference in change.References)
        {
            switch (facts.References.GetValueOrDefault(reference))
            {
                case ReferenceMatch.Found(var owner):
                    var why = change.Mode == ChangeMode.Remove ? null : MembershipRules.WhyNotOwner(facts.Store.Kind, owner);
                    if (why is not null)
                    {
                        problems.Add(new Problem(AttributeNames.Owners, why, ProblemScope.Request, owner.Label));
                    }
                    else if (!named.Exists(one => one.Id == owner.Id))
                    {
                        named.Add(owner);
                    }

                    break;
                case ReferenceMatch.Ambiguous(var candidates):
                    problems.Add(new Problem(
                        AttributeNames.Owners, "OwnerAmbiguous", ProblemScope.Request, reference, NameChecks.Invariant(candidates.Count)));
                    break;
                default:
                    problems.Add(new Problem(AttributeNames.Owners, "OwnerNotFound", ProblemScope.Request, reference, facts.Store.Name));
                    break;
            }
        }

        return named;
    }

    private IReadOnlyList<DirectoryObject> Additional(IReadOnlyList<DirectoryObject> present) => HasPrimary ? [.. present.Skip(1)] : present;

    private IEnumerable<PlanStep> PrimarySteps(IReadOnlyList<DirectoryObject> present, List<DirectoryObject> wanted, StepReason reason)
    {
        var before = HasPrimary ? present[0] : null;
        var after = wanted.Count > 0 ? wanted[0] : null;
        if (before is null && after is null)
        {
            yield break;
        }

        var action = before?.Id == after?.Id ? PlanAction.NoChange : after is null ? PlanAction.Clear : PlanAction.Set;
        yield return new PlanStep(
            0, action, AttributeNames.ManagedBy, before is null ? [] : [before.Label], after is null ? [] : [after.Label])
        {
            Reason = reason,
            Target = after is null ? null : MemberPlanner.TargetOf(after),
            Previous = before is null ? null : MemberPlanner.TargetOf(before),
        };
    }

    private static IEnumerable<PlanStep> ListSteps(
        string path, KeptBy keptBy, IReadOnlyList<DirectoryObject> present, IReadOnlyList<DirectoryObject> wanted, StepReason reason)
    {
        foreach (var owner in wanted)
        {
            var stands = present.Any(one => one.Id == owner.Id);
            yield return new PlanStep(0, stands ? PlanAction.NoChange : PlanAction.Add, path, stands ? [owner.Label] : [], [owner.Label])
            {
                KeptBy = keptBy,
                Reason = reason,
                Target = MemberPlanner.TargetOf(owner),
            };
        }

        foreach (var owner in present.Where(one => wanted.All(other => other.Id != one.Id)))
        {
            yield return new PlanStep(0, PlanAction.Remove, path, [owner.Label], [])
            {
                KeptBy = keptBy,
                Reason = StepReason.Replaced,
                Target = MemberPlanner.TargetOf(owner),
            };
        }
    }
}
