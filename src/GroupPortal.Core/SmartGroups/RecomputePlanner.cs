using GroupPortal.Core.Access;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;

namespace GroupPortal.Core.SmartGroups;

/// <summary>Whom a rule selects, as much of it as a plan's line shows.</summary>
/// <param name="IsExcepted">By Include, and not by the criteria.</param>
/// <param name="GroupType">Of a group, in the store kind's own meaning; null for anything else, or where it is not known.</param>
public sealed record SelectedObject(Guid Id, ObjectKind Kind, string Label, string Dn, bool IsExcepted = false, int? GroupType = null);

/// <summary>What is known of one group when it is updated by its rule.</summary>
/// <param name="Present">All direct members, read from the directory itself.</param>
/// <param name="Selected">All whom the rule selects now.</param>
/// <param name="Leaving">Those present whom the rule does not select, as the evaluator or the directory knows them.</param>
public sealed record RecomputeFacts(
    IdentityStore Store, GroupState Group, IReadOnlySet<Guid> Present, IReadOnlyDictionary<Guid, SelectedObject> Selected,
    IReadOnlyDictionary<Guid, StepTarget> Leaving)
{
    /// <summary>Whom an Include names and the evaluator does not hold. Who of them is a member stays; of the others only those selected come.</summary>
    public IReadOnlySet<Guid> Unseen { get; init; } = new HashSet<Guid>();

    /// <summary>Those whom an Exclude keeps out.</summary>
    public IReadOnlySet<Guid> Excluded { get; init; } = new HashSet<Guid>();

    /// <summary>Groups that contain this one; as a member each would close a loop.</summary>
    public IReadOnlySet<Guid> Ancestors { get; init; } = new HashSet<Guid>();

    /// <summary>The group, or one that contains it, grants administrative rights.</summary>
    public bool IsProtected { get; init; }

    public RecomputeLimits Limits { get; init; } = new();

    /// <summary>The data that the rule was asked of has lost clearly more than a directory loses; it may be that it may not be read any more.</summary>
    public bool IsShrunk { get; init; }

    /// <summary>What earlier groups of the same run, and of the last hour, came to.</summary>
    public long RunAdds { get; init; }

    public long RunRemoves { get; init; }

    public AccessDecision Access { get; init; } = AccessDecision.Allowed;
}

/// <summary>
/// The plan of an update by rule: one line per member who comes or goes, made from ids, so that nothing has to be looked up
/// by reference. Pure; the same facts give the same plan and hash.
/// </summary>
public static class RecomputePlanner
{
    /// <summary>Those who would come and go, before anybody's name is asked.</summary>
    /// <param name="unseen">As <see cref="RecomputeFacts.Unseen"/>.</param>
    public static (IReadOnlyList<Guid> Joining, IReadOnlyList<Guid> Leaving) Difference(
        Guid group, IReadOnlySet<Guid> present, IReadOnlyDictionary<Guid, SelectedObject> selected, IReadOnlySet<Guid> unseen)
    {
        ArgumentNullException.ThrowIfNull(present);
        ArgumentNullException.ThrowIfNull(selected);
        ArgumentNullException.ThrowIfNull(unseen);
        return (
            [.. selected.Keys.Where(id => id != group && !present.Contains(id))],
            [.. present.Where(id => id == group || (!selected.ContainsKey(id) && !unseen.Contains(id)))]);
    }

    /// <summary>The plan; without lines when everybody is where the rule has him.</summary>
    public static GroupPlan Plan(Guid id, RecomputeFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var (joining, leaving) = Difference(facts.Group.Id, facts.Present, facts.Selected, facts.Unseen);
        var steps = joining
            .Select(one => facts.Selected[one])
            .OrderBy(one => one.Label, StringComparer.OrdinalIgnoreCase).ThenBy(one => one.Id)
            .Select(one => Join(one, facts))
            .Concat(facts.Unseen.Where(one => !facts.Present.Contains(one) && !facts.Selected.ContainsKey(one)).Order().Select(NotFound))
            .Concat(leaving
                .Select(one => facts.Leaving.GetValueOrDefault(one) ?? Stub(one))
                .OrderBy(one => one.Label, StringComparer.OrdinalIgnoreCase).ThenBy(one => one.Id)
                .Select(one => Leave(one, facts)))
            .Select((step, ordinal) => step with { Ordinal = ordinal })
            .ToList();
        var elsewhere = GroupAuthorities.WhyNotWritten(facts.Group.Authority, AttributeNames.Members, ProblemScope.Request);
        var (adds, removes) = (Written(PlanAction.Add), Written(PlanAction.Remove));
        var plan = new GroupPlan
        {
            Id = id,
            StoreId = facts.Store.Id,
            Kind = PlanKind.Recompute,
            GroupId = facts.Group.Id,
            GroupName = facts.Group.Label,
            GroupDn = facts.Group.Dn,
            BaseVersion = facts.Group.Version,
            Steps = steps,
            Problems = elsewhere is null ? [] : [elsewhere],
            Guard = MembershipGuard.Judge(
                new MembershipChange(facts.Present.Count, adds, removes, facts.IsProtected, facts.RunAdds, facts.RunRemoves) { IsShrunk = facts.IsShrunk }, facts.Limits),
            Access = facts.Access,
        };
        return plan with { Hash = PlanHash.Of(plan) };

        long Written(PlanAction action) => steps.LongCount(step => step.Problem is null && step.Action == action);
    }

    private static PlanStep Join(SelectedObject one, RecomputeFacts facts)
    {
        var why = facts.Ancestors.Contains(one.Id) ? "MemberLoops"
            : MembershipRules.WhyNotMember(facts.Store.Kind, facts.Group.GroupType, new DirectoryObject(one.Id, one.Kind, one.Label, one.Dn) { GroupType = one.GroupType });
        return new PlanStep(0, PlanAction.Add, AttributeNames.Members, [], [one.Label])
        {
            Target = new StepTarget(one.Id, one.Kind, one.Label, one.Dn),
            Reason = one.IsExcepted ? StepReason.Exception : StepReason.Rule,
            Problem = why is null ? null : new Problem(AttributeNames.Members, why, ProblemScope.Line, one.Label),
        };
    }

    /// <summary>Neither the evaluator nor the directory has such an object.</summary>
    private static PlanStep NotFound(Guid one) => new(0, PlanAction.Add, AttributeNames.Members, [], [one.ToString("D")])
    {
        Target = Stub(one),
        Reason = StepReason.Exception,
        Problem = new Problem(AttributeNames.Members, "IncludeNotFound", ProblemScope.Line, one.ToString("D")),
    };

    private static StepTarget Stub(Guid one) => new(one, ObjectKind.User, one.ToString("D"), string.Empty);

    private static PlanStep Leave(StepTarget one, RecomputeFacts facts) => new(0, PlanAction.Remove, AttributeNames.Members, [one.Label], [])
    {
        Target = one,
        Reason = facts.Excluded.Contains(one.Id) ? StepReason.Exception : StepReason.Rule,
        // What cannot be read cannot be judged: he may be hidden from the portal, and fit the rule as before.
        Problem = facts.Leaving.ContainsKey(one.Id) ? null : new Problem(AttributeNames.Members, "MemberUnreadable", ProblemScope.Line, one.Label),
    };
}
