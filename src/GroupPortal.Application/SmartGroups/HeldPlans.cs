using GroupPortal.Application.Access;
using GroupPortal.Application.Groups;
using GroupPortal.Application.Storage;
using GroupPortal.Application.Tasks;
using GroupPortal.Core.Access;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using Microsoft.Extensions.Logging;

namespace GroupPortal.Application.SmartGroups;

/// <summary>An update that the guard holds until a second person decides.</summary>
/// <param name="PlanId">Its lines: <see cref="GroupService.GetRowsAsync"/>.</param>
/// <param name="Hash">What is decided; another evaluation may have another one.</param>
/// <param name="Since">Since when the group has been held without a break.</param>
/// <param name="Planned">When this very plan was made.</param>
public sealed record HeldPlan(
    int StoreId, Guid GroupId, string GroupName, Guid PlanId, string Hash, GuardVerdict Guard, DateTimeOffset Since, DateTimeOffset Planned, HeldState State)
{
    /// <summary>Who asked for the update; he does not approve it. A schedule that asks later does not take his place.</summary>
    public required string Account { get; init; }

    /// <summary>Who changed the rule last; neither does he. Null where nobody is known.</summary>
    public string? RuleBy { get; init; }

    public string? DecidedBy { get; init; }

    public string? Reason { get; init; }

    public DateTimeOffset? Decided { get; init; }
}

/// <summary>Which held updates are wanted.</summary>
/// <param name="StoreId">Only of this store; null for all.</param>
/// <param name="State">Those that stand so.</param>
/// <param name="Account">Only what this account asked for or wrote the rule of; null for everybody's.</param>
public sealed record HeldFilter(int? StoreId = null, HeldState State = HeldState.Open, string? Account = null)
{
    /// <summary>What a person is shown: who may decide sees all, anybody else what he has caused.</summary>
    public static HeldFilter For(Person person, HeldState state = HeldState.Open)
    {
        ArgumentNullException.ThrowIfNull(person);
        return new HeldFilter(null, state, AccessPolicy.AsksRelation(person.Role) ? person.Account : null);
    }
}

/// <summary>What came of a decision.</summary>
public abstract record DecisionAnswer
{
    private DecisionAnswer()
    {
    }

    /// <summary>Approved: the task evaluates once more, and carries it out when it still is the same.</summary>
    public sealed record Approved(long TaskId) : DecisionAnswer;

    public sealed record Rejected : DecisionAnswer;

    /// <summary>Nothing is held of this group any more.</summary>
    public sealed record NothingHeld : DecisionAnswer;

    /// <summary>Another plan is held by now, or somebody has decided: look again.</summary>
    public sealed record Changed(HeldPlan Now) : DecisionAnswer;

    /// <summary>A decision needs a reason; it stays in the record.</summary>
    public sealed record ReasonMissing : DecisionAnswer;

    public sealed record Denied(AccessDecision Decision) : DecisionAnswer;

    public sealed record DirectoryFailed(DirectoryError Error) : DecisionAnswer;
}

/// <summary>Updates that are held: list, look, approve or reject. A held group goes on being evaluated.</summary>
public sealed class HeldPlans
{
    /// <summary>UTF-16 units of a reason.</summary>
    public const int MaximumReason = 500;

    private readonly HeldPlanStore _held;
    private readonly GroupReader _groups;
    private readonly GroupAccess _access;
    private readonly TaskWorker _worker;
    private readonly ILogger<HeldPlans> _logger;

    internal HeldPlans(HeldPlanStore held, GroupReader groups, GroupAccess access, TaskWorker worker, ILogger<HeldPlans> logger) =>
        (_held, _groups, _access, _worker, _logger) = (held, groups, access, worker, logger);

    /// <summary>
    /// What is held and stands so, the longest held first. <see cref="HeldState.Rejected"/> lists groups that wait for a better rule:
    /// as long as their next evaluation comes to the same plan, they stay here.
    /// </summary>
    public async Task<Page<HeldPlan>> ListAsync(HeldFilter filter, int skip, int take, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var (items, total) = await _held.ListAsync(filter, skip, take, cancellation);
        return new Page<HeldPlan>([.. items.Select(Of)], total);
    }

    public Task<long> CountAsync(HeldFilter filter, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return _held.CountAsync(filter, cancellation);
    }

    /// <summary>What is held of a group, decided or not; null where nothing is.</summary>
    public async Task<HeldPlan?> GetAsync(int storeId, Guid groupId, CancellationToken cancellation) =>
        await _held.FindAsync(storeId, groupId, cancellation) is { } held ? Of(held) : null;

    /// <summary>Whether this person may decide, for pages that show or hide; a decision asks again.</summary>
    public async Task<AccessDecision> MayDecideAsync(HeldPlan held, Person person, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(held);
        ArgumentNullException.ThrowIfNull(person);
        var answer = await _groups.GetAsync(held.StoreId, held.GroupId, cancellation);
        return answer is DirectoryAnswer<GroupState?>.Ok(GroupState group) ? Decide(held, group, person) : AccessDecision.Deny("ApproveNotAllowed");
    }

