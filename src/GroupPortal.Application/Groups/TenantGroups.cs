using System.Globalization;
using GroupPortal.Application.Access;
using GroupPortal.Core.Access;
using GroupPortal.Core.Criteria;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Directories.Tenants;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using Microsoft.Extensions.Logging;

namespace GroupPortal.Application.Groups;

/// <summary>
/// What a tenant of Entra ID has of its groups beside the directory. What is written about one group goes by plan and apply
/// (<see cref="GroupService"/>), with the requests that are made here. A store that is no tenant answers
/// <see cref="DirectoryError.Unsupported"/>.
/// </summary>
public sealed class TenantGroups(StoreRegistry stores, GroupReader groups, GroupAccess access, GroupService service, ILogger<TenantGroups> logger)
{
    /// <summary>Whether the store is a tenant: only then is there anything to show.</summary>
    public bool IsTenant(int storeId) => TenantOf(storeId) is not null;

    /// <summary>What there is of one group beside its attributes; null when there is no such group. A few requests: for a page that shows it.</summary>
    public Task<DirectoryAnswer<TenantGroup?>> GetAsync(int storeId, Guid groupId, CancellationToken cancellation) =>
        TenantOf(storeId)?.GroupAsync(groupId, cancellation) ?? Unsupported<TenantGroup?>();

    /// <summary>The licences that the tenant has bought, in the order of their names.</summary>
    public async Task<DirectoryAnswer<IReadOnlyList<Licence>>> LicencesAsync(int storeId, CancellationToken cancellation)
    {
        var answer = await (TenantOf(storeId)?.LicencesAsync(cancellation) ?? Unsupported<IReadOnlyList<Licence>>());
        return answer.Map<IReadOnlyList<Licence>>(licences => [.. licences.OrderBy(licence => licence.Label, StringComparer.CurrentCultureIgnoreCase)]);
    }

    /// <summary>Exactly these licences for the members of a group; the plan says what that does to them.</summary>
    public static GroupRequest Licences(Guid groupId, IEnumerable<Guid> skus) =>
        Change(groupId, AttributeNames.Licences, [.. skus.Select(sku => sku.ToString("D"))]);

    /// <summary>Whether the expiration policy names this group.</summary>
    public static GroupRequest Expires(Guid groupId, bool expires) => Change(groupId, AttributeNames.Expires, [expires ? "true" : "false"]);

    /// <summary>A group that expires gets its whole time again, from now on.</summary>
    public static GroupRequest Renewal(Guid groupId, DateTimeOffset now) =>
        Change(groupId, AttributeNames.Renewed, [now.ToString("O", CultureInfo.InvariantCulture)]);

    /// <summary>A deleted group as it was.</summary>
    public static GroupRequest Restore(Guid groupId) => new() { Kind = PlanKind.Restore, GroupId = groupId };

    /// <summary>
    /// Has Entra ID apply the group's own rule again: the same rule with a blank more or less at its end, which is the documented
    /// way. The members follow later. Null for a group without such a rule, and for a rule that has no blank at its end and no room
    /// for one.
    /// </summary>
    public static GroupRequest? UpdateNow(GroupState group)
    {
        ArgumentNullException.ThrowIfNull(group);
        if (group.Membership != Membership.Dynamic || group.Attributes.First(AttributeNames.MembershipRule) is not { } rule)
        {
            return null;
        }

        return rule.EndsWith(' ') ? Change(group.Id, AttributeNames.MembershipRule, [rule.TrimEnd(' ')])
            : rule.Length < CriteriaLimits.EntraRuleLength ? Change(group.Id, AttributeNames.MembershipRule, [rule + ' '])
            : null;
    }

    /// <summary>Plans and applies <see cref="UpdateNow"/> and waits until Entra ID has taken it; how far it is then says <see cref="ProcessingAsync"/>.</summary>
    public async Task<UpdateNowAnswer> UpdateNowAsync(int storeId, Guid groupId, Requester requester, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(requester);
        switch (await groups.GetAsync(storeId, groupId, cancellation))
        {
            case DirectoryAnswer<GroupState?>.Ok(GroupState group):
                return UpdateNow(group) is { } request ? await UpdateAsync(storeId, request, requester, cancellation)
                    : group.Membership != Membership.Dynamic ? new UpdateNowAnswer.NotDynamic()
                    : new UpdateNowAnswer.Refused(
                        [new Problem(AttributeNames.MembershipRule, "RuleWithoutRoom", ProblemScope.Request, CriteriaLimits.EntraRuleLength.ToString(CultureInfo.InvariantCulture))]);
            case DirectoryAnswer<GroupState?>.Ok:
                return new UpdateNowAnswer.GroupUnknown();
            case DirectoryAnswer<GroupState?>.Failed(var error):
                return new UpdateNowAnswer.DirectoryFailed(error);
            default:
                return new UpdateNowAnswer.DirectoryFailed(new DirectoryError.Unavailable());
        }
    }

    /// <summary>How far Entra ID is with a group's own rule; null for a group without one.</summary>
    public async Task<DirectoryAnswer<RuleProcessing?>> ProcessingAsync(int storeId, Guid groupId, CancellationToken cancellation) =>
        (await GetAsync(storeId, groupId, cancellation)).Map(group => group?.Processing);

    /// <summary>
    /// Entra ID's own opinion whether the group's own rule takes somebody in: a second one, beside the portal's. <see cref="DirectoryError.Unsupported"/>
    /// wherever the portal asks with an account of its own.
    /// </summary>
    public Task<DirectoryAnswer<RuleOpinion>> OpinionAsync(int storeId, Guid member, Guid groupId, CancellationToken cancellation) =>
        TenantOf(storeId)?.EvaluateRuleAsync(member, groupId, rule: null, cancellation) ?? Unsupported<RuleOpinion>();

