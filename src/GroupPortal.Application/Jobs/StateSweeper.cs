using GroupPortal.Application.Access;
using GroupPortal.Application.Storage;
using GroupPortal.Application.Tasks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GroupPortal.Application.Jobs;

/// <summary>Once an hour takes away what nobody can use any more: plans that were only looked at, expired tokens, old tasks, and groups that nobody can restore.</summary>
internal sealed class StateSweeper(
    PlanStore plans, TokenStore tokens, TaskStore tasks, PortalGroupStore groups, TimeProvider clock, ILogger<StateSweeper> logger) : BackgroundService
{
    /// <summary>Longer than a plan can be applied, so that "plan again" works the next morning.</summary>
    private static readonly TimeSpan UnusedPlansKept = TimeSpan.FromDays(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromHours(1), clock);
        do
        {
            try
            {
                await plans.RemoveUnusedAsync(clock.GetUtcNow() - UnusedPlansKept, stoppingToken);
                await tokens.RemoveExpiredAsync(stoppingToken);
                await tasks.RemoveOldAsync(stoppingToken);
                await groups.RemoveDeletedAsync(clock.GetUtcNow() - DeletedGroupRows.Kept, stoppingToken);
            }
            // Tidying can wait for the next hour; the portal must not stop for it.
#pragma warning disable CA1031
            catch (Exception fault) when (fault is not OperationCanceledException)
#pragma warning restore CA1031
            {
                logger.LogError(fault, "Unused plans, expired tokens, old tasks and deleted groups could not be removed");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
