using System.Globalization;
using GroupPortal.Core.Access;
using GroupPortal.Core.Criteria;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;

namespace GroupPortal.Core.Plans;

/// <summary>
/// From what is wanted and what stands to what will be done; pure. A line that changes nothing is in the plan and says so, a
/// line that cannot be done is in the plan with its problem, and all problems come at once.
/// </summary>
public static class GroupPlanner
{
    /// <summary>The names that a request would give, for the application to look up before it plans; null where none would change.</summary>
    public static NameQuery? NamesOf(GroupRequest request, PlanFacts facts)
    {
        if (request.Kind is PlanKind.Delete or PlanKind.Restore)
        {
            return null;
        }

        var isCreate = request.Kind == PlanKind.Create;
        var dn = request.Name is not null || request.Container is not null ? TargetDn(request, facts) : null;
        var accountName = Wanted(request, AttributeNames.AccountName)
            ?? (isCreate && facts.Store.Kind == StoreKind.ActiveDirectory ? NamingRules.AccountNameFor(request.Name ?? string.Empty) : null);
        var nickname = Wanted(request, AttributeNames.MailNickname)
            ?? (isCreate && facts.Store.Kind == StoreKind.EntraId ? NamingRules.MailNicknameFor(request.Name ?? string.Empty) : null);
        var displayName = facts.Store.Kind == StoreKind.EntraId ? request.Name ?? Wanted(request, AttributeNames.DisplayName) : null;
        if (dn is null && accountName is null && nickname is null && displayName is null)
        {
            return null;
        }

        return new NameQuery(
            facts.Store.Kind == StoreKind.ActiveDirectory ? dn : null,
            string.IsNullOrEmpty(accountName) ? null : accountName,
            string.IsNullOrEmpty(nickname) ? null : nickname,
            displayName,
            facts.Group?.Id);
    }

    /// <summary>The criteria that a request would give its group, for the application to read before it plans; null where it leaves them alone.</summary>
    public static (string Text, CriteriaLanguage Language)? CriteriaOf(GroupRequest request, GroupState? group)
    {
        ArgumentNullException.ThrowIfNull(request);
        return RulePlanner.CriteriaOf(request, group) is var (_, text, language) ? (text, language) : null;
    }

    /// <summary>Whether a request gives an existing group another rule of Entra ID's own: its members follow without a line of the plan that names them.</summary>
    public static bool ChangesRuleOfEntra(GroupRequest request, GroupState? group)
    {
        ArgumentNullException.ThrowIfNull(request);
        return group is not null && RulePlanner.CriteriaOf(request, group) is var (field, _, _) && field == AttributeNames.MembershipRule;
    }

