using System.Globalization;
using GroupPortal.Application.Access;
using GroupPortal.Application.Groups;
using GroupPortal.Application.Jobs;
using GroupPortal.Application.Schedules;
using GroupPortal.Application.SmartGroups;
using GroupPortal.Application.Storage;
using GroupPortal.Application.Tasks;
using GroupPortal.Core.Access;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using GroupPortal.Embedded;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace GroupPortal.Application.Tests.Support;

/// <summary>The application with its real state database and a real embedded directory, in a folder of its own.</summary>
internal sealed class TestPortal : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("groupportal-app-").FullName;
    private readonly EmbeddedDirectory _embedded;
    private readonly string _directoryFolder;
    private ServiceProvider _services = null!;
    private bool _evaluates;

    private TestPortal(EmbeddedDirectory embedded, string directoryFolder, FakeClock clock) =>
        (_embedded, _directoryFolder, Clock, Store) = (embedded, directoryFolder, clock, new FaultyDirectory(embedded));

    public static Person Ada { get; } = new("ada", "Ada Winter", PortalRole.Administrator);

    public static Person Hal { get; } = new("hal", "Hal", PortalRole.Helpdesk);

    public static Person Uma { get; } = new("uma", "Uma Devi", PortalRole.User);

    public FakeClock Clock { get; }

    public FaultyDirectory Store { get; }

    public int StoreId => Store.Store.Id;

    public string Folder => _folder;

    public StatementCounter Statements { get; } = new();

    public GroupService Groups => Get<GroupService>();

    public GroupReader Reader => Get<GroupReader>();

    public SmartSchedules Schedules => Get<SmartSchedules>();

    public FakeEvaluator Evaluator { get; } = new();

    public RunnerProbe Probe => Get<RunnerProbe>();

    /// <summary>With the languages and the replica as they are, for tests that are about what a rule selects.</summary>
    public static async Task<TestPortal> StartEvaluatingAsync(StoreKind kind = StoreKind.ActiveDirectory)
    {
        var portal = await StartAsync(kind);
        await portal.EndAsync();
        portal._evaluates = true;
        await portal.BeginAsync(withWorker: true, []);
        return portal;
    }

    /// <param name="withWorker">Without it plans are only claimed, and the test runs them by hand.</param>
    public static async Task<TestPortal> StartAsync(StoreKind kind = StoreKind.ActiveDirectory, bool withWorker = true, params (string Key, string Value)[] settings)
    {
        var clock = new FakeClock();
        var store = kind == StoreKind.ActiveDirectory
            ? new IdentityStore(2, "demo.local", kind, StoreConnection.Embedded, "DC=demo,DC=local", "dc1.demo.local")
            : new IdentityStore(3, "5cjshm.onmicrosoft.com", kind, StoreConnection.Embedded, "DC=5cjshm,DC=onmicrosoft,DC=com", string.Empty);
        var folder = Directory.CreateTempSubdirectory("groupportal-dir-").FullName;
        var embedded = await EmbeddedDirectory.OpenAsync(store, new EmbeddedOptions { DataDirectory = folder, People = 60 }, clock, CancellationToken.None);
        var portal = new TestPortal(embedded, folder, clock);
        await portal.BeginAsync(withWorker, settings);
        return portal;
    }

    /// <summary>A new process on the same data: nothing in memory survives.</summary>
    public async Task RestartAsync(bool withWorker = true)
    {
        await EndAsync();
        await BeginAsync(withWorker, []);
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public async Task<StateDb> OpenStateAsync() => await Get<IDbContextFactory<StateDb>>().CreateDbContextAsync();

    public async Task<DirectoryObject> FindAsync(string account)
    {
        var answer = await Get<PersonLookup>().FindAsync(StoreId, new Person(account, account, PortalRole.User), CancellationToken.None);
        return Assert.IsType<DirectoryAnswer<DirectoryObject?>.Ok>(answer).Value!;
    }

    /// <summary>People of the sample company, in the order of their names.</summary>
    public async Task<IReadOnlyList<DirectoryObject>> PeopleAsync(int count)
    {
        var answer = await _embedded.FindAsync(new ObjectQuery(string.Empty, [ObjectKind.User], 200), CancellationToken.None);
        var people = Assert.IsType<DirectoryAnswer<Page<DirectoryObject>>.Ok>(answer).Value.Items;
        Assert.True(people.Count >= count, string.Create(CultureInfo.InvariantCulture, $"The company has only {people.Count} people."));
        return [.. people.Take(count)];
    }

    public async Task<GroupPlan> PlanAsync(GroupRequest request, Person? person = null) =>
        Assert.IsType<PlanAnswer.Planned>(await Groups.PlanAsync(StoreId, request, From(person), CancellationToken.None)).Plan;

    public Task<ApplyAnswer> ApplyAsync(Guid planId, Person? person = null, string? confirmedHash = null) =>
        Groups.ApplyAsync(planId, From(person), confirmedHash, CancellationToken.None);

    /// <summary>Plan, apply, wait.</summary>
    public async Task<PlanResult> DoAsync(GroupRequest request, Person? person = null)
    {
        var plan = await PlanAsync(request, person);
        Assert.Empty(plan.Problems);
        return await DoAsync(plan, person);
    }

    public async Task<PlanResult> DoAsync(GroupPlan plan, Person? person = null)
    {
        Assert.IsType<ApplyAnswer.Started>(await ApplyAsync(plan.Id, person, plan.Hash));
        return await WaitAsync(plan.Id);
    }

    public async Task<PlanResult> WaitAsync(Guid planId)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        return await Groups.WaitAsync(planId, limit.Token);
    }

    public async Task<GroupState> GroupAsync(Guid id) =>
        Assert.IsType<DirectoryAnswer<GroupState?>.Ok>(await Reader.GetAsync(StoreId, id, CancellationToken.None)).Value!;

    public async Task<IReadOnlySet<Guid>> MembersAsync(Guid id) =>
        Assert.IsType<DirectoryAnswer<IReadOnlySet<Guid>>.Ok>(await _embedded.MemberIdsAsync(id, CancellationToken.None)).Value;

    public static Requester From(Person? person) => new(person ?? Ada, "test");

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _embedded.Dispose();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
        Directory.Delete(_directoryFolder, recursive: true);
    }

    private async Task BeginAsync(bool withWorker, (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("State:DataDirectory", _folder), .. settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))])
            .Build();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(Clock);
        services.AddSingleton<IDirectory>(Store);
        services.AddSingleton<IInterceptor>(Statements);
        if (!_evaluates)
        {
            services.AddSingleton<ISmartEvaluator>(Evaluator);
            services.AddSingleton(new RuleReader(FakeEvaluator.Parse));
        }

        services.AddGroupPortalApplication(configuration);
        _services = services.BuildServiceProvider();
        await _services.GetServices<IHostedService>().OfType<StateDbStartup>().Single().StartingAsync(CancellationToken.None);
        if (withWorker)
        {
            await Get<PlanWorker>().StartAsync(CancellationToken.None);
            await Get<TaskWorker>().StartAsync(CancellationToken.None);
        }
    }

    private async Task EndAsync()
    {
        await Get<TaskWorker>().StopAsync(CancellationToken.None);
        await Get<PlanWorker>().StopAsync(CancellationToken.None);
        await _services.DisposeAsync();
    }
}
