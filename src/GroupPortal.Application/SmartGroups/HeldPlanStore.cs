using GroupPortal.Application.Storage;
using GroupPortal.Application.Tasks;
using GroupPortal.Core.Plans;
using Microsoft.EntityFrameworkCore;

namespace GroupPortal.Application.SmartGroups;

/// <summary>Held updates in the state database, at most one per group.</summary>
internal sealed class HeldPlanStore(IDbContextFactory<StateDb> databases, TimeProvider clock)
{
    public async Task<HeldPlanRecord?> FindAsync(int storeId, Guid groupId, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        return await database.HeldPlans.AsNoTracking().FirstOrDefaultAsync(held => held.StoreId == storeId && held.GroupId == groupId, cancellation);
    }

    /// <summary>This plan is held from now on; what was held of the group before, and what was decided of it, is void.</summary>
    public async Task ReplaceAsync(GroupPlan plan, string account, string? ruleBy, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var now = clock.GetUtcNow().UtcTicks;
        var held = await database.HeldPlans.FirstOrDefaultAsync(one => one.StoreId == plan.StoreId && one.GroupId == plan.GroupId, cancellation);
        if (held is null)
        {
            held = new HeldPlanRecord { StoreId = plan.StoreId, GroupId = plan.GroupId!.Value, Since = now };
            database.HeldPlans.Add(held);
        }

        (held.PlanId, held.Hash, held.GroupName, held.Account, held.RuleBy) = (plan.Id, plan.Hash, plan.GroupName, account, ruleBy);
        (held.GuardJson, held.Planned, held.State) = (StateJson.Write(plan.Guard), now, HeldState.Open);
        (held.DecidedBy, held.Reason, held.Decided) = (null, null, null);
        await database.SaveChangesAsync(cancellation);
    }

    /// <summary>Notes a decision of exactly this plan; false when another one is held by now, or somebody has decided.</summary>
    public async Task<bool> DecideAsync(int storeId, Guid groupId, string hash, HeldState decision, string account, string reason, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var now = clock.GetUtcNow().UtcTicks;
        return await database.HeldPlans
            .Where(held => held.StoreId == storeId && held.GroupId == groupId && held.Hash == hash && held.State == HeldState.Open)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(held => held.State, decision)
                    .SetProperty(held => held.DecidedBy, account)
                    .SetProperty(held => held.Reason, reason)
                    .SetProperty(held => held.Decided, now),
                cancellation) > 0;
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
}
