using GroupPortal.Application.Groups;
using GroupPortal.Application.Storage;
using GroupPortal.Core.Directories;
using Microsoft.EntityFrameworkCore;

namespace GroupPortal.Application.Tasks;

/// <summary>Tasks in the state database.</summary>
internal sealed class TaskStore(IDbContextFactory<StateDb> databases, TimeProvider clock)
{
    /// <summary>Tells this process's claims from those of one that is gone.</summary>
    private readonly Guid _owner = Guid.NewGuid();

    /// <summary>Records tasks, all of one run, in one transaction.</summary>
    public async Task<IReadOnlyList<TaskRecord>> AddAsync(
        int storeId, IReadOnlyList<(Guid Id, string Name)> groups, Requester requester, CancellationToken cancellation)
    {
        var (run, now) = (Guid.CreateVersion7(clock.GetUtcNow()), clock.GetUtcNow().UtcTicks);
        var tasks = groups.Select(group => new TaskRecord
        {
            RunId = run,
            Kind = TaskKind.SmartUpdate,
            StoreId = storeId,
            GroupId = group.Id,
            GroupName = group.Name,
            Account = requester.Person.Account,
            DisplayName = requester.Person.DisplayName,
            Role = requester.Person.Role,
            Origin = requester.Origin,
            Created = now,
        }).ToList();
        await using var database = await databases.CreateDbContextAsync(cancellation);
        database.Tasks.AddRange(tasks);
        await database.SaveChangesAsync(cancellation);
        return tasks;
    }

    /// <summary>Makes a task this process's own; null when it is finished.</summary>
    public async Task<TaskRecord?> ClaimAsync(long id)
    {
        await using var database = await databases.CreateDbContextAsync();
        var now = clock.GetUtcNow().UtcTicks;
        var claimed = await database.Tasks
            .Where(task => task.Id == id && task.State != TaskState.Finished)
            .ExecuteUpdateAsync(set => set
                .SetProperty(task => task.State, TaskState.Running)
                .SetProperty(task => task.Owner, _owner)
                .SetProperty(task => task.Started, task => task.Started ?? now));
        return claimed == 0 ? null : await database.Tasks.AsNoTracking().FirstAsync(task => task.Id == id);
    }

    /// <summary>The plan by which the task goes on; written before that plan is started.</summary>
    public async Task SetPlanAsync(long id, Guid planId)
    {
        await using var database = await databases.CreateDbContextAsync();
        await database.Tasks.Where(task => task.Id == id && task.Owner == _owner)
            .ExecuteUpdateAsync(set => set.SetProperty(task => task.PlanId, planId));
    }

    /// <summary>Ends a task and notes when its group was evaluated, in one transaction.</summary>
    public async Task FinishAsync(TaskRecord task, TaskResult result)
    {
        await using var database = await databases.CreateDbContextAsync();
        await using var transaction = await database.Database.BeginTransactionAsync();
        var now = clock.GetUtcNow().UtcTicks;
        await database.Tasks.Where(one => one.Id == task.Id && one.Owner == _owner).ExecuteUpdateAsync(set => set
            .SetProperty(one => one.State, TaskState.Finished)
            .SetProperty(one => one.Outcome, result.Outcome)
            .SetProperty(one => one.Adds, result.Adds)
            .SetProperty(one => one.Removes, result.Removes)
            .SetProperty(one => one.Errors, result.Errors)
            .SetProperty(one => one.PlanId, result.PlanId)
            .SetProperty(one => one.Message, result.Message)
            .SetProperty(one => one.ErrorCode, result.ErrorCode)
            .SetProperty(one => one.Finished, now));
        var run = await database.GroupRuns.FirstOrDefaultAsync(one => one.StoreId == task.StoreId && one.GroupId == task.GroupId);
        if (run is null)
        {
            database.GroupRuns.Add(run = new GroupRunRecord { StoreId = task.StoreId, GroupId = task.GroupId });
        }

        (run.LastRun, run.Outcome, run.TaskId) = (task.Started ?? now, result.Outcome, task.Id);
        run.LastChange = result.Outcome is TaskOutcome.Applied or TaskOutcome.Partly ? now : run.LastChange;
        await database.SaveChangesAsync();
        await transaction.CommitAsync();
    }

    /// <summary>What the other tasks of a run came to so far.</summary>
    public async Task<(long Adds, long Removes)> OfRunAsync(Guid runId, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var done = await database.Tasks.AsNoTracking()
            .Where(task => task.RunId == runId && (task.Outcome == TaskOutcome.Applied || task.Outcome == TaskOutcome.Partly))
            .Select(task => new { task.Adds, task.Removes })
            .ToListAsync(cancellation);
        return (done.Sum(one => (long)one.Adds), done.Sum(one => (long)one.Removes));
    }

    /// <summary>Tasks that wait, or that a former process was at, in their order.</summary>
    public async Task<IReadOnlyList<TaskRecord>> UnfinishedAsync(CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        return await database.Tasks.AsNoTracking().Where(task => task.State != TaskState.Finished).OrderBy(task => task.Id).ToListAsync(cancellation);
    }

    public async Task<TaskInfo?> FindAsync(int storeId, long id, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        return await database.Tasks.AsNoTracking().FirstOrDefaultAsync(task => task.Id == id && task.StoreId == storeId, cancellation) is { } task ? Of(task) : null;
    }

    /// <summary>Tasks, the newest first.</summary>
    /// <param name="groupId">Only this group's; null for all.</param>
    /// <param name="account">Only what this account asked for; null for everybody's.</param>
    public async Task<Page<TaskInfo>> RecentAsync(int storeId, Guid? groupId, string? account, int skip, int take, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var tasks = database.Tasks.AsNoTracking().Where(task => task.StoreId == storeId
            && (groupId == null || task.GroupId == groupId) && (account == null || task.Account == account));
        var total = await tasks.LongCountAsync(cancellation);
        var page = await tasks.OrderByDescending(task => task.Id).Skip(skip).Take(take).ToListAsync(cancellation);
        return new Page<TaskInfo>(page.ConvertAll(Of), total);
    }

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
        Started = Time(task.Started),
        Finished = Time(task.Finished),
    };

    private static DateTimeOffset? Time(long? ticks) => ticks is { } known ? new DateTimeOffset(known, TimeSpan.Zero) : null;
}
