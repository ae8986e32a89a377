using Microsoft.Extensions.Logging;
using Quartz;

namespace GroupPortal.Application.Tasks;

/// <summary>Wakes tasks whose lease has lapsed.</summary>
[DisallowConcurrentExecution]
internal sealed class SweepJob(TaskWorker worker, ILogger<SweepJob> logger) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await worker.SweepAsync(cancellationToken);
        }
        // The state database does not answer: the next sweep is in a minute.
#pragma warning disable CA1031
        catch (Exception fault) when (fault is not OperationCanceledException)
#pragma warning restore CA1031
        {
            logger.LogError(fault, "Tasks that nobody works on could not be looked for");
        }
    }
}
