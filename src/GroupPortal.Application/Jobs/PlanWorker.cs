using System.Collections.Concurrent;
using GroupPortal.Application.Storage;
using GroupPortal.Core.Directories;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GroupPortal.Application.Jobs;

/// <summary>
/// Runs the plans that were started: a few at a time, one per group, whatever becomes of the request or circuit that asked.
/// At start it takes up what an earlier process left.
/// </summary>
internal sealed class PlanWorker(PlanRunner runner, PlanStore plans, PlanBoard board, TimeProvider clock, ILogger<PlanWorker> logger) : BackgroundService
{
    /// <summary>They mostly wait for a directory: four left a domain controller idle a tenth of the time.</summary>
    private const int PlansAtOnce = 8;

    private const int AttemptsAfterFault = 3;
    private static readonly TimeSpan PauseAfterFault = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _slots = new(PlansAtOnce);
    private readonly TaskCompletionSource<CancellationToken> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentDictionary<Guid, Task> _running = new();

    /// <summary>The last plan of each group; the next one waits for it. A create has nobody to wait for.</summary>
    private readonly Dictionary<(int StoreId, Guid Group), Task> _tails = [];

    /// <summary>A plan that was just claimed, with the journal row of its first write: it need not be read again.</summary>
    /// <param name="isAwaited">
    /// The caller waits for the end anyway: as far as nothing has to be waited for, the work is done on the caller's thread,
    /// which saves two changes of thread. It is as independent of the caller as on any other.
    /// </param>
    public void Enqueue(LoadedPlan plan, JournalRecord? first, bool isAwaited) => Enqueue(plan.Head, new Claimed(plan, first), isAwaited);

    /// <summary>Plans of one group run in the order in which they came. A plan that is here already is not taken twice.</summary>
    private void Enqueue(PlanRecord plan, Claimed? claimed, bool isAwaited = false)
    {
        var key = (plan.StoreId, plan.GroupId ?? plan.Id);
        Task<Task> work;
        lock (_lock)
        {
            if (_running.ContainsKey(plan.Id))
            {
                return;
            }

            var before = _tails.GetValueOrDefault(key) ?? Task.CompletedTask;
            // Before the work begins: it may end before this thread goes on, and then whoever waits would wait for ever.
            board.Begin(plan.Id);
            work = new Task<Task>(() => RunInTurnAsync(plan.Id, key, before, claimed), CancellationToken.None);
            _running[plan.Id] = _tails[key] = work.Unwrap();
        }

        if (isAwaited)
        {
            work.RunSynchronously(TaskScheduler.Default);
        }
        else
        {
            work.Start(TaskScheduler.Default);
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        _started.TrySetCanceled(CancellationToken.None);
        // Each stops between two writes; what is left is taken up at the next start.
        await Task.WhenAll(_running.Values).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public override void Dispose()
    {
        _slots.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Whoever started them has gone with the earlier process.
        using var priority = CurrentPriority.Begin(WorkPriority.Low);
        foreach (var plan in await plans.UnfinishedAsync(stoppingToken))
        {
            logger.PlanResumed(plan.Id);
            Enqueue(plan, claimed: null);
        }

        _started.TrySetResult(stoppingToken);
    }

    private async Task RunInTurnAsync(Guid planId, (int StoreId, Guid Group) key, Task before, Claimed? claimed)
    {
        try
        {
            var stopping = await _started.Task;
            await before;
            await _slots.WaitAsync(stopping);
            try
            {
                await RunAsync(planId, claimed, stopping);
            }
            finally
            {
                _slots.Release();
            }
        }
        catch (OperationCanceledException)
        {
            // The host stops; the plan is still Running in the database.
        }
        finally
        {
            board.End(planId);
            lock (_lock)
            {
                _running.TryRemove(planId, out var task);
                if (_tails.TryGetValue(key, out var tail) && tail == task)
                {
                    _tails.Remove(key);
                }
            }
        }
    }

    private async Task RunAsync(Guid planId, Claimed? claimed, CancellationToken stopping)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                // After a fault only the database knows how far it came.
                await (attempt == 1 && claimed is not null
                    ? runner.RunAsync(claimed, stopping)
                    : runner.RunAsync(planId, isResumed: true, stopping));
                return;
            }
            // A fault of ours or of the state database: the journal knows where to go on, as after a crash.
#pragma warning disable CA1031
            catch (Exception fault) when (fault is not OperationCanceledException)
#pragma warning restore CA1031
            {
                logger.PlanFaulted(planId, attempt, fault);
                if (attempt == AttemptsAfterFault)
                {
                    board.Fault(planId, fault);
                    return;
                }

                await Task.Delay(PauseAfterFault, clock, stopping);
            }
        }
    }
}
