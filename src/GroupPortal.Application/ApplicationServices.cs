using GroupPortal.Application.Access;
using GroupPortal.Application.Drafts;
using GroupPortal.Application.Groups;
using GroupPortal.Application.History;
using GroupPortal.Application.Jobs;
using GroupPortal.Application.Replica;
using GroupPortal.Application.Schedules;
using GroupPortal.Application.SmartGroups;
using GroupPortal.Application.Storage;
using GroupPortal.Application.Tasks;
using GroupPortal.Core.Directories;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Quartz;

namespace GroupPortal.Application;

public static class ApplicationServices
{
    /// <summary>
    /// Everything between the host and the directories. The host adds each <see cref="IDirectory"/> as a singleton; all
    /// services here are singletons too, for circuits, requests and background work alike.
    /// </summary>
    public static IServiceCollection AddGroupPortalApplication(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.TryAddSingleton(TimeProvider.System);
        AddState(services, configuration);
        services.TryAddSingleton(provider => new StoreRegistry(
            provider.GetServices<IDirectory>(),
            id => configuration.GetSection($"{StoreOptions.Section}:{id}").Get<StoreOptions>() ?? new StoreOptions()));
        services.TryAddSingleton<PersonLookup>();
        services.TryAddSingleton<GroupAccess>();
        services.TryAddSingleton<TokenStore>();
        services.TryAddSingleton<DraftStore>();
        services.TryAddSingleton<HistoryReader>();
        services.TryAddSingleton<GroupReader>();
        services.TryAddSingleton<PlanFactsReader>();
        services.TryAddSingleton<PreviewService>();
        services.TryAddSingleton<PreviewBinding>();
        services.TryAddSingleton<SmartGroups.Import.ImportService>();
        AddSmartGroups(services);
        // Its constructor is internal, because it takes the internals of Jobs.
        services.TryAddSingleton(provider => new GroupService(
            provider.GetRequiredService<StoreRegistry>(),
            provider.GetRequiredService<PlanFactsReader>(),
            provider.GetRequiredService<PreviewBinding>(),
            provider.GetRequiredService<PlanStore>(),
            provider.GetRequiredService<PlanStarter>(),
            provider.GetRequiredService<PlanBoard>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<GroupService>>()));
        services.TryAddSingleton<TenantGroups>();
        AddReplica(services, configuration);
        AddJobs(services, configuration);
        AddSchedules(services, configuration);
        return services;
    }

    /// <summary>
    /// What wakes schedules and left tasks, by Quartz. After all other hosted services: it begins when they run, and ends before
    /// them. Without it nothing is updated by itself.
    /// </summary>
    public static IServiceCollection AddGroupPortalWakeUps(this IServiceCollection services)
    {
        services.AddLogging(logging => logging.AddFilter("Quartz", LogLevel.Warning));
        services.AddQuartz(quartz =>
        {
            quartz.UseInMemoryStore();
            // It ticks by the real clock; what is due is for ours to say.
            quartz.UseTimeProvider(TimeProvider.System);
            quartz.ConfigureScheduler(options => options.ShutdownJobInterruption = ShutdownJobInterruption.Always);
        });
        services.AddHostedService<WakeUps>();
        return services.AddQuartzHostedService(options => (options.AwaitApplicationStarted, options.WaitForJobsToComplete) = (true, true));
    }

