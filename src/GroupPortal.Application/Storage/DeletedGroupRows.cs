using Microsoft.EntityFrameworkCore;

namespace GroupPortal.Application.Storage;

/// <summary>
/// What the portal kept of groups that a tenant can give back: set aside when one is deleted, where no list and no schedule looks,
/// and put back when it is restored.
/// </summary>
internal static class DeletedGroupRows
{
    /// <summary>A day longer than Entra ID keeps a deleted group.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(31);

    /// <summary>The group's own row goes with this. Of two deletions the last one counts.</summary>
    public static async Task SetAsideAsync(StateDb database, int storeId, Guid group, long now, CancellationToken cancellation)
    {
        await database.DeletedGroups.Where(one => one.StoreId == storeId && one.GroupId == group).ExecuteDeleteAsync(cancellation);
        var record = await database.PortalGroups
            .Include(one => one.AdditionalOwners)
            .FirstOrDefaultAsync(one => one.StoreId == storeId && one.GroupId == group, cancellation);
        if (record is not null)
        {
            database.DeletedGroups.Add(new DeletedGroupRecord { StoreId = storeId, GroupId = group, Deleted = now, GroupJson = StateJson.Write(record) });
            database.PortalGroups.Remove(record);
            await database.SaveChangesAsync(cancellation);
        }
    }

    /// <summary>What is kept of the group by now, since somebody had it back without the portal, stands.</summary>
    public static async Task PutBackAsync(StateDb database, int storeId, Guid group, long now, CancellationToken cancellation)
    {
        if (await database.DeletedGroups.FirstOrDefaultAsync(one => one.StoreId == storeId && one.GroupId == group, cancellation) is not { } aside)
        {
            return;
        }

        database.DeletedGroups.Remove(aside);
        if (!await database.PortalGroups.AnyAsync(one => one.StoreId == storeId && one.GroupId == group, cancellation))
        {
            var record = StateJson.Read<PortalGroupRecord>(aside.GroupJson);
            record.Version++;
            // What was due while the group was away is not made up for.
            record.Scheduled = record.Scheduled is null ? null : now;
            database.PortalGroups.Add(record);
        }

        await database.SaveChangesAsync(cancellation);
    }
}
