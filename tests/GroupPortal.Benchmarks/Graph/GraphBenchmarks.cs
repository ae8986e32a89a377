using System.Diagnostics;
using System.Globalization;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using GroupPortal.GraphEmulation.Faults;
using GroupPortal.GraphEmulation.Record;

namespace GroupPortal.Benchmarks.Graph;

/// <summary>
/// Large changes of a tenant over what Graph lets one app do: how many writes they take, how long over the time that these writes need at
/// least, what is left of them when Graph refuses, and what people notice meanwhile.
/// </summary>
internal static class GraphBenchmarks
{
    private const int Members = 10_000;
    private const int NewGroups = 1000;
    private const int ChangedGroups = 2000;
    private const int FlowsAtOnce = 8;
    private static readonly string[] Changed = ["description", "displayName", "mailNickname", "classification", "preferredLanguage"];

    public static async Task RunAsync()
    {
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Graph in an emulator whose periods are {EmulatedTenant.Speed:0.0} times shorter: 3,000 writes, then {EmulatedTenant.WritesPerSecond:0} a second. Each job begins with an empty bucket."));
        foreach (var cost in (int[])[1, 7])
        {
            await using var tenant = await EmulatedTenant.StartAsync(cost);
            var group = await MeasureAsync(
                tenant, $"{Members:N0} members into a group, a PATCH of 20 counted as {cost}", Members / 20, Members / 20 * cost,
                People(tenant, Members), people => AddAsync(tenant, people));
            Check(tenant.Graph.Directory.Members(group).Count == Members);
        }

        await using (var tenant = await EmulatedTenant.StartAsync())
        {
            await MeasureAsync(tenant, $"{NewGroups:N0} groups with an owner and 19 members (20 references in a request)", NewGroups, NewGroups, People(tenant, 19), async people =>
            {
                await InFlowsAsync(NewGroups, number => tenant.Portal.DoAsync(New($"New {number:0000}", people)));
                return Guid.Empty;
            });
            await MeasureAsync(tenant, $"5 attributes of {ChangedGroups:N0} groups", ChangedGroups, ChangedGroups, Groups(tenant), async groups =>
            {
                await InFlowsAsync(ChangedGroups, number => tenant.Portal.DoAsync(Change(groups[number], number)));
                return Guid.Empty;
            });
            await PeopleMeanwhileAsync(tenant);
        }

        foreach (var (kind, retryAfter) in from kind in (FaultKind[])[FaultKind.TooManyRequests, FaultKind.ServiceUnavailable]
                                           from seconds in (double?[])[1, null]
                                           select (kind, seconds is { } told ? TimeSpan.FromSeconds(told) : (TimeSpan?)null))
        {
            await UnderFaultsAsync(kind, retryAfter);
        }
    }

    /// <param name="writes">The fewest that do it.</param>
    /// <param name="tokens">What these cost.</param>
    private static async Task<Guid> MeasureAsync<T>(EmulatedTenant tenant, string title, int writes, int tokens, T subject, Func<T, Task<Guid>> job)
    {
        await tenant.DrainAsync();
        var before = tenant.Now;
        var clock = Stopwatch.StartNew();
        Guid result;
        using (CurrentPriority.Begin(WorkPriority.Low))
        {
            result = await job(subject);
        }

        var seconds = clock.Elapsed.TotalSeconds;
        var sent = tenant.WritesSince(before);
        var least = tokens / EmulatedTenant.WritesPerSecond;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{title}: {sent.Count:N0} writes over {writes:N0} = {(double)sent.Count / writes:0.000} times   goal 1.0; {seconds:0.00} s over {least:0.00} s = {seconds / least:0.00} times   goal at most 1.1; {sent.Count(write => write.Status == 429)} refused for being too many"));
        return result;
    }

