using System.Globalization;
using Microsoft.Extensions.Logging;
using Quartz;

namespace GroupPortal.Application.Schedules;

/// <summary>Quartz knows no more than this: look at store 2. One store never waits for another, and is looked at once at a time.</summary>
[DisallowConcurrentExecution]
internal sealed class LookJob(ScheduleRound round, ILogger<LookJob> logger) : IJob
{
    public const string Store = "store";

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var storeId = int.Parse(context.JobDetail.JobDataMap.GetString(Store)!, CultureInfo.InvariantCulture);
        try
        {
            await round.RunAsync(storeId, cancellationToken);
        }
        // A fault of ours or of the state database: what is due stays due, and the next look begins there.
#pragma warning disable CA1031
        catch (Exception fault) when (fault is not OperationCanceledException)
#pragma warning restore CA1031
        {
            logger.ScheduleRoundFaulted(storeId, fault);
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }
}
