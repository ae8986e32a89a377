using GroupPortal.Core.Directories;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace GroupPortal.Application.Replica;

/// <summary>
/// Keeps each replica fresh, each store for itself: a directory that does not answer delays neither the others nor the start.
/// </summary>
internal sealed class ReplicaKeeper(Replicas replicas, IOptions<ReplicaOptions> options, TimeProvider clock) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(replicas.All.Select(replica => Task.Run(() => KeepAsync(replica, stoppingToken), stoppingToken)));

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(replicas.All.Select(replica => replica.StopAsync()));
        await base.StopAsync(cancellationToken);
    }

    private async Task KeepAsync(StoreReplica replica, CancellationToken stopping)
    {
        // A preview that waits for what was written a moment ago reads on its own account.
        using var priority = CurrentPriority.Begin(WorkPriority.Low);
        replica.Restore();
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.Interval), clock);
        try
        {
            do
            {
                await replica.BringUpToDateAsync(stopping);
                replica.SaveIfDue(isLast: false);
            }
            while (await timer.WaitForNextTickAsync(stopping));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The host stops.
        }

        replica.SaveIfDue(isLast: true);
    }
}
