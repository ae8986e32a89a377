using GroupPortal.Application.Groups;
using GroupPortal.Application.Storage;
using GroupPortal.Core.Directories;
using Microsoft.EntityFrameworkCore;

namespace GroupPortal.Application.Tasks;

/// <summary>Tasks in the state database.</summary>
internal sealed class TaskStore(IDbContextFactory<StateDb> databases, TimeProvider clock)
{
    /// <summary>How long a claim holds unless it is renewed; longer than a busy machine leaves a timer waiting.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    /// <summary>How long it can be asked what a task came to. What it changed is in the history for ever.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>The same of one by which nothing changed: with ten thousand groups every hour, nearly all of them.</summary>
    public static readonly TimeSpan KeptWithoutChange = TimeSpan.FromDays(2);

    /// <summary>So long the guard remembers: whoever asks for one group after the other, each by a run of its own, comes no further.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromHours(1);

    /// <summary>Tells this process's claims from those of others.</summary>
    private readonly Guid _owner = Guid.NewGuid();

    /// <summary>Records tasks, all of one run, in one transaction.</summary>
    public Task<IReadOnlyList<TaskRecord>> AddAsync(
        int storeId, IReadOnlyList<(Guid Id, string Name)> groups, Requester requester, CancellationToken cancellation) =>
        AddAsync(Guid.CreateVersion7(clock.GetUtcNow()), storeId, groups, requester, cancellation);

    /// <summary>Records tasks of a run that may have others already.</summary>
    public async Task<IReadOnlyList<TaskRecord>> AddAsync(
        Guid run, int storeId, IReadOnlyList<(Guid Id, string Name)> groups, Requester requester, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcTicks;
        var tasks = groups.Select(group => Update(run, storeId, group.Id, group.Name, requester, now)).ToList();
        await using var database = await databases.CreateDbContextAsync(cancellation);
        database.Tasks.AddRange(tasks);
        await database.SaveChangesAsync(cancellation);
        return tasks;
    }

    /// <summary>A task that is not recorded yet.</summary>
    /// <param name="now">UTC ticks.</param>
    internal static TaskRecord Update(Guid run, int storeId, Guid groupId, string groupName, Requester requester, long now) => new()
    {
        RunId = run,
        Kind = TaskKind.SmartUpdate,
        StoreId = storeId,
        GroupId = groupId,
        GroupName = groupName,
        Account = requester.Person.Account,
        DisplayName = requester.Person.DisplayName,
        Role = requester.Person.Role,
        Origin = requester.Origin,
        Created = now,
    };

    /// <summary>Makes a task this process's own for a while; null when it is finished, or somebody else's.</summary>
    public async Task<TaskRecord?> ClaimAsync(long id)
    {
        await using var database = await databases.CreateDbContextAsync();
        var now = clock.GetUtcNow();
        var (ticks, until) = (now.UtcTicks, (now + Lease).UtcTicks);
        var claimed = await database.Tasks
            .Where(task => task.Id == id && task.State != TaskState.Finished && task.NotBefore <= ticks && (task.LeaseUntil <= ticks || task.Owner == _owner))
            .ExecuteUpdateAsync(set => set
                .SetProperty(task => task.State, TaskState.Running)
                .SetProperty(task => task.Owner, _owner)
                .SetProperty(task => task.Token, task => task.Token + 1)
                .SetProperty(task => task.LeaseUntil, until)
                .SetProperty(task => task.Started, task => task.Started ?? ticks));
        return claimed == 0 ? null : await database.Tasks.AsNoTracking().FirstOrDefaultAsync(task => task.Id == id && task.Owner == _owner);
    }

    /// <summary>Holds on to a task; false when it is somebody else's by now.</summary>
    public async Task<bool> RenewAsync(TaskClaim claim)
    {
        await using var database = await databases.CreateDbContextAsync();
        var until = (clock.GetUtcNow() + Lease).UtcTicks;
        return await Of(database, claim).ExecuteUpdateAsync(set => set.SetProperty(task => task.LeaseUntil, until)) > 0;
    }

    /// <summary>Notes a fault of ours, and leaves the task to whoever comes after a pause.</summary>
    public async Task FaultAsync(TaskClaim claim)
    {
        await using var database = await databases.CreateDbContextAsync();
        var until = (clock.GetUtcNow() + Lease).UtcTicks;
        await Of(database, claim).ExecuteUpdateAsync(set => set
            .SetProperty(task => task.Faults, task => task.Faults + 1)
            .SetProperty(task => task.LeaseUntil, until)
            .SetProperty(task => task.Owner, (Guid?)null));
    }