    private static void AddState(IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<StateOptions>()
            .Bind(configuration.GetSection("State"))
            .Validate(options => options.DataDirectory.Length > 0, "State:DataDirectory must name a folder.")
            .ValidateOnStart();
        services.AddPooledDbContextFactory<SqliteStateDb>((provider, options) =>
        {
            SqliteStateDb.Configure(options, provider.GetRequiredService<IOptions<StateOptions>>().Value.DataDirectory);
            options.AddInterceptors(provider.GetServices<IInterceptor>());
        });
        services.TryAddSingleton<IDbContextFactory<StateDb>>(provider => new StateDbFactory(provider.GetRequiredService<IDbContextFactory<SqliteStateDb>>()));
        services.TryAddSingleton<StateWriters>();
        // Its constructor is internal, because it takes the internals of Storage.
        services.TryAddSingleton(provider => new PlanStore(
            provider.GetRequiredService<IDbContextFactory<StateDb>>(),
            provider.GetRequiredService<StateWriters>(),
            provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<PortalGroupStore>();
        // First of all hosted services: the others find the schema in place and the directory ours.
        services.AddHostedService<StateDbStartup>();
    }

    private static void AddReplica(IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ReplicaOptions>()
            .Bind(configuration.GetSection(ReplicaOptions.Section))
            .Validate(
                options => options.Interval is >= ReplicaOptions.ShortestInterval and <= ReplicaOptions.LongestInterval,
                $"{ReplicaOptions.Section}:{nameof(ReplicaOptions.Interval)} is a number of seconds from {ReplicaOptions.ShortestInterval} to {ReplicaOptions.LongestInterval}.")
            .ValidateOnStart();
        services.TryAddSingleton<Replicas>();
        services.AddHostedService<ReplicaKeeper>();
    }

    private static void AddJobs(IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(_ => TestingKill.ProbeOf(configuration));
        services.TryAddSingleton<PlanBoard>();
        services.TryAddSingleton<RunJournal>();
        services.TryAddSingleton<PlanCloser>();
        services.TryAddSingleton<OutageWait>();
        services.TryAddSingleton<WriteSender>();
        services.TryAddSingleton<PlanRunner>();
        services.TryAddSingleton<PlanStarter>();
        services.TryAddSingleton<PlanWorker>();
        services.AddHostedService(provider => provider.GetRequiredService<PlanWorker>());
        services.AddHostedService<StateSweeper>();
    }

    private static void AddSmartGroups(IServiceCollection services)
    {
        services.TryAddSingleton(_ => new RuleReader());
        services.TryAddSingleton<ISmartEvaluator, ReplicaEvaluator>();
        services.TryAddSingleton<TaskStore>();
        services.TryAddSingleton<HeldPlanStore>();
        services.TryAddSingleton(provider => new HeldPlans(
            provider.GetRequiredService<HeldPlanStore>(),
            provider.GetRequiredService<GroupReader>(),
            provider.GetRequiredService<GroupAccess>(),
            provider.GetRequiredService<TaskWorker>(),
            provider.GetRequiredService<ILogger<HeldPlans>>()));
        services.TryAddSingleton<SmartUpdater>();
        services.TryAddSingleton<TeamMaker>();
        services.TryAddSingleton(provider => new PendingTeams(provider.GetRequiredService<TaskStore>()));
        services.TryAddSingleton<TaskWorker>();
        services.AddHostedService(provider => provider.GetRequiredService<TaskWorker>());
        // Its constructor is internal, because it takes the internals of Tasks.
        services.TryAddSingleton(provider => new SmartUpdates(
            provider.GetRequiredService<StoreRegistry>(),
            provider.GetRequiredService<GroupReader>(),
            provider.GetRequiredService<GroupAccess>(),
            provider.GetRequiredService<TaskStore>(),
            provider.GetRequiredService<TaskWorker>()));
    }

    private static void AddSchedules(IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ScheduleOptions>()
            .Bind(configuration.GetSection(ScheduleOptions.Section))
            .Validate(
                options => options.Interval is >= 0 and <= ScheduleOptions.LongestInterval,
                $"{ScheduleOptions.Section}:{nameof(ScheduleOptions.Interval)} is a number of seconds from 0 (never) to {ScheduleOptions.LongestInterval}.")
            .ValidateOnStart();
        services.TryAddSingleton<ScheduleStore>();
        // Its constructor is internal, because it takes the internals of Schedules.
        services.TryAddSingleton(provider => new SmartSchedules(
            provider.GetRequiredService<StoreRegistry>(),
            provider.GetRequiredService<GroupReader>(),
            provider.GetRequiredService<Replicas>(),
            provider.GetRequiredService<GroupAccess>(),
            provider.GetRequiredService<ScheduleStore>(),
            provider.GetRequiredService<IOptions<ScheduleOptions>>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<SmartSchedules>>()));
        services.TryAddSingleton<ScheduleRound>();
    }

    /// <summary>Hands out the configured provider's context under the name that the services know.</summary>
    private sealed class StateDbFactory(IDbContextFactory<SqliteStateDb> databases) : IDbContextFactory<StateDb>
    {
        public StateDb CreateDbContext() => databases.CreateDbContext();

        public async Task<StateDb> CreateDbContextAsync(CancellationToken cancellationToken = default) => await databases.CreateDbContextAsync(cancellationToken);
    }
}