    /// <summary>Nothing lost and nothing twice: the members are exactly the wished ones, and each came by one write that was carried out.</summary>
    private static async Task UnderFaultsAsync(FaultKind kind, TimeSpan? retryAfter)
    {
        await using var tenant = await EmulatedTenant.StartAsync();
        var people = People(tenant, Members);
        const int Every = 25;
        var number = 0;
        var isWrite = (RecordedRequest request) => request.Method == "PATCH" && request.Body.Contains("members@odata.bind", StringComparison.Ordinal);
        using var refused = tenant.Graph.Faults.Inject(kind, Members / 20 / Every, request => isWrite(request) && Interlocked.Increment(ref number) % Every == 0, retryAfter);
        var before = tenant.Now;
        Guid group;
        using (CurrentPriority.Begin(WorkPriority.Low))
        {
            group = await AddAsync(tenant, people);
        }

        var members = tenant.Graph.Directory.Members(group);
        var done = tenant.WritesSince(before).Where(isWrite).Count(write => write.Status == 204);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Members:N0} members while {refused.Hits} of their writes are answered {(kind == FaultKind.TooManyRequests ? 429 : 503)} {(retryAfter is null ? "without" : "with")} Retry-After: {people.Count - people.Intersect(members).Count()} lost, {members.Count - members.Distinct().Count()} twice, {members.Except(people).Count()} too many; {done} writes carried out over {Members / 20}   goal 0, 0, 0"));
        Check(refused.Hits > 0);
    }

    /// <summary>What one change of somebody at the screen takes, alone and while a large job has used up the bucket.</summary>
    private static async Task PeopleMeanwhileAsync(EmulatedTenant tenant)
    {
        const int Calls = 60;
        var group = tenant.Graph.Directory.AddGroup("Somebody's");
        var people = People(tenant, Members);
        await tenant.Portal.DoAsync(Change(group, -1));
        var idle = await CallsAsync(0);
        await tenant.DrainAsync();
        Task<Guid> job;
        using (CurrentPriority.Begin(WorkPriority.Low))
        {
            job = AddAsync(tenant, people);
        }

        var busy = await CallsAsync(Calls);
        await job;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"A change by somebody at the screen while {Members:N0} members are added: p95 {busy:0.0} ms over {idle:0.0} ms idle = {busy / idle:0.00} times   goal at most 2"));

        async Task<double> CallsAsync(int offset)
        {
            var times = new List<double>();
            for (var number = 0; number < Calls; number++)
            {
                // As fast as people are who wait for each other, in a tenant where a second is less than half of one.
                await Task.Delay(100);
                var clock = Stopwatch.GetTimestamp();
                await tenant.Portal.DoAsync(Change(group, offset + number));
                times.Add(Stopwatch.GetElapsedTime(clock).TotalMilliseconds);
            }

            return times.Order().ElementAt(Calls * 95 / 100);
        }
    }

    private static List<Guid> People(EmulatedTenant tenant, int count) =>
        [.. Enumerable.Range(0, count).Select(number => tenant.Graph.Directory.AddUser(string.Create(CultureInfo.InvariantCulture, $"Person {number:00000}")))];

    private static List<Guid> Groups(EmulatedTenant tenant) =>
        [.. Enumerable.Range(0, ChangedGroups).Select(number => tenant.Graph.Directory.AddGroup(string.Create(CultureInfo.InvariantCulture, $"Changed {number:0000}")))];

    private static async Task<Guid> AddAsync(EmulatedTenant tenant, IReadOnlyList<Guid> people)
    {
        var group = tenant.Graph.Directory.AddGroup($"Large {Guid.NewGuid():N}");
        return await tenant.Portal.DoAsync(new GroupRequest
        {
            Kind = PlanKind.Update,
            GroupId = group,
            Members = [new ReferenceChange(ChangeMode.Add, [.. people.Select(person => person.ToString("D"))])],
        });
    }

    private static GroupRequest New(string name, IReadOnlyList<Guid> people) => new()
    {
        Kind = PlanKind.Create,
        Name = name,
        Attributes = [new AttributeChange(AttributeNames.GroupType, ChangeMode.Set, ["4"])],
        Members = [new ReferenceChange(ChangeMode.Set, [.. people.Select(person => person.ToString("D"))])],
    };

    private static GroupRequest Change(Guid group, int number) => new()
    {
        Kind = PlanKind.Update,
        GroupId = group,
        Attributes = [.. Changed.Select(attribute => new AttributeChange(attribute, ChangeMode.Set, [string.Create(CultureInfo.InvariantCulture, $"{attribute[..4]}-{number}-{group:N}")[..15]]))],
    };

    private static Task InFlowsAsync(int count, Func<int, Task> act) => Parallel.ForEachAsync(
        Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = FlowsAtOnce }, async (number, _) => await act(number));

    private static void Check(bool holds)
    {
        if (!holds)
        {
            throw new InvalidOperationException("A measured operation did not do what was measured.");
        }
    }
}
