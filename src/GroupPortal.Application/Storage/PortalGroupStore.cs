using Microsoft.EntityFrameworkCore;

namespace GroupPortal.Application.Storage;

/// <summary>What the portal keeps about one group.</summary>
public sealed record PortalGroup(string? SecurityType, string? ManagedGroupType, string? Information, IReadOnlyList<Guid> AdditionalOwners, long Version);

/// <summary>Reads what the portal keeps about groups; written only where a plan is closed (Jobs/PlanCloser).</summary>
public sealed class PortalGroupStore(IDbContextFactory<StateDb> databases)
{
    /// <summary>As many ids as one statement asks for.</summary>
    private const int IdsPerStatement = 500;

    /// <summary>Compiled, because every read of a group comes by here.</summary>
    private static readonly Func<StateDb, int, Guid, CancellationToken, Task<PortalGroupRecord?>> One = EF.CompileAsyncQuery(
        (StateDb database, int storeId, Guid groupId, CancellationToken _) => database.PortalGroups.AsNoTracking()
            .Include(group => group.AdditionalOwners)
            .FirstOrDefault(group => group.StoreId == storeId && group.GroupId == groupId));

    internal async Task<PortalGroup?> FindAsync(int storeId, Guid groupId, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var record = await One(database, storeId, groupId, cancellation);
        return record is null ? null : Of(record);
    }

    internal async Task<IReadOnlyDictionary<Guid, PortalGroup>> FindManyAsync(int storeId, IReadOnlyCollection<Guid> groupIds, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var found = new Dictionary<Guid, PortalGroup>();
        foreach (var ids in groupIds.Chunk(IdsPerStatement))
        {
            var records = await database.PortalGroups.AsNoTracking()
                .Include(group => group.AdditionalOwners)
                .Where(group => group.StoreId == storeId && ids.Contains(group.GroupId))
                .ToListAsync(cancellation);
            foreach (var record in records)
            {
                found.Add(record.GroupId, Of(record));
            }
        }

        return found;
    }

    internal async Task<IReadOnlyList<Guid>> OwnedByAsync(int storeId, Guid owner, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        return await database.AdditionalOwners.AsNoTracking()
            .Where(one => one.StoreId == storeId && one.OwnerId == owner)
            .Select(one => one.GroupId)
            .ToListAsync(cancellation);
    }

    private static PortalGroup Of(PortalGroupRecord record) => new(
        record.SecurityType, record.ManagedGroupType, record.Information, [.. record.AdditionalOwners.OrderBy(one => one.Position).Select(one => one.OwnerId)], record.Version);
}
