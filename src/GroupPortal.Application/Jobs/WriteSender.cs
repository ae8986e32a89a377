using GroupPortal.Application.Groups;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Plans;
using Microsoft.Extensions.Logging;

namespace GroupPortal.Application.Jobs;

/// <summary>Sends one write, and where no answer comes reads back what became of it.</summary>
internal sealed class WriteSender(OutageWait outages, PlanBoard board, RunnerProbe probe, TimeProvider clock, ILogger<WriteSender> logger)
{
    private const int SettleAttempts = 5;
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    /// <summary>The answer, and whether it is one that was read back.</summary>
    public async Task<(DirectoryWriteAnswer Answer, bool IsSettled)> SendAsync(PlanRun run, DirectoryWrite write, CancellationToken stopping)
    {
        var answer = await TryAsync(() => run.Directory.WriteAsync(write, Target(run, write, run.Version), CancellationToken.None));
        probe.Reach(RunnerProbe.AfterSend);
        if (answer is not DirectoryWriteAnswer.Unknown)
        {
            return (answer, false);
        }

        run.HasSent = true;
        return (await SettleAsync(run, write, stopping), true);
    }

    /// <summary>Asks until the directory is back, or has been away for too long; a few times where it is something else.</summary>
    public async Task<DirectoryWriteAnswer> SettleAsync(PlanRun run, DirectoryWrite write, CancellationToken stopping)
    {
        for (var attempt = 1; ; attempt++)
        {
            var answer = await TryAsync(() => run.Directory.SettleAsync(write, Target(run, write, version: null), CancellationToken.None));
            if (answer is not DirectoryWriteAnswer.Unknown unknown)
            {
                return answer;
            }

            if (unknown.Why is DirectoryError.Unavailable)
            {
                if (!await outages.PauseAsync(run, stopping))
                {
                    return answer;
                }
            }
            else if (attempt >= SettleAttempts)
            {
                return answer;
            }
            else
            {
                await Task.Delay(PauseFor(unknown.Why is DirectoryError.Throttled throttled ? throttled.After : TimeSpan.Zero, attempt), clock, stopping);
            }
        }
    }

    /// <summary>As long as the directory asks for, and whoever watches is told.</summary>
    public async Task PauseAsync(PlanRun run, DirectoryError why, TimeSpan atLeast, int attempt, CancellationToken stopping)
    {
        var pause = PauseFor(atLeast, attempt);
        run.Pause = new DirectoryPause(clock.GetUtcNow() + pause, why.Message);
        board.Publish(run.Progress(PlanState.Running));
        await Task.Delay(pause, clock, stopping);
        run.Pause = null;
    }

    /// <summary>As long as the server asks for, and twice as long each time: 250 ms, 500 ms, 1 s.</summary>
    private static TimeSpan PauseFor(TimeSpan atLeast, int attempt)
    {
        var backoff = TimeSpan.FromMilliseconds(250 * Math.Pow(2, Math.Min(attempt, 10) - 1));
        var pause = backoff > atLeast ? backoff : atLeast;
        return pause < LongestPause ? pause : LongestPause;
    }

    private static WriteTarget? Target(PlanRun run, DirectoryWrite write, string? version) =>
        run.Plan.Kind == PlanKind.Create && write is DirectoryWrite.CreateGroup || run.GroupId is null ? null : new WriteTarget(run.GroupId.Value, version);

    /// <summary>An adapter does not throw; where one does all the same, nobody knows how far its request got.</summary>
    private async Task<DirectoryWriteAnswer> TryAsync(Func<Task<DirectoryWriteAnswer>> ask)
    {
        try
        {
            return await ask();
        }
        // Any exception at all is a fault of the adapter, and the write may have been sent.
#pragma warning disable CA1031
        catch (Exception fault)
#pragma warning restore CA1031
        {
            logger.AdapterThrew(fault);
            return new DirectoryWriteAnswer.Unknown(new DirectoryError.Other(fault.GetType().Name) { ServerText = fault.Message });
        }
    }
}
