using GroupPortal.Application.Jobs;
using GroupPortal.Application.SmartGroups;
using GroupPortal.Application.Storage;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Resources;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GroupPortal.Application.Tasks;

/// <summary>
/// Runs tasks: a few at a time, those of one run and those of one group one after the other. Each is claimed for a while, and the
/// claim renewed as long as it is worked on. At start it takes up what an earlier process left; what a task's plan had begun the
/// journal finishes (<see cref="PlanWorker"/>).
/// </summary>
internal sealed class TaskWorker(TaskStore tasks, SmartUpdater updater, TeamMaker teams, RunnerProbe probe, TimeProvider clock, ILogger<TaskWorker> logger) : BackgroundService
{
    private const int TasksAtOnce = 4;

    /// <summary>A task that faults this often is given up: it would do so for ever.</summary>
    private const int MostFaults = 5;

    private static readonly TimeSpan BetweenRenewals = TaskStore.Lease / 4;

    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _slots = new(TasksAtOnce);
    private readonly TaskCompletionSource<CancellationToken> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Dictionary<long, Task> _running = [];

    /// <summary>The last task of each run and of each group; the next one waits for both.</summary>
    private readonly Dictionary<object, Task> _tails = [];

    /// <summary>A task that is here already is not taken twice.</summary>
    public void Enqueue(TaskRecord task)
    {
        object[] keys = [task.RunId, (task.StoreId, task.GroupId)];
        lock (_lock)
        {
            if (_running.ContainsKey(task.Id))
            {
                return;
            }

            var before = Task.WhenAll(keys.Select(key => _tails.GetValueOrDefault(key) ?? Task.CompletedTask));
            var work = Task.Run(() => RunInTurnAsync(task.Id, keys, before));
            _running.Add(task.Id, work);
            foreach (var key in keys)
            {
                _tails[key] = work;
            }
        }
    }

    /// <summary>Takes up what nobody works on: recorded and never begun, or left by an owner who has not been heard of for too long.</summary>
    public async Task SweepAsync(CancellationToken cancellation)
    {
        foreach (var task in await tasks.FreeAsync(cancellation))
        {
            Enqueue(task);
        }
    }

    /// <summary>Once the task is not worked on any more, by its end or by the host's.</summary>
    public async Task WaitAsync(long id)
    {
        // What an earlier process left is here only from then on.
        await _started.Task;
        Task? work;
        lock (_lock)
        {
            work = _running.GetValueOrDefault(id);
        }

        await (work ?? Task.CompletedTask);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        _started.TrySetCanceled(CancellationToken.None);
        Task[] left;
        lock (_lock)
        {
            left = [.. _running.Values];
        }

        await Task.WhenAll(left).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public override void Dispose()
    {
        _slots.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await tasks.ReleaseAsync(stoppingToken);
        await SweepAsync(stoppingToken);
        _started.TrySetResult(stoppingToken);
    }

    private async Task RunInTurnAsync(long id, object[] keys, Task before)
    {
        // Whoever asked for it looks at other things meanwhile.
        using var priority = CurrentPriority.Begin(WorkPriority.Low);
        try
        {
            var stopping = await _started.Task;
            await before;
            await _slots.WaitAsync(stopping);
            try
            {
                await RunAsync(id, stopping);
            }
            finally
            {
                _slots.Release();
            }
        }
        catch (OperationCanceledException)
        {
            // The host stops; the task is taken up at the next start.
        }
        finally
        {
            // Before anybody hears of its end: he may want it taken up again.
            Forget(id, keys);
        }
    }

    private async Task RunAsync(long id, CancellationToken stopping)
    {
        TaskRecord? task = null;
        try
        {
            task = await tasks.ClaimAsync(id);
            if (task is not null)
            {
                await RunAsync(task, stopping);
            }
        }
        catch (ClaimLostException)
        {
            logger.TaskLost(id);
        }
        // A fault of ours or of the state database: the task stays as it is, and is swept up after a while.
#pragma warning disable CA1031
        catch (Exception fault) when (fault is not OperationCanceledException)
#pragma warning restore CA1031
        {
            logger.TaskFaulted(id, fault);
            if (task is not null)
            {
                await NoteFaultAsync(task);
            }
        }
    }

    private async Task RunAsync(TaskRecord task, CancellationToken stopping)
    {
        using var working = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var renewing = RenewAsync(task, working);
        try
        {
            probe.Reach(RunnerProbe.TaskClaimed);
            var result = task.Kind == TaskKind.MakeTeam ? await teams.MakeAsync(task, working.Token) : await updater.UpdateAsync(task, working.Token);
            probe.Reach(RunnerProbe.BeforeTaskEnd);
            if (!await (result.Again is null ? tasks.FinishAsync(task, result) : tasks.PostponeAsync(task.Claim, result)))
            {
                throw new ClaimLostException();
            }

            if (result.Again is { } again)
            {
                logger.TaskPostponed(task.Id, task.GroupId, again, result.ErrorCode);
                return;
            }

            logger.TaskFinished(task.Id, task.GroupId, task.Account, task.Origin, result.Outcome, result.Adds, result.Removes, result.Errors);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            // Only a claim that turned out to be void ends the work before the host does.
            throw new ClaimLostException();
        }
        finally
        {
            await working.CancelAsync();
            await renewing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Until the work ends, or the claim turns out to be void.</summary>
    private async Task RenewAsync(TaskRecord task, CancellationTokenSource working)
    {
        using var timer = new PeriodicTimer(BetweenRenewals, clock);
        while (await timer.WaitForNextTickAsync(working.Token))
        {
            if (!await tasks.RenewAsync(task.Claim))
            {
                await working.CancelAsync();
                return;
            }
        }
    }

    private async Task NoteFaultAsync(TaskRecord task)
    {
        try
        {
            if (task.Faults + 1 < MostFaults)
            {
                await tasks.FaultAsync(task.Claim);
            }
            else
            {
                await tasks.FinishAsync(task, new TaskResult(TaskOutcome.Failed) { Errors = 1, PlanId = task.PlanId, Message = Texts.Format("Task.Faulted") });
            }
        }
        // The state database does not answer: then nothing can be noted, and the next start takes the task up.
#pragma warning disable CA1031
        catch (Exception fault)
#pragma warning restore CA1031
        {
            logger.TaskFaulted(task.Id, fault);
        }
    }

    private void Forget(long id, object[] keys)
    {
        lock (_lock)
        {
            _running.Remove(id, out var work);
            foreach (var key in keys)
            {
                if (_tails.TryGetValue(key, out var tail) && tail == work)
                {
                    _tails.Remove(key);
                }
            }
        }
    }
}