    /// <summary>The plan of a request, with every problem of it. <paramref name="id"/> becomes the plan's id.</summary>
    public static GroupPlan Plan(Guid id, GroupRequest request, PlanFacts facts)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(facts);
        return request.Kind switch
        {
            PlanKind.Delete => PlanDelete(id, request, facts),
            PlanKind.Restore => PlanRestore(id, request, facts),
            _ => PlanChange(id, request, facts),
        };
    }

    private static GroupPlan PlanDelete(Guid id, GroupRequest request, PlanFacts facts)
    {
        var group = Present(facts);
        var step = new PlanStep(0, PlanAction.Delete, string.Empty, [group.Label], [])
        {
            Target = new StepTarget(group.Id, ObjectKind.Group, group.Label, group.Dn),
        };
        var elsewhere = GroupAuthorities.WhyNotWritten(group.Authority, string.Empty, ProblemScope.Request);
        return Finish(
            id, request, facts, group.Label, group.Dn, [step], [.. request.ReadingProblems, .. elsewhere is null ? Array.Empty<Problem>() : [elsewhere]],
            GroupActions.Delete, GuardVerdict.Nothing);
    }

    /// <summary>Who may delete a group may have it back. Of a deleted group no owners are known: it is the helpdesk's and the administrators'.</summary>
    private static GroupPlan PlanRestore(Guid id, GroupRequest request, PlanFacts facts)
    {
        if (facts.Tenant is null)
        {
            return Finish(
                id, request, facts, string.Empty, string.Empty, [],
                [new Problem(string.Empty, "RestoreUnsupported", ProblemScope.Request, facts.Store.Name)], GroupActions.Delete, GuardVerdict.Nothing);
        }

        var group = Present(facts);
        var step = new PlanStep(0, PlanAction.Restore, string.Empty, [], [group.Label])
        {
            Target = new StepTarget(group.Id, ObjectKind.Group, group.Label, group.Dn),
        };
        return Finish(id, request, facts, group.Label, group.Dn, [step], [.. request.ReadingProblems], GroupActions.Delete, GuardVerdict.Nothing);
    }

    private static GroupPlan PlanChange(Guid id, GroupRequest request, PlanFacts facts)
    {
        var isCreate = request.Kind == PlanKind.Create;
        var problems = request.ReadingProblems.Where(problem => problem.Scope == ProblemScope.Request).ToList();
        problems.AddRange(GroupRequestValidator.ProblemsOf(request, facts));

        var steps = new List<PlanStep>();
        var dn = TargetDn(request, facts) ?? facts.Group?.Dn ?? string.Empty;
        steps.AddRange(PlaceSteps(request, facts, dn));
        steps.AddRange(ReadingSteps(request, facts));

        var attributes = new AttributePlanner(request, facts, problems);
        attributes.PlanRequested();
        var rule = new RulePlanner(request, facts, attributes, problems);
        PlanImplied(id, request, facts, attributes, rule);
        rule.Plan();

        var ownerSteps = new OwnerPlanner(request, facts, problems).Plan();
        var groupType = int.Parse(attributes.Final(AttributeNames.GroupType) is { } text && int.TryParse(text, CultureInfo.InvariantCulture, out _) ? text : "0", CultureInfo.InvariantCulture);
        var memberSteps = new MemberPlanner(request, facts, groupType, problems).Plan();
        if (rule.TakesMembersAsExceptions)
        {
            rule.Include(memberSteps.Where(step => step.Problem is null).Select(step => step.Target!.Id));
            memberSteps = [.. memberSteps.Where(step => step.Problem is not null)];
        }

        steps.AddRange(attributes.Steps);
        steps.AddRange(ownerSteps);
        steps.AddRange(memberSteps);
        if (isCreate && facts.Store.Kind == StoreKind.EntraId && groupType == (int)EntraGroupType.Teams)
        {
            // The group comes first; the team is a request of its own, which Microsoft Teams may put off.
            steps.Add(new PlanStep(0, PlanAction.Set, AttributeNames.Team, [], [request.Name ?? string.Empty]) { KeptBy = KeptBy.Teams, Reason = StepReason.Implied });
        }

        if (isCreate && !facts.Rights.MayCreate)
        {
            problems.Add(new Problem(AttributeNames.Container, "AccountMayNotCreate", ProblemScope.Request, request.Container ?? facts.DefaultContainer));
        }

        RefuseKeptElsewhere(steps, facts);
        TenantAttributes.Judge(steps, groupType, facts);
        RefuseUnwritable(steps, facts);
        var name = request.Name ?? facts.Group?.Label ?? string.Empty;
        var guard = isCreate || facts.Group is { Authority: not GroupAuthority.Directory } ? GuardVerdict.Nothing : Guard(steps, memberSteps, facts);
        return Finish(id, request, facts, name, dn, steps, problems, ActionsOf(isCreate, steps, ownerSteps, memberSteps, facts), guard);
    }

    private static GroupPlan Finish(
        Guid id, GroupRequest request, PlanFacts facts, string name, string dn,
        List<PlanStep> steps, List<Problem> problems, GroupActions actions, GuardVerdict guard)
    {
        for (var index = 0; index < steps.Count; index++)
        {
            steps[index] = steps[index] with { Ordinal = index };
        }

        var plan = new GroupPlan
        {
            Id = id,
            StoreId = facts.Store.Id,
            Kind = request.Kind,
            GroupId = facts.Group?.Id,
            GroupName = name,
            GroupDn = dn,
            BaseVersion = facts.Group?.Version,
            Steps = steps,
            Problems = [.. problems.Distinct()],
            Guard = guard,
            Access = AccessPolicy.Decide(facts.Requester.Role, RelationOf(facts), actions, SubjectOf(facts), facts.Access),
            IsStrict = request.IsStrict,
        };
        return plan with { Hash = PlanHash.Of(plan) };
    }

    /// <summary>What another directory is the source of can only be looked at here; what the portal keeps beside it is its own.</summary>
    private static void RefuseKeptElsewhere(List<PlanStep> steps, PlanFacts facts)
    {
        var authority = facts.Group?.Authority ?? GroupAuthority.Directory;
        for (var index = 0; index < steps.Count; index++)
        {
            if (steps[index] is { IsWritten: true, KeptBy: not KeptBy.Portal } step && GroupAuthorities.WhyNotWritten(authority, step.Path, ProblemScope.Line) is { } problem)
            {
                steps[index] = step with { Problem = problem };
            }
        }
    }

    /// <summary>Lines that the directory would refuse the portal itself, told before anything is sent. A new name is the server's to judge.</summary>
    private static void RefuseUnwritable(List<PlanStep> steps, PlanFacts facts)
    {
        for (var index = 0; index < steps.Count; index++)
        {
            var step = steps[index];
            var attribute = step.Path == AttributeNames.Members ? "member" : step.Path;
            if (step.IsWritten && step.KeptBy == KeptBy.Directory && step.Action is not (PlanAction.Rename or PlanAction.Move or PlanAction.Create)
                && facts.Group is not null && !facts.Rights.MayWrite(attribute))
            {
                steps[index] = step with { Problem = new Problem(step.Path, "AccountMayNotWrite", ProblemScope.Line, attribute, facts.Store.Name) };
            }
        }
    }

    /// <summary>What the person is to the group, by the directory's present owners and members.</summary>
    public static GroupRelation RelationOf(PlanFacts facts)
    {
        var relation = facts.RequesterIsMember ? GroupRelation.Member : GroupRelation.None;
        var isOwner = facts.RequesterObject is { } person && facts.Group is { } group && group.Owners.Any(owner => owner.Id == person.Id);
        return isOwner ? relation | GroupRelation.Owner : relation;
    }

    /// <summary>What applying these steps takes, for the policy to judge again at apply.</summary>
    public static GroupActions ActionsOf(GroupPlan plan, Guid? requester)
    {
        var written = plan.Steps.Where(step => step.IsWritten).ToList();
        return plan.Kind switch
        {
            PlanKind.Create => ActionsOfCreate(written),
            PlanKind.Delete or PlanKind.Restore => GroupActions.Delete,
            PlanKind.Recompute => GroupActions.UpdateMembers,
            _ => ActionsOf(written, requester),
        };
    }

    private static GroupActions ActionsOf(
        bool isCreate, List<PlanStep> steps, IReadOnlyList<PlanStep> owners, IReadOnlyList<PlanStep> members, PlanFacts facts)
    {
        if (isCreate)
        {
            return ActionsOfCreate(steps);
        }

        // A plan that would change nothing is still a wish to change: it needs the same right, or it would tell a stranger what stands.
        var wished = ActionsOf(steps, facts.RequesterObject?.Id);
        return owners.Count == 0 && members.Count == 0 && wished == GroupActions.None ? GroupActions.ChangeDetails : wished;
    }

    /// <summary>Who may create groups may not give away licences with them.</summary>
    private static GroupActions ActionsOfCreate(List<PlanStep> steps) =>
        GroupActions.Create | (ActionsOf(steps, requester: null) & (GroupActions.AssignLicences | GroupActions.SetExpiration));

    private static GroupActions ActionsOf(List<PlanStep> steps, Guid? requester)
    {
        var actions = GroupActions.None;
        foreach (var step in steps)
        {
            actions |= step switch
            {
                { Path: AttributeNames.Members, Action: PlanAction.Add } when step.Target?.Id == requester && requester is not null => GroupActions.Join,
                { Path: AttributeNames.Members, Action: PlanAction.Remove } when step.Target?.Id == requester && requester is not null => GroupActions.Leave,
                { Path: AttributeNames.Members } => GroupActions.ChangeMembers,
                { Path: AttributeNames.Owners or AttributeNames.ManagedBy or AttributeNames.AdditionalOwners } => GroupActions.ChangeOwners,
                { Action: PlanAction.Move } => GroupActions.Move,
                { Path: AttributeNames.Licences } => GroupActions.AssignLicences,
                { Path: AttributeNames.Expires } => GroupActions.SetExpiration,
                _ when step.Path is AttributeNames.ManagedGroupType or AttributeNames.MembershipRule or AttributeNames.RuleProcessing || AttributeNames.IsOfRule(step.Path) => GroupActions.DefineRule,
                _ => GroupActions.ChangeDetails,
            };
        }

        // Who may change all members needs no leave to come or go himself.
        return actions.HasFlag(GroupActions.ChangeMembers) ? actions & ~(GroupActions.Join | GroupActions.Leave) : actions;
    }

    /// <summary>What the policy needs to know of the group as it stands.</summary>
    public static AccessSubject SubjectOf(PlanFacts facts) => facts.Group is { } group
        ? new AccessSubject(group.SecurityType, group.IsProtected, group.Membership)
        : AccessSubject.New;

    private static GroupState Present(PlanFacts facts) =>
        facts.Group ?? throw new ArgumentException("A change or deletion is planned against the group as it stands.", nameof(facts));

    private static IEnumerable<PlanStep> PlaceSteps(GroupRequest request, PlanFacts facts, string dn)
    {
        if (request.Kind == PlanKind.Create)
        {
            yield return new PlanStep(0, PlanAction.Create, string.Empty, [], [dn]);
            if (facts.Store.Kind == StoreKind.ActiveDirectory && request.Name is { } created)
            {
                yield return new PlanStep(0, PlanAction.Set, AttributeNames.Name, [], [created]);
            }

            yield break;
        }

        var group = Present(facts);
        if (facts.Store.Kind == StoreKind.ActiveDirectory && request.Name is { } name)
        {
            yield return new PlanStep(0, name == group.Name ? PlanAction.NoChange : PlanAction.Rename, AttributeNames.Name, [group.Name], [name]);
        }

        if (request.Container is { Length: > 0 } container
            && DistinguishedName.TryParse(container, out var wanted)
            && DistinguishedName.Parse(group.Dn).Parent is { } present)
        {
            yield return new PlanStep(
                0, wanted.Equals(present) ? PlanAction.NoChange : PlanAction.Move, AttributeNames.Container, [present.ToString()], [wanted.ToString()]);
        }
    }

    /// <summary>Lines that could not even be read (a wire field that contradicts what is known), as refused lines of the plan.</summary>
    private static IEnumerable<PlanStep> ReadingSteps(GroupRequest request, PlanFacts facts) =>
        request.ReadingProblems
            .Where(problem => problem.Scope == ProblemScope.Line)
            .Select(problem => new PlanStep(0, PlanAction.Set, problem.Field, facts.Group?.Attributes[problem.Field] ?? [], [.. problem.Arguments.Skip(1).Take(1)])
            {
                KeptBy = KeptBy.Wire,
                Problem = problem,
            });

    private static void PlanImplied(Guid id, GroupRequest request, PlanFacts facts, AttributePlanner attributes, RulePlanner rule)
    {
        var name = request.Name ?? string.Empty;

        // A name without any letter that the older forms allow (日本) still gets one of each; the end of the plan's id, whose beginning is the time, makes it unique.
        var plain = string.Create(CultureInfo.InvariantCulture, $"group-{id.ToString("N")[^8..]}");
        var accountName = NamingRules.AccountNameFor(name) is { Length: > 0 } derived ? derived : plain;
        var nickname = NamingRules.MailNicknameFor(name) is { Length: > 0 } ascii ? ascii : plain;
        if (request.Kind == PlanKind.Create && facts.Store.Kind == StoreKind.ActiveDirectory)
        {
            attributes.PlanImplied(AttributeNames.AccountName, accountName, StepReason.Derived);
            attributes.PlanImplied(AttributeNames.GroupType, new AdGroupType(AdGroupScope.Global, IsSecurity: true).Text, StepReason.Derived);
        }
        else if (request.Kind == PlanKind.Create)
        {
            attributes.PlanImplied(AttributeNames.DisplayName, name, StepReason.Requested);
            attributes.PlanImplied(AttributeNames.GroupType, EntraGroupType.Security.Text(), StepReason.Derived);
            attributes.PlanImplied(AttributeNames.MailNickname, nickname, StepReason.Derived);
        }
        else if (facts.Store.Kind == StoreKind.EntraId && request.Name is not null)
        {
            attributes.PlanImplied(AttributeNames.DisplayName, name, StepReason.Requested);
        }

        if (request.Kind == PlanKind.Create)
        {
            attributes.PlanImplied(AttributeNames.SecurityType, GroupSecurityType.Private.Wire(), StepReason.Derived);
            rule.PlanKindOfNew();
        }

        PlanVisibility(request, facts, attributes);
    }

    /// <summary>A Microsoft 365 group's visibility follows its security type: Public is Public, all else Private.</summary>
    private static void PlanVisibility(GroupRequest request, PlanFacts facts, AttributePlanner attributes)
    {
        var asked = request.Kind == PlanKind.Create || Wanted(request, AttributeNames.SecurityType) is not null;
        if (asked && facts.Store.Kind == StoreKind.EntraId
            && EntraGroupTypes.TryParse(attributes.Final(AttributeNames.GroupType), out var type) && type.IsUnified()
            && GroupSecurityTypes.TryParse(attributes.Final(AttributeNames.SecurityType), out var security))
        {
            attributes.PlanImplied(AttributeNames.Visibility, security == GroupSecurityType.Public ? "Public" : "Private", StepReason.Implied);
        }
    }

    /// <summary>Members that a rule of Entra ID's own brings and takes count as those who are named: Entra ID asks nobody before it follows a rule.</summary>
    private static GuardVerdict Guard(List<PlanStep> steps, IReadOnlyList<PlanStep> members, PlanFacts facts)
    {
        var rule = steps.Exists(step => step is { Path: AttributeNames.MembershipRule, IsWritten: true }) ? facts.RuleEffect : null;
        var adds = members.LongCount(step => step is { Action: PlanAction.Add, Problem: null }) + (rule?.Adds ?? 0);
        var removes = members.LongCount(step => step is { Action: PlanAction.Remove, Problem: null }) + (rule?.Removes ?? 0);
        var present = rule?.Present ?? facts.Group?.MemberCount ?? 0;
        var limits = facts.Guard;
        var holds = new List<string>();
        if (rule is { IsUnknown: true, Present: > 0 })
        {
            holds.Add("RuleUnknown");
        }

        if (rule is { IsShrunk: true, Removes: > 0 })
        {
            holds.Add("Shrunk");
        }

        if (removes >= present && removes > 1 && adds == 0)
        {
            holds.Add("Empties");
        }

        if (removes >= limits.RemoveCount || (present >= limits.RemoveExempt && removes * 100 >= present * limits.RemovePercent))
        {
            holds.Add("Removes");
        }

        if (adds >= limits.AddCount)
        {
            holds.Add("Adds");
        }

        return new GuardVerdict(holds, adds, removes, present);
    }

    private static string? TargetDn(GroupRequest request, PlanFacts facts)
    {
        var place = request.Container is { Length: > 0 } asked ? asked
            : facts.Group is { } group ? DistinguishedName.Parse(group.Dn).Parent?.ToString()
            : facts.DefaultContainer;
        var name = request.Name ?? facts.Group?.Name;
        return !string.IsNullOrWhiteSpace(name) && DistinguishedName.TryParse(place, out var container)
            ? container.Child("CN", name).ToString()
            : null;
    }

    private static string? Wanted(GroupRequest request, string attribute) =>
        request.Attributes.FirstOrDefault(change => string.Equals(change.Name, attribute, StringComparison.OrdinalIgnoreCase)
            && change.Mode != ChangeMode.Remove && change.Values.Count > 0)?.Values[0];
}
