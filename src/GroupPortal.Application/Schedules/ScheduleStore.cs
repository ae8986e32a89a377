using System.Collections.Concurrent;
using System.Data;
using System.Linq.Expressions;
using GroupPortal.Application.Storage;
using GroupPortal.Application.Tasks;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.SmartGroups;
using Microsoft.EntityFrameworkCore;

namespace GroupPortal.Application.Schedules;

/// <summary>What the state database knows of schedules and of runs.</summary>
internal sealed class ScheduleStore(IDbContextFactory<StateDb> databases, PortalGroupStore portal, TimeProvider clock)
{
    /// <summary>What was read of each smart group, with the version it was read from: most rules stay as they are for months.</summary>
    private readonly ConcurrentDictionary<(int StoreId, Guid GroupId), (long Version, ScheduledGroup Group)> _known = new();

    /// <summary>All smart groups of a store, as far as the portal knows; some may be gone from the directory.</summary>
    public async Task<IReadOnlyList<ScheduledGroup>> GroupsAsync(int storeId, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var versions = await database.PortalGroups.AsNoTracking()
            .Where(group => group.ManagedGroupType == "2" && group.StoreId == storeId)
            .Select(group => new { group.GroupId, group.Version })
            .ToListAsync(cancellation);
        var changed = versions
            .Where(group => !_known.TryGetValue((storeId, group.GroupId), out var known) || known.Version != group.Version)
            .Select(group => group.GroupId)
            .ToList();
        foreach (var (id, group) in await portal.FindManyAsync(storeId, changed, cancellation))
        {
            _known[(storeId, id)] = (group.Version, Of(id, group));
        }

        Forget(storeId, [.. versions.Select(group => group.GroupId)]);
        return [.. versions.Select(group => _known.TryGetValue((storeId, group.GroupId), out var known) ? known.Group : null).OfType<ScheduledGroup>()];
    }

    /// <summary>Null for a group that is not smart.</summary>
    public async Task<ScheduledGroup?> GroupAsync(int storeId, Guid groupId, CancellationToken cancellation) =>
        await portal.FindAsync(storeId, groupId, cancellation) is { ManagedGroupType: "2" } group ? Of(groupId, group) : null;

    public async Task<IReadOnlyList<ContainerSchedule>> ContainersAsync(int storeId, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var records = await database.ContainerSchedules.AsNoTracking().Where(one => one.StoreId == storeId).ToListAsync(cancellation);
        return
        [
            .. records
                .Select(record => UpdateSchedules.TryParse(record.Schedule, out var schedule)
                    ? new ContainerSchedule(storeId, record.Container, schedule, record.Account, Time(record.Saved))
                    : null)
                .OfType<ContainerSchedule>()
                .OrderBy(one => one.Container, StringComparer.OrdinalIgnoreCase),
        ];
    }

    /// <summary>Sets or, with null, removes the schedule of a container; false where it was so already.</summary>
    public async Task<bool> SetAsync(int storeId, DistinguishedName container, UpdateSchedule? schedule, string account, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        await using var transaction = await database.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellation);
        var records = await database.ContainerSchedules.Where(one => one.StoreId == storeId).ToListAsync(cancellation);
        var record = records.Find(one => DistinguishedName.TryParse(one.Container, out var name) && name.Equals(container));
        var text = schedule is null ? null : UpdateSchedules.Write(schedule);
        if (record?.Schedule == text)
        {
            return false;
        }

        if (text is null)
        {
            database.ContainerSchedules.Remove(record!);
        }
        else
        {
            if (record is null)
            {
                database.ContainerSchedules.Add(record = new ContainerScheduleRecord { StoreId = storeId, Container = container.ToString() });
            }

            (record.Schedule, record.Account, record.Saved) = (text, account, clock.GetUtcNow().UtcTicks);
        }

        await database.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    public Task<Dictionary<Guid, GroupRun>> RunsAsync(int storeId, CancellationToken cancellation) => RunsAsync(run => run.StoreId == storeId, cancellation);

    public async Task<GroupRun?> RunAsync(int storeId, Guid groupId, CancellationToken cancellation) =>
        (await RunsAsync(run => run.StoreId == storeId && run.GroupId == groupId, cancellation)).GetValueOrDefault(groupId);

    /// <summary>Groups of which an update waits for a decision.</summary>
    public async Task<IReadOnlySet<Guid>> HeldAsync(int storeId, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        return (await database.HeldPlans.AsNoTracking()
            .Where(held => held.StoreId == storeId && held.State == HeldState.Open)
            .Select(held => held.GroupId)
            .ToListAsync(cancellation)).ToHashSet();
    }

    /// <summary>Whether an update of this group waits or runs, whoever asked for it.</summary>
    public async Task<bool> IsBusyAsync(int storeId, Guid group, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        return await database.Tasks.AnyAsync(
            task => task.State != TaskState.Finished && task.Kind == TaskKind.SmartUpdate && task.StoreId == storeId && task.GroupId == group, cancellation);
    }

    /// <summary>Groups that the directory has no more.</summary>
    public async Task RemoveAsync(int storeId, IReadOnlyCollection<Guid> groups, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        await GroupRows.RemoveAsync(database, storeId, groups, cancellation);
    }

    private async Task<Dictionary<Guid, GroupRun>> RunsAsync(Expression<Func<GroupRunRecord, bool>> which, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var records = await database.GroupRuns.AsNoTracking().Where(which).ToListAsync(cancellation);
        return records.ToDictionary(
            run => run.GroupId,
            run => new GroupRun(
                Time(run.LastRun),
                // Rows of before this was noted.
                run.LastWhole is { } whole ? Time(whole) : run.Outcome == TaskOutcome.Failed ? null : Time(run.LastRun),
                run.Outcome,
                run.TaskId,
                run.LastChange is { } change ? Time(change) : null));
    }

    private void Forget(int storeId, HashSet<Guid> present)
    {
        foreach (var key in _known.Keys.Where(key => key.StoreId == storeId && !present.Contains(key.GroupId)))
        {
            _known.TryRemove(key, out _);
        }
    }

    private static ScheduledGroup Of(Guid id, PortalGroup group) => new(
        id,
        group.Rule.GetValueOrDefault(AttributeNames.Schedule) is [var text, ..] && UpdateSchedules.TryParse(text, out var own) ? own : null,
        group.Scheduled,
        [.. EndsOf(group, AttributeNames.Include).Concat(EndsOf(group, AttributeNames.Exclude)).Order()]);

    private static IEnumerable<DateTimeOffset> EndsOf(PortalGroup group, string name) =>
        (group.Rule.GetValueOrDefault(name) ?? [])
            .Select(value => RuleValues.TryParse(value, out MembershipException? exception) ? exception.Until : null)
            .OfType<DateTimeOffset>();

    private static DateTimeOffset Time(long ticks) => new(ticks, TimeSpan.Zero);
}