    /// <summary>Leaves a task to whoever comes after a time, with what there is to say of it. False when it is somebody else's by now.</summary>
    public async Task<bool> PostponeAsync(TaskClaim claim, TaskResult result)
    {
        await using var database = await databases.CreateDbContextAsync();
        var until = result.Again!.Value.UtcTicks;
        return await Of(database, claim).ExecuteUpdateAsync(set => set
            .SetProperty(task => task.State, TaskState.Waiting)
            .SetProperty(task => task.NotBefore, until)
            .SetProperty(task => task.Message, result.Message)
            .SetProperty(task => task.ErrorCode, result.ErrorCode)
            .SetProperty(task => task.LeaseUntil, 0L)
            .SetProperty(task => task.Owner, (Guid?)null)) > 0;
    }

    /// <summary>Ends a task and notes when its group was evaluated, in one transaction. False, and nothing is written, when it is somebody else's by now.</summary>
    public async Task<bool> FinishAsync(TaskRecord task, TaskResult result)
    {
        await using var database = await databases.CreateDbContextAsync();
        await using var transaction = await database.Database.BeginTransactionAsync();
        var now = clock.GetUtcNow().UtcTicks;
        var finished = await Of(database, task.Claim).ExecuteUpdateAsync(set => set
            .SetProperty(one => one.State, TaskState.Finished)
            .SetProperty(one => one.Outcome, result.Outcome)
            .SetProperty(one => one.Adds, result.Adds)
            .SetProperty(one => one.Removes, result.Removes)
            .SetProperty(one => one.Errors, result.Errors)
            .SetProperty(one => one.PlanId, result.PlanId)
            .SetProperty(one => one.Message, result.Message)
            .SetProperty(one => one.ErrorCode, result.ErrorCode)
            .SetProperty(one => one.Finished, now));
        if (finished == 0)
        {
            return false;
        }

        if (task.Kind == TaskKind.MakeTeam)
        {
            await TeamTasks.SettleAsync(database, task, result, now);
            await database.SaveChangesAsync();
            await transaction.CommitAsync();
            return true;
        }

        if (result.IsGroupGone)
        {
            await GroupRows.RemoveAsync(database, task.StoreId, [task.GroupId], CancellationToken.None);
            await transaction.CommitAsync();
            return true;
        }

        var run = await database.GroupRuns.FirstOrDefaultAsync(one => one.StoreId == task.StoreId && one.GroupId == task.GroupId);
        if (run is null)
        {
            database.GroupRuns.Add(run = new GroupRunRecord { StoreId = task.StoreId, GroupId = task.GroupId });
        }

        (run.LastRun, run.Outcome, run.TaskId) = (task.Started ?? now, result.Outcome, task.Id);
        run.LastWhole = result.Outcome == TaskOutcome.Failed ? run.LastWhole : run.LastRun;
        run.LastChange = result.Outcome is TaskOutcome.Applied or TaskOutcome.Partly ? now : run.LastChange;
        await database.SaveChangesAsync();
        await transaction.CommitAsync();
        return true;
    }

    /// <summary>
    /// What other updates have come to that count against the guard's limits: those of the same run, and those of any in the same
    /// store within <see cref="Window"/>, finished or on their way. What a second person approved is counted no more.
    /// </summary>
    public async Task<(long Adds, long Removes)> SpentAsync(TaskRecord task, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var (storeId, runId, self, since) = (task.StoreId, task.RunId, task.Id, (clock.GetUtcNow() - Window).UtcTicks);
        var all = database.Tasks.AsNoTracking().Where(one => !database.Plans.Any(plan => plan.Id == one.PlanId && plan.DecidedBy != null));
        var ended = all.Where(one => one.Outcome == TaskOutcome.Applied || one.Outcome == TaskOutcome.Partly);
        IQueryable<TaskRecord>[] parts =
        [
            ended.Where(one => one.StoreId == storeId && one.Finished >= since),
            ended.Where(one => one.RunId == runId && one.Finished < since),
            all.Where(one => one.StoreId == storeId && one.Id != self && one.PlanId != null && one.State == TaskState.Running && one.State != TaskState.Finished),
        ];
        var (adds, removes) = (0L, 0L);
        foreach (var part in parts)
        {
            var sums = await part.GroupBy(_ => 1)
                .Select(some => new { Adds = some.Sum(one => (long)one.Adds), Removes = some.Sum(one => (long)one.Removes) })
                .ToListAsync(cancellation);
            (adds, removes) = (adds + sums.Sum(sum => sum.Adds), removes + sums.Sum(sum => sum.Removes));
        }

        return (adds, removes);
    }

