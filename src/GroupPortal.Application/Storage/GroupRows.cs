using Microsoft.EntityFrameworkCore;

namespace GroupPortal.Application.Storage;

/// <summary>What is remembered about updates of groups, and means nothing without them.</summary>
internal static class GroupRows
{
    public static async Task RemoveAsync(StateDb database, int storeId, IReadOnlyCollection<Guid> groups, CancellationToken cancellation)
    {
        await database.HeldPlans.Where(held => held.StoreId == storeId && groups.Contains(held.GroupId)).ExecuteDeleteAsync(cancellation);
        await database.GroupRuns.Where(run => run.StoreId == storeId && groups.Contains(run.GroupId)).ExecuteDeleteAsync(cancellation);
    }
}