    /// <summary>Whether a person may see which groups were deleted, and have them back.</summary>
    public AccessDecision MayRestore(int storeId, Person person) =>
        IsTenant(storeId) ? access.DecideRestore(storeId, person) : AccessDecision.Deny("NotOwner");

    /// <summary>Deleted groups, the last deleted first; <see cref="DirectoryError.AccessDenied"/> for those who may not restore any.</summary>
    /// <param name="text">The beginning of a word of a name, of a mail address, or a whole object id; empty for all.</param>
    public Task<DirectoryAnswer<Page<DeletedGroup>>> DeletedAsync(int storeId, string text, int skip, int take, Person person, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(person);
        return TenantOf(storeId) is not { } tenant ? Unsupported<Page<DeletedGroup>>()
            : access.DecideRestore(storeId, person) is { Verdict: not AccessVerdict.Allow } denied
                ? Task.FromResult(DirectoryAnswer.Failed<Page<DeletedGroup>>(new DirectoryError.AccessDenied { Detail = denied.Message }))
                : tenant.DeletedAsync(text, skip, take, cancellation);
    }

    /// <summary>The tenant's expiration policy; null where it has none.</summary>
    public Task<DirectoryAnswer<ExpirationPolicy?>> ExpirationAsync(int storeId, CancellationToken cancellation) =>
        TenantOf(storeId)?.ExpirationAsync(cancellation) ?? Unsupported<ExpirationPolicy?>();

    /// <summary>Whether a person may change that policy; setting it asks again.</summary>
    public AccessDecision MaySetExpiration(int storeId, Person person) =>
        IsTenant(storeId) ? access.DecideExpiration(storeId, person) : AccessDecision.Deny("ExpirationNotAllowed");

    /// <summary>Makes or changes the expiration policy. It concerns all groups of the tenant, so the audit has it and no group's history.</summary>
    public async Task<ExpirationAnswer> SetExpirationAsync(int storeId, ExpirationPolicy policy, Requester requester, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(requester);
        if (TenantOf(storeId) is not { } tenant)
        {
            return new ExpirationAnswer.DirectoryFailed(new DirectoryError.Unsupported());
        }

        var allowed = access.DecideExpiration(storeId, requester.Person);
        if (allowed.Verdict != AccessVerdict.Allow)
        {
            return new ExpirationAnswer.Denied(allowed);
        }

        if (policy.WhyNot() is { } problem)
        {
            return new ExpirationAnswer.Invalid(problem);
        }

        // Before and after: what concerns a whole tenant is in the audit also where nobody ever hears of its end.
        var (account, origin) = (requester.Person.Account, requester.Origin);
        logger.ExpirationPolicySending(storeId, policy.Days, policy.Groups, policy.Mails.Count, account, origin);

        // Not cancelled: who leaves now still finds it as it was sent.
        switch (await tenant.SetExpirationAsync(policy, CancellationToken.None))
        {
            case PolicyAnswer.Saved:
                logger.ExpirationPolicySet(storeId, policy.Days, policy.Groups, policy.Mails.Count, account, origin);
                return new ExpirationAnswer.Saved();
            case PolicyAnswer.Unknown(var why):
                logger.ExpirationPolicyUnknown(storeId, why.Code, account, origin);
                return new ExpirationAnswer.Unknown(why);
            case PolicyAnswer.Refused(var error):
                logger.ExpirationPolicyRefused(storeId, error.Code, account, origin);
                return new ExpirationAnswer.DirectoryFailed(error);
            default:
                throw new InvalidOperationException("Unreachable: the hierarchy is closed.");
        }
    }

    private async Task<UpdateNowAnswer> UpdateAsync(int storeId, GroupRequest request, Requester requester, CancellationToken cancellation)
    {
        var planned = await service.PlanForNowAsync(storeId, request, requester, isAppliedNext: true, cancellation);
        if (planned is not PlanAnswer.Planned(var plan))
        {
            return planned is PlanAnswer.DirectoryFailed(var error) ? new UpdateNowAnswer.DirectoryFailed(error) : new UpdateNowAnswer.GroupUnknown();
        }

        if (!plan.IsApplicable)
        {
            return plan.Access.Verdict != AccessVerdict.Allow ? new UpdateNowAnswer.Denied(plan.Access) : new UpdateNowAnswer.Refused([.. plan.Problems, .. plan.LineProblems]);
        }

        var (answer, result) = await service.ApplyAndWaitAsync(plan.Id, requester, confirmedHash: null, cancellation);
        return (answer, result) switch
        {
            (_, not null) => new UpdateNowAnswer.Applied(result),
            (ApplyAnswer.Denied(var decision), _) => new UpdateNowAnswer.Denied(decision),
            (ApplyAnswer.DirectoryFailed(var failure), _) => new UpdateNowAnswer.DirectoryFailed(failure),
            _ => new UpdateNowAnswer.DirectoryFailed(DirectoryError.Conflict.Unknown),
        };
    }

    private ITenantServices? TenantOf(int storeId) => stores.TryGet(storeId, out var directory) ? directory.Tenant : null;

    private static GroupRequest Change(Guid groupId, string attribute, IReadOnlyList<string> values) => new()
    {
        Kind = PlanKind.Update,
        GroupId = groupId,
        Attributes = [new AttributeChange(attribute, ChangeMode.Set, values)],
        IsStrict = true,
    };

    private static Task<DirectoryAnswer<T>> Unsupported<T>() => Task.FromResult(DirectoryAnswer.Failed<T>(new DirectoryError.Unsupported()));
}
