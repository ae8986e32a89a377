using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace GroupPortal.Application.Storage;

/// <summary>What the portal keeps about one group.</summary>
public sealed record PortalGroup(string? SecurityType, string? ManagedGroupType, string? Information, IReadOnlyList<Guid> AdditionalOwners, long Version)
{
    /// <summary>The attributes of its rule; empty for a group without.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Rule { get; init; } = RuleColumn.None;

    /// <summary>Who changed the rule last; null for a group that never had one.</summary>
    public string? RuleBy { get; init; }

    /// <summary>When its own schedule was set last; null where it never was.</summary>
    public DateTimeOffset? Scheduled { get; init; }
}

/// <summary>
/// Reads what the portal keeps about groups; written only where a plan is closed (Jobs/PlanCloser). What was read is
/// remembered, since every read of a group comes by here: one process has the state database to itself
/// (<see cref="StateDbStartup"/>), and its only writer says what it changed. Several processes on one database will have to
/// compare versions instead.
/// </summary>
public sealed class PortalGroupStore(IDbContextFactory<StateDb> databases)
{
    private const int MostRemembered = 100_000;

    private readonly ConcurrentDictionary<(int StoreId, Guid GroupId), PortalGroup?> _remembered = new();
    private long _changes;

    /// <summary>As many ids as one statement asks for.</summary>
    private const int IdsPerStatement = 500;

    private const string One = """
        SELECT g."SecurityType", g."ManagedGroupType", g."Information", g."Version", o."OwnerId", g."RuleJson", g."RuleBy", g."Scheduled"
        FROM "PortalGroups" g
        LEFT JOIN "AdditionalOwners" o ON o."StoreId" = g."StoreId" AND o."GroupId" = g."GroupId"
        WHERE g."StoreId" = @store AND g."GroupId" = @group
        ORDER BY o."Position"
        """;

    internal async Task<PortalGroup?> FindAsync(int storeId, Guid groupId, CancellationToken cancellation)
    {
        var key = (storeId, groupId);
        if (_remembered.TryGetValue(key, out var known))
        {
            return known;
        }

        // What was read while something changed may be from before: it is used, and not remembered.
        var before = Interlocked.Read(ref _changes);
        var found = await ReadAsync(storeId, groupId, cancellation);
        lock (_remembered)
        {
            if (before == Interlocked.Read(ref _changes))
            {
                if (_remembered.Count >= MostRemembered)
                {
                    _remembered.Clear();
                }

                _remembered[key] = found;
            }
        }

        return found;
    }

    /// <summary>After the transaction that changed what the portal keeps of a group.</summary>
    internal void Forget(int storeId, Guid groupId)
    {
        lock (_remembered)
        {
            Interlocked.Increment(ref _changes);
            _remembered.TryRemove((storeId, groupId), out _);
        }
    }

    private async Task<PortalGroup?> ReadAsync(int storeId, Guid groupId, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        await database.Database.OpenConnectionAsync(cancellation);
        await using var command = database.Database.GetDbConnection().CreateCommand();
        command.CommandText = One;
        Add(command, "@store", storeId);
        Add(command, "@group", groupId);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        PortalGroup? found = null;
        var owners = new List<Guid>();
        while (await reader.ReadAsync(cancellation))
        {
            found ??= new PortalGroup(reader[0] as string, reader[1] as string, reader[2] as string, owners, reader.GetInt64(3))
            {
                Rule = RuleColumn.Read(reader[5] as string),
                RuleBy = reader[6] as string,
                Scheduled = Time(reader[7] as long?),
            };
            if (reader[4] is not DBNull)
            {
                owners.Add(reader.GetGuid(4));
            }
        }

        return found;
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

    /// <summary>Forgets what was kept of groups that were deleted before this, and that no tenant gives back any more.</summary>
    internal async Task<int> RemoveDeletedAsync(DateTimeOffset before, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var ticks = before.UtcTicks;
        return await database.DeletedGroups.Where(one => one.Deleted < ticks).ExecuteDeleteAsync(cancellation);
    }

    private static void Add(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, value);
        command.Parameters.Add(parameter);
    }

    private static PortalGroup Of(PortalGroupRecord record) => new(
        record.SecurityType, record.ManagedGroupType, record.Information, [.. record.AdditionalOwners.OrderBy(one => one.Position).Select(one => one.OwnerId)], record.Version)
    {
        Rule = RuleColumn.Read(record.RuleJson),
        RuleBy = record.RuleBy,
        Scheduled = Time(record.Scheduled),
    };

    private static DateTimeOffset? Time(long? ticks) => ticks is { } known ? new DateTimeOffset(known, TimeSpan.Zero) : null;
}
