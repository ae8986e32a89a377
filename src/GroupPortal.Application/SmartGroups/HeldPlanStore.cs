using System.Data;
using GroupPortal.Application.Groups;
using GroupPortal.Application.Schedules;
using GroupPortal.Application.Storage;
using GroupPortal.Application.Tasks;
using GroupPortal.Core.Plans;
using GroupPortal.Core.Results;
using Microsoft.EntityFrameworkCore;

namespace GroupPortal.Application.SmartGroups;

/// <summary>A decision that stands.</summary>
/// <param name="Task">Who carries out what is approved; null for what is rejected.</param>
internal sealed record HeldDecision(TaskRecord? Task);

/// <summary>Held updates in the state database, at most one per group.</summary>
internal sealed class HeldPlanStore(IDbContextFactory<StateDb> databases, TimeProvider clock)
{
    public async Task<HeldPlanRecord?> FindAsync(int storeId, Guid groupId, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        return await database.HeldPlans.AsNoTracking().FirstOrDefaultAsync(held => held.StoreId == storeId && held.GroupId == groupId, cancellation);
    }

    /// <summary>
    /// This plan is held from now on; what was held of the group before, and what was decided of it, is void. Whoever had asked for
    /// that stays the one who asked when it is a schedule that replaces it: else he could approve his own wish a while later. So he
    /// does when it is the approval's own task: who approved has not asked for anything, and may decide again.
    /// </summary>
    public async Task ReplaceAsync(GroupPlan plan, string account, string? ruleBy, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        // A decision that came between reading and writing would be one about this plan, which nobody has seen yet.
        await using var transaction = await database.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellation);
        var now = clock.GetUtcNow().UtcTicks;
        var held = await database.HeldPlans.FirstOrDefaultAsync(one => one.StoreId == plan.StoreId && one.GroupId == plan.GroupId, cancellation);
        if (held is null)
        {
            held = new HeldPlanRecord { StoreId = plan.StoreId, GroupId = plan.GroupId!.Value, Since = now };
            database.HeldPlans.Add(held);
        }

        var isAsked = held.Account.Length == 0 || (account != ScheduleRequester.Account && !(held.State == HeldState.Approved && held.DecidedBy == account));
        held.Account = isAsked ? account : held.Account;
        (held.PlanId, held.Hash, held.GroupName, held.RuleBy) = (plan.Id, plan.Hash, plan.GroupName, ruleBy);
        (held.GuardJson, held.Planned, held.State) = (StateJson.Write(plan.Guard), now, HeldState.Open);
        (held.DecidedBy, held.Reason, held.Decided) = (null, null, null);
        await database.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>
    /// Notes a decision of exactly this plan; null when another one is held by now, or somebody has decided. In the same transaction
    /// what is rejected is history, and what is approved has its task: no approval without somebody to carry it out.
    /// </summary>
    public async Task<HeldDecision?> DecideAsync(int storeId, Guid groupId, string hash, HeldState decision, Requester requester, string reason, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        var now = clock.GetUtcNow().UtcTicks;
        var account = requester.Person.Account;
        var decided = await database.HeldPlans
            .Where(held => held.StoreId == storeId && held.GroupId == groupId && held.Hash == hash && held.State == HeldState.Open)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(held => held.State, decision)
                    .SetProperty(held => held.DecidedBy, account)
                    .SetProperty(held => held.Reason, reason)
                    .SetProperty(held => held.Decided, now),
                cancellation);
        if (decided == 0)
        {
            return null;
        }

        var record = await database.HeldPlans.AsNoTracking().FirstAsync(held => held.StoreId == storeId && held.GroupId == groupId, cancellation);
        TaskRecord? task = null;
        if (decision == HeldState.Rejected)
        {
            await RecordRejectionAsync(database, record, requester, now, cancellation);
        }
        else
        {
            task = TaskStore.Update(Guid.CreateVersion7(clock.GetUtcNow()), storeId, groupId, record.GroupName, requester, now);
            database.Tasks.Add(task);
            await database.SaveChangesAsync(cancellation);
        }

        await transaction.CommitAsync(CancellationToken.None);
        return new HeldDecision(task);
    }

    public async Task RemoveAsync(int storeId, Guid groupId, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        await database.HeldPlans.Where(held => held.StoreId == storeId && held.GroupId == groupId).ExecuteDeleteAsync(cancellation);
    }

    /// <summary>What stands so, the longest held first.</summary>
    public async Task<(IReadOnlyList<HeldPlanRecord> Items, long Total)> ListAsync(HeldFilter filter, int skip, int take, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var some = Matching(database, filter);
        var total = await some.LongCountAsync(cancellation);
        return (await some.OrderBy(held => held.Since).ThenBy(held => held.GroupId).Skip(skip).Take(take).ToListAsync(cancellation), total);
    }

    public async Task<long> CountAsync(HeldFilter filter, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        return await Matching(database, filter).LongCountAsync(cancellation);
    }

    private static IQueryable<HeldPlanRecord> Matching(StateDb database, HeldFilter filter)
    {
        var (storeId, state, account) = (filter.StoreId, filter.State, filter.Account);
        return database.HeldPlans.AsNoTracking().Where(held => held.State == state
            && (storeId == null || held.StoreId == storeId)
            && (account == null || held.Account == account || held.RuleBy == account));
    }

    /// <summary>The plan is done with, and each of its lines says so; one that was never finished would be swept away in a day.</summary>
    private static async Task RecordRejectionAsync(StateDb database, HeldPlanRecord held, Requester requester, long now, CancellationToken cancellation)
    {
        await database.PlanSteps
            .Where(step => step.PlanId == held.PlanId && step.Status == StepStatus.Planned)
            .ExecuteUpdateAsync(set => set.SetProperty(step => step.Status, StepStatus.Cancelled).SetProperty(step => step.HasOutcome, true), cancellation);
        await database.Plans
            .Where(plan => plan.Id == held.PlanId)
            .ExecuteUpdateAsync(set => set.SetProperty(plan => plan.State, PlanState.Finished).SetProperty(plan => plan.Finished, now), cancellation);
        var dn = await database.Plans.Where(plan => plan.Id == held.PlanId).Select(plan => plan.GroupDn).FirstOrDefaultAsync(cancellation);
        database.History.Add(new HistoryRecord
        {
            When = now,
            Account = requester.Person.Account,
            DisplayName = requester.Person.DisplayName,
            Role = requester.Person.Role,
            Origin = requester.Origin,
            StoreId = held.StoreId,
            GroupId = held.GroupId,
            GroupName = held.GroupName,
            GroupDn = dn ?? string.Empty,
            PlanId = held.PlanId,
            Kind = PlanKind.Recompute,
            Status = StepStatus.Cancelled,
            Open = await database.PlanSteps.CountAsync(step => step.PlanId == held.PlanId && step.Status == StepStatus.Cancelled, cancellation),
            AskedBy = held.Account,
            DecidedBy = held.DecidedBy,
            Reason = held.Reason,
        });
        await database.SaveChangesAsync(cancellation);
    }
}