    /// <summary>
    /// At start: where one process has the database to itself (<see cref="StateDbStartup"/>), whoever had claimed tasks is gone, and
    /// nobody need wait for a lease to lapse.
    /// </summary>
    public async Task ReleaseAsync(CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        if (database.Database.IsSqlite())
        {
            await database.Tasks.Where(task => task.State != TaskState.Finished).ExecuteUpdateAsync(set => set.SetProperty(task => task.LeaseUntil, 0L), cancellation);
        }
    }

    /// <summary>Tasks that nobody has claimed, or whose owner has not been heard of for too long, in their order.</summary>
    public async Task<IReadOnlyList<TaskRecord>> FreeAsync(CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var now = clock.GetUtcNow().UtcTicks;
        return await database.Tasks.AsNoTracking()
            .Where(task => task.State != TaskState.Finished && task.LeaseUntil <= now && task.NotBefore <= now)
            .OrderBy(task => task.Id)
            .ToListAsync(cancellation);
    }

    /// <summary>Removes tasks that ended long ago; the last one of each group stays.</summary>
    public async Task<int> RemoveOldAsync(CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var now = clock.GetUtcNow();
        var (old, unchanged) = ((now - Kept).UtcTicks, (now - KeptWithoutChange).UtcTicks);
        return await database.Tasks
            .Where(task => task.State == TaskState.Finished
                && (task.Finished < old || (task.Finished < unchanged && task.Outcome == TaskOutcome.NoChange && task.Errors == 0)))
            .Where(task => !database.GroupRuns.Any(run => run.StoreId == task.StoreId && run.GroupId == task.GroupId && run.TaskId == task.Id))
            .ExecuteDeleteAsync(cancellation);
    }

    /// <summary>The team that follows this group; null where none does any more.</summary>
    public async Task<TaskInfo?> TeamOfAsync(int storeId, Guid groupId, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        return await database.Tasks.AsNoTracking().FirstOrDefaultAsync(
            task => task.StoreId == storeId && task.GroupId == groupId && task.Kind == TaskKind.MakeTeam && task.State != TaskState.Finished, cancellation) is { } task
            ? Of(task)
            : null;
    }

    public async Task<TaskInfo?> FindAsync(int storeId, long id, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        return await database.Tasks.AsNoTracking().FirstOrDefaultAsync(task => task.Id == id && task.StoreId == storeId, cancellation) is { } task ? Of(task) : null;
    }

    /// <summary>Updates by rule, the newest first.</summary>
    /// <param name="groupId">Only this group's; null for all.</param>
    /// <param name="account">Only what this account asked for; null for everybody's.</param>
    public async Task<Page<TaskInfo>> RecentAsync(int storeId, Guid? groupId, string? account, int skip, int take, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var tasks = database.Tasks.AsNoTracking().Where(task => task.StoreId == storeId
            && task.Kind == TaskKind.SmartUpdate && (groupId == null || task.GroupId == groupId) && (account == null || task.Account == account));
        var total = await tasks.LongCountAsync(cancellation);
        var page = await tasks.OrderByDescending(task => task.Id).Skip(skip).Take(take).ToListAsync(cancellation);
        return new Page<TaskInfo>(page.ConvertAll(Of), total);
    }

    private IQueryable<TaskRecord> Of(StateDb database, TaskClaim claim) => database.Tasks
        .Where(task => task.Id == claim.TaskId && task.Owner == _owner && task.Token == claim.Token && task.State != TaskState.Finished);

    private static TaskInfo Of(TaskRecord task) => new(task.Id, task.RunId, task.Kind, task.StoreId, task.GroupId, task.GroupName, task.State, task.Outcome)
    {
        Adds = task.Adds,
        Removes = task.Removes,
        Errors = task.Errors,
        PlanId = task.PlanId,
        Message = task.Message,
        ErrorCode = task.ErrorCode,
        Account = task.Account,
        Origin = task.Origin,
        Created = new DateTimeOffset(task.Created, TimeSpan.Zero),
        NotBefore = task.State == TaskState.Waiting && task.NotBefore > 0 ? Time(task.NotBefore) : null,
        Started = Time(task.Started),
        Finished = Time(task.Finished),
    };

    private static DateTimeOffset? Time(long? ticks) => ticks is { } known ? new DateTimeOffset(known, TimeSpan.Zero) : null;
}
