using GroupPortal.Application.Groups;

namespace GroupPortal.Application.Jobs;

/// <summary>
/// How long a plan that was begun waits for a directory that does not answer. Half a change is worth waiting for; one of
/// which nothing was sent yet fails at once and is made again by whoever wants it.
/// </summary>
internal sealed class OutageWait(PlanBoard board, TimeProvider clock)
{
    /// <summary>A domain controller that is restarted is back long before.</summary>
    internal static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    /// <summary>Tells whoever watches, and waits a moment. False when it has lasted too long.</summary>
    public async Task<bool> PauseAsync(PlanRun run, CancellationToken stopping)
    {
        var now = clock.GetUtcNow();
        run.Outage ??= new DirectoryOutage(now, now + Longest);
        if (now >= run.Outage.Until)
        {
            return false;
        }

        board.Publish(run.Progress(PlanState.Running));
        // As long as it has lasted already: soon at first, never seldom.
        var pause = now - run.Outage.Since;
        await Task.Delay(pause < FirstPause ? FirstPause : pause < LongestPause ? pause : LongestPause, clock, stopping);
        return true;
    }
}
