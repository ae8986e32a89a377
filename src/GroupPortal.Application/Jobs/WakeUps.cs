using System.Globalization;
using GroupPortal.Application.Groups;
using GroupPortal.Application.Schedules;
using GroupPortal.Application.Tasks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Quartz;

namespace GroupPortal.Application.Jobs;

/// <summary>
/// Tells Quartz at start what to wake: a look at each store, and a sweep. Nothing of it is stored (docs/decisions/0014); the tables
/// say what there is to do, so a wake-up that is missed, or comes twice, changes nothing.
/// </summary>
internal sealed class WakeUps(ISchedulerFactory schedulers, StoreRegistry stores, IOptions<ScheduleOptions> options) : IHostedService
{
    private static readonly TimeSpan BetweenSweeps = TimeSpan.FromMinutes(1);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        await AddAsync<SweepJob>(scheduler, "sweep", BetweenSweeps, string.Empty, cancellationToken);
        foreach (var directory in options.Value.Interval == 0 ? [] : stores.All)
        {
            var id = directory.Store.Id.ToString(CultureInfo.InvariantCulture);
            await AddAsync<LookJob>(scheduler, "look-" + id, TimeSpan.FromSeconds(options.Value.Interval), id, cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The pause begins when the last one has ended: one that takes long is followed by no crowd.</summary>
    private static async Task AddAsync<T>(IScheduler scheduler, string name, TimeSpan every, string data, CancellationToken cancellation)
        where T : IJob
    {
        var job = JobBuilder.Create<T>().WithIdentity(name).UsingJobData(LookJob.Store, data).Build();
        var trigger = TriggerBuilder.Create().WithIdentity(name).StartNow()
            .WithSimpleSchedule(schedule => schedule.WithInterval(every).RepeatForever().MeasureIntervalFromCompletion(true))
            .Build();
        await scheduler.ScheduleJob(job, trigger, cancellationToken: cancellation);
    }
}