    /// <summary>Whether a person may read who would come and go: who caused it, and those who may update the group.</summary>
    public async Task<bool> MayReadAsync(HeldPlan held, Person person, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(held);
        ArgumentNullException.ThrowIfNull(person);
        if (!AccessPolicy.AsksRelation(person.Role) || IsOf(held, person))
        {
            return true;
        }

        return await _groups.GetAsync(held.StoreId, held.GroupId, cancellation) is DirectoryAnswer<GroupState?>.Ok(GroupState group)
            && await _access.RelationAsync(held.StoreId, group, person, cancellation) is DirectoryAnswer<GroupRelation>.Ok(var relation)
            && _access.Decide(held.StoreId, group, person, relation, GroupActions.UpdateMembers).Verdict == AccessVerdict.Allow;
    }

    /// <summary>Lets exactly the plan of this hash go on.</summary>
    public async Task<DecisionAnswer> ApproveAsync(int storeId, Guid groupId, string hash, string reason, Requester requester, CancellationToken cancellation)
    {
        var (refusal, decided) = await DecideAsync(storeId, groupId, hash, HeldState.Approved, reason, requester, cancellation);
        if (refusal is not null)
        {
            return refusal;
        }

        var task = decided!.Task!;
        _worker.Enqueue(task);
        return new DecisionAnswer.Approved(task.Id);
    }

    /// <summary>Drops exactly the plan of this hash; the same one is not shown again.</summary>
    public async Task<DecisionAnswer> RejectAsync(int storeId, Guid groupId, string hash, string reason, Requester requester, CancellationToken cancellation) =>
        (await DecideAsync(storeId, groupId, hash, HeldState.Rejected, reason, requester, cancellation)).Refusal ?? new DecisionAnswer.Rejected();

    /// <summary>Why not, or what was decided.</summary>
    private async Task<(DecisionAnswer? Refusal, HeldDecision? Decided)> DecideAsync(
        int storeId, Guid groupId, string hash, HeldState decision, string reason, Requester requester, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(hash);
        ArgumentNullException.ThrowIfNull(requester);
        if (string.IsNullOrWhiteSpace(reason))
        {
            return (new DecisionAnswer.ReasonMissing(), null);
        }

        if (await GetAsync(storeId, groupId, cancellation) is not { } held)
        {
            return (new DecisionAnswer.NothingHeld(), null);
        }

        // An administrator may say no to anything, also to his own wish and while the directory is away: nothing is written.
        if ((decision != HeldState.Rejected || requester.Person.Role != PortalRole.Administrator)
            && await WhyNotAsync(held, requester.Person, cancellation) is { } refusal)
        {
            return (refusal, null);
        }

        var text = reason.Trim();
        var decided = await _held.DecideAsync(
            storeId, groupId, hash, decision, requester, text.Length > MaximumReason ? text[..MaximumReason] : text, cancellation);
        if (decided is not null)
        {
            _logger.HeldPlanDecided(held.PlanId, groupId, storeId, decision, requester.Person.Account, requester.Origin, held.Account);
            return (null, decided);
        }

        return (await GetAsync(storeId, groupId, cancellation) is { } now ? new DecisionAnswer.Changed(now) : new DecisionAnswer.NothingHeld(), null);
    }

    private async Task<DecisionAnswer?> WhyNotAsync(HeldPlan held, Person person, CancellationToken cancellation)
    {
        var answer = await _groups.GetAsync(held.StoreId, held.GroupId, cancellation);
        if (answer is not DirectoryAnswer<GroupState?>.Ok(var group))
        {
            return new DecisionAnswer.DirectoryFailed(answer is DirectoryAnswer<GroupState?>.Failed(var error) ? error : new DirectoryError.Unavailable());
        }

        if (group is null)
        {
            return new DecisionAnswer.NothingHeld();
        }

        var allowed = Decide(held, group, person);
        return allowed.Verdict == AccessVerdict.Allow ? null : new DecisionAnswer.Denied(allowed);
    }

    private AccessDecision Decide(HeldPlan held, GroupState group, Person person)
    {
        // Also of a group that is protected only through one that contains it.
        if (held.Guard.Holds.Contains("Protected") && person.Role != PortalRole.Administrator)
        {
            return AccessDecision.Deny("Protected");
        }

        var decision = _access.Decide(held.StoreId, group, person, GroupRelation.None, GroupActions.ApproveUpdate);
        return decision.Verdict == AccessVerdict.Allow && IsOf(held, person) ? AccessDecision.Deny("OwnApproval") : decision;
    }

    /// <summary>He asked for it, or wrote the rule.</summary>
    private static bool IsOf(HeldPlan held, Person person) => new[] { held.Account, held.RuleBy }.Contains(person.Account, StringComparer.OrdinalIgnoreCase);

    private static HeldPlan Of(HeldPlanRecord held) => new(
        held.StoreId, held.GroupId, held.GroupName, held.PlanId, held.Hash, StateJson.Read<GuardVerdict>(held.GuardJson), Time(held.Since), Time(held.Planned), held.State)
    {
        Account = held.Account,
        RuleBy = held.RuleBy,
        DecidedBy = held.DecidedBy,
        Reason = held.Reason,
        Decided = held.Decided is { } decided ? Time(decided) : null,
    };

    private static DateTimeOffset Time(long ticks) => new(ticks, TimeSpan.Zero);
}
