using GroupPortal.Application.Access;
using GroupPortal.Application.SmartGroups;
using GroupPortal.Core.Access;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using GroupPortal.Core.SmartGroups;

namespace GroupPortal.Application.Groups;

/// <summary>Looks up what the planner may know, in a handful of questions however many members a request names.</summary>
public sealed partial class PlanFactsReader(StoreRegistry stores, GroupReader groups, PersonLookup people, RuleReader rules, ISmartEvaluator evaluator)
{
    /// <summary>Whatever can be a member or an owner anywhere; which of them may is the planner's to say.</summary>
    private static readonly ObjectKind[] Referable =
        [ObjectKind.User, ObjectKind.Contact, ObjectKind.Group, ObjectKind.Computer, ObjectKind.Device, ObjectKind.ServicePrincipal];

    /// <summary>The facts, or the answer that stands in their way.</summary>
    internal async Task<(PlanFacts? Facts, PlanAnswer? Instead)> ReadAsync(
        IDirectory directory, GroupRequest request, Requester requester, CancellationToken cancellation)
    {
        try
        {
            return await ReadOrThrowAsync(directory, request, requester, cancellation);
        }
        catch (IncompleteException incomplete)
        {
            return (null, new PlanAnswer.DirectoryFailed(incomplete.Error));
        }
    }

    private async Task<(PlanFacts? Facts, PlanAnswer? Instead)> ReadOrThrowAsync(
        IDirectory directory, GroupRequest request, Requester requester, CancellationToken cancellation)
    {
        if (request.Kind == PlanKind.Restore)
        {
            return await ReadDeletedAsync(directory, request, requester, cancellation);
        }

        var storeId = directory.Store.Id;
        GroupState? group = null;
        if (request.Kind != PlanKind.Create)
        {
            group = request.GroupId is { } id ? Complete(await groups.GetAsync(storeId, id, cancellation)) : null;
            if (group is null)
            {
                return (null, new PlanAnswer.GroupUnknown());
            }

            if (request.ExpectedETag is { } expected && expected != group.Version.ETag)
            {
                return (null, new PlanAnswer.VersionMismatch(group.Version.ETag));
            }
        }

        var settings = stores.SettingsOf(storeId);
        var self = Complete(await people.FindAsync(storeId, requester.Person, cancellation));
        var references = await ResolveAsync(directory, request, cancellation);
        var facts = new PlanFacts
        {
            Store = directory.Store,
            Catalog = directory.Catalog,
            Capabilities = directory.Capabilities,
            Naming = settings.Naming,
            Guard = settings.Guard,
            Access = settings.Access,
            DefaultContainer = settings.DefaultContainer,
            Requester = requester.Person,
            RequesterObject = self,
            Group = group,
            References = references,
        };
        if (group is not null)
        {
            facts = await WithMembersAsync(directory, request, facts, group, cancellation);
        }

        facts = await WithRuleAsync(directory, request, facts, cancellation);
        var names = GroupPlanner.NamesOf(request, facts);
        var tenant = TenantAsync(directory, request, facts, names, cancellation);
        var container = request.Container ?? (request.Kind == PlanKind.Create ? settings.DefaultContainer : null);
        if (container is not null)
        {
            facts = facts with { ContainerExists = Complete(await directory.ContainerExistsAsync(container, cancellation)) };
        }

        facts = facts with { Rights = await RightsAsync(directory, request, group, container, cancellation) };
        if (names is not null)
        {
            facts = facts with { NamesInUse = Complete(await directory.NamesInUseAsync(names, cancellation)) };
        }

        return (await tenant is var (said, now) ? facts with { Tenant = said, Group = now } : facts, null);
    }

    /// <summary>Reads the criteria that the group would have, whom a group that becomes smart would lose by them, and what a rule of Entra ID's own does.</summary>
    private async Task<PlanFacts> WithRuleAsync(IDirectory directory, GroupRequest request, PlanFacts facts, CancellationToken cancellation)
    {
        if (GroupPlanner.CriteriaOf(request, facts.Group) is not var (text, language))
        {
            return facts;
        }

        facts = facts with { Criteria = rules.Read(language, text, directory.Vocabulary) };
        var becomesSmart = facts.Group is { Membership: Membership.Static } && facts.Criteria.IsValid && request.Attributes.Any(change =>
            string.Equals(change.Name, AttributeNames.ManagedGroupType, StringComparison.OrdinalIgnoreCase) && change.Values is ["2", ..]);
        return becomesSmart ? await WithMissedAsync(directory, request, facts, cancellation)
            : GroupPlanner.ChangesRuleOfEntra(request, facts.Group) && SmartRules.OfEntra(text, facts.Criteria) is { } rule
                ? facts with { RuleEffect = await EffectOfAsync(directory, facts.Group!, rule, cancellation) }
                : facts;
    }

    /// <summary>A rule without effect that anybody knows is still a rule: the guard decides what becomes of it.</summary>
    private async Task<EntraRuleEffect> EffectOfAsync(IDirectory directory, GroupState group, SmartRule rule, CancellationToken cancellation)
    {
        var present = Complete(await directory.MemberIdsAsync(group.Id, cancellation));
        if (await evaluator.EvaluateAsync(directory.Store.Id, group.Id, rule, cancellation) is not SmartEvaluation.Ok ok)
        {
            return new EntraRuleEffect(0, 0, present.Count) { IsUnknown = true };
        }

        var staying = present.Count(ok.Selected.ContainsKey);
        return new EntraRuleEffect(ok.Selected.Count - staying, present.Count - staying, present.Count) { IsShrunk = ok.IsShrunk };
    }

