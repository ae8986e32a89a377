using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;

namespace GroupPortal.Core.Plans;

/// <summary>Plans the members, one line each. Time and memory grow with the references given, never with the group.</summary>
internal sealed class MemberPlanner(GroupRequest request, PlanFacts facts, int groupType, List<Problem> problems)
{
    private readonly HashSet<Guid> _seen = [];
    private readonly List<PlanStep> _steps = [];

    public IReadOnlyList<PlanStep> Plan()
    {
        if (request.Members.Any(change => change.Mode == ChangeMode.Set) && request.Members.Count > 1)
        {
            problems.Add(new Problem(AttributeNames.Members, "MixedActions", ProblemScope.Request));
            return [];
        }

        foreach (var change in request.Members)
        {
            foreach (var reference in change.References)
            {
                PlanReference(change.Mode, reference);
            }

            if (change.Mode == ChangeMode.Set)
            {
                PlanLeaving();
            }
        }

        return _steps;
    }

    internal static StepTarget TargetOf(DirectoryObject target) => new(target.Id, target.Kind, target.Label, target.Dn);

    private void PlanReference(ChangeMode mode, string reference)
    {
        switch (facts.References.GetValueOrDefault(reference))
        {
            case ReferenceMatch.Found(var member):
                PlanMember(mode, reference, member);
                break;
            case ReferenceMatch.Ambiguous(var candidates):
                Refuse(mode, reference, null, "MemberAmbiguous", reference, NameChecks.Invariant(candidates.Count));
                break;
            default:
                Refuse(mode, reference, null, "MemberNotFound", reference, facts.Store.Name);
                break;
        }
    }

    private void PlanMember(ChangeMode mode, string reference, DirectoryObject member)
    {
        if (!_seen.Add(member.Id))
        {
            Refuse(mode, reference, member, "MemberTwice", member.Label);
            return;
        }

        var stands = facts.PresentMembers.Contains(member.Id);
        if (mode == ChangeMode.Remove)
        {
            Add(stands ? PlanAction.Remove : PlanAction.NoChange, stands ? [member.Label] : [], [], member);
            return;
        }

        if (stands)
        {
            Add(PlanAction.NoChange, [member.Label], [member.Label], member);
        }
        else if (WhyNot(member) is { } code)
        {
            Refuse(mode, reference, member, code, member.Label);
        }
        else
        {
            Add(PlanAction.Add, [], [member.Label], member);
        }
    }

    private string? WhyNot(DirectoryObject member)
    {
        if (member.Id == facts.Group?.Id)
        {
            return "MemberIsSelf";
        }

        if (facts.Ancestors.Contains(member.Id))
        {
            return "MemberLoops";
        }

        return MembershipRules.WhyNotMember(facts.Store.Kind, groupType, member);
    }

    /// <summary>
    /// Those who are not in the list that replaces the old one. While a reference of that list leads to nobody, it may be the
    /// misspelt name of somebody present, so nobody is removed.
    /// </summary>
    private void PlanLeaving()
    {
        var unsettled = _steps.Exists(step => step.Problem?.Code is "MemberNotFound" or "MemberAmbiguous");
        foreach (var member in facts.LeavingMembers.Values.Where(member => !_seen.Contains(member.Id)).OrderBy(member => member.Label, StringComparer.OrdinalIgnoreCase))
        {
            var problem = unsettled
                ? new Problem(AttributeNames.Members, "RemoveHeldBack", ProblemScope.Line, member.Label)
                : null;
            _steps.Add(new PlanStep(0, PlanAction.Remove, AttributeNames.Members, [member.Label], [])
            {
                Target = TargetOf(member),
                Reason = StepReason.Replaced,
                Problem = problem,
            });
        }
    }

    private void Add(PlanAction action, IReadOnlyList<string> before, IReadOnlyList<string> after, DirectoryObject member) =>
        _steps.Add(new PlanStep(0, action, AttributeNames.Members, before, after) { Target = TargetOf(member) });

    private void Refuse(ChangeMode mode, string reference, DirectoryObject? member, string code, params IReadOnlyList<string> arguments)
    {
        var label = member?.Label ?? reference;
        _steps.Add(new PlanStep(
            0,
            mode == ChangeMode.Remove ? PlanAction.Remove : PlanAction.Add,
            AttributeNames.Members,
            mode == ChangeMode.Remove ? [label] : [],
            mode == ChangeMode.Remove ? [] : [label])
        {
            Target = member is null ? null : TargetOf(member),
            Problem = new Problem(AttributeNames.Members, code, ProblemScope.Line, arguments),
        });
    }
}