    private async Task<PlanFacts> WithMissedAsync(IDirectory directory, GroupRequest request, PlanFacts facts, CancellationToken cancellation)
    {
        var group = facts.Group!;
        var plan = GroupPlanner.Plan(Guid.Empty, request, facts);
        var after = plan.Steps.Where(step => AttributeNames.IsOfRule(step.Path))
            .Aggregate(group.Attributes, (attributes, step) => attributes.With(step.Path, step.After));
        if (plan.Problems.Count > 0 || SmartRules.Of(after, facts.Criteria!) is not { } rule)
        {
            return facts;
        }

        var present = Complete(await directory.MemberIdsAsync(group.Id, cancellation));
        var (selected, unseen) = await evaluator.EvaluateAsync(directory.Store.Id, group.Id, rule, cancellation) switch
        {
            SmartEvaluation.Ok ok => (ok.Selected, ok.Unseen),
            SmartEvaluation.Failed failed => throw new IncompleteException(failed.Error),
            _ => throw new IncompleteException(new DirectoryError.Unavailable()),
        };
        var excluded = rule.Exclude.Where(one => one.Until is null).Select(one => one.Id).ToHashSet();
        return facts with { KeptByException = [.. present.Where(id => !selected.ContainsKey(id) && !unseen.Contains(id) && !excluded.Contains(id)).Order()] };
    }

    /// <summary>Only a hint: what cannot be found out now, the directory says when it is written.</summary>
    private static async Task<AccountRights> RightsAsync(
        IDirectory directory, GroupRequest request, GroupState? group, string? container, CancellationToken cancellation)
    {
        List<string> wanted = [.. request.Attributes
            .Select(change => directory.Catalog.TryGet(change.Name, out var known) && known.KeptBy == KeptBy.Directory ? known.Name : null)
            .OfType<string>()];
        if (request.Members.Count > 0)
        {
            wanted.Add("member");
        }

        if (request.Owners.Count > 0)
        {
            wanted.Add(AttributeNames.ManagedBy);
        }

        var answer = request.Kind == PlanKind.Create
            ? await directory.RightsAsync(null, container!, [], cancellation)
            : wanted.Count == 0 ? DirectoryAnswer.Ok(AccountRights.All) : await directory.RightsAsync(group!.Id, group.Dn, wanted, cancellation);
        return answer is DirectoryAnswer<AccountRights>.Ok(var rights) ? rights : AccountRights.All;
    }

    private static async Task<IReadOnlyDictionary<string, ReferenceMatch>> ResolveAsync(
        IDirectory directory, GroupRequest request, CancellationToken cancellation)
    {
        var references = request.Members.Concat(request.Owners).SelectMany(change => change.References).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return references.Count == 0
            ? new Dictionary<string, ReferenceMatch>(StringComparer.OrdinalIgnoreCase)
            : new Dictionary<string, ReferenceMatch>(Complete(await directory.ResolveAsync(references, Referable, cancellation)), StringComparer.OrdinalIgnoreCase);
    }

    private static async Task<PlanFacts> WithMembersAsync(
        IDirectory directory, GroupRequest request, PlanFacts facts, GroupState group, CancellationToken cancellation)
    {
        var named = request.Members
            .SelectMany(change => change.References)
            .Select(reference => facts.References.GetValueOrDefault(reference))
            .OfType<ReferenceMatch.Found>()
            .Select(found => found.Object)
            .DistinctBy(member => member.Id)
            .ToList();
        var isReplaced = request.Members.Any(change => change.Mode == ChangeMode.Set);
        IReadOnlyCollection<Guid> candidates = [.. named.Select(member => member.Id), .. AccessPolicy.AsksRelation(facts.Requester.Role) && facts.RequesterObject is { } self ? [self.Id] : Array.Empty<Guid>()];
        var present = isReplaced
            ? Complete(await directory.MemberIdsAsync(group.Id, cancellation))
            : candidates.Count == 0 ? new HashSet<Guid>() : Complete(await directory.WhichAreMembersAsync(group.Id, candidates, cancellation));
        facts = facts with
        {
            PresentMembers = present,
            RequesterIsMember = facts.RequesterObject is { } person && present.Contains(person.Id),
        };
        if (isReplaced)
        {
            var wanted = named.Select(member => member.Id).ToHashSet();
            var leaving = present.Where(id => !wanted.Contains(id)).ToList();
            facts = facts with { LeavingMembers = leaving.Count == 0 ? facts.LeavingMembers : Complete(await directory.GetObjectsAsync(leaving, cancellation)) };
        }

        // Only a group among the members to come can close a loop.
        var addsGroups = request.Members.Any(change => change.Mode != ChangeMode.Remove) && named.Exists(member => member.Kind == ObjectKind.Group);
        return addsGroups ? facts with { Ancestors = Complete(await directory.AncestorsAsync(group.Id, cancellation)) } : facts;
    }

    /// <summary>A plan made of half the facts would remove those whom the directory did not mention.</summary>
    private static T Complete<T>(DirectoryAnswer<T> answer) => answer switch
    {
        DirectoryAnswer<T>.Ok ok => ok.Value,
        DirectoryAnswer<T>.Partial partial => throw new IncompleteException(partial.Why),
        DirectoryAnswer<T>.Failed failed => throw new IncompleteException(failed.Error),
        _ => throw new InvalidOperationException("Unreachable: the hierarchy is closed."),
    };

    /// <summary>Leaves the reading from any depth; caught where it began.</summary>
    private sealed class IncompleteException(DirectoryError error) : Exception
    {
        public DirectoryError Error { get; } = error;
    }
}
