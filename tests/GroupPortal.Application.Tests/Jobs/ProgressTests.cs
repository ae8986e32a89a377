using System.Globalization;
using GroupPortal.Application.Groups;
using GroupPortal.Application.Jobs;
using GroupPortal.Application.Storage;
using GroupPortal.Application.Tests.Support;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using GroupPortal.Core.Results;

namespace GroupPortal.Application.Tests.Jobs;

public sealed class ProgressTests
{
    private const int Many = 100_000;

    [Fact]
    public async Task A_watcher_sees_the_plan_go_and_finish()
    {
        await using var portal = await TestPortal.StartAsync(withWorker: false);
        portal.Store.MembersPerWrite = 2;
        var people = await portal.PeopleAsync(8);
        var plan = await portal.PlanAsync(Requests.Create("Night Shift", people.Select(person => person.Id)));
        await portal.ApplyAsync(plan.Id);
        var seen = new List<PlanProgress>();

        await foreach (var progress in portal.Groups.WatchAsync(plan.Id, CancellationToken.None))
        {
            if (seen.Count == 0)
            {
                await portal.Get<PlanRunner>().RunAsync(plan.Id, isResumed: false, CancellationToken.None);
            }

            seen.Add(progress);
        }

        // All that happened between the first look and the next is one piece of news.
        Assert.Equal([PlanState.Running, PlanState.Finished], seen.Select(progress => progress.State));
        Assert.Equal(StepStatus.Done, seen[^1].Status);
        Assert.Equal(plan.Steps.Count, seen[^1].Counts[StepStatus.Done]);
    }

    [Fact]
    public async Task Watching_a_finished_plan_says_so_once_and_an_unknown_one_nothing()
    {
        await using var portal = await TestPortal.StartAsync();
        var result = await portal.DoAsync(Requests.Create("Night Shift"));

        var progress = await portal.Groups.WatchAsync(result.Plan.Id, CancellationToken.None).SingleAsync();

        Assert.Equal((PlanState.Finished, result.GroupId), (progress.State, progress.GroupId));
        Assert.Empty(await portal.Groups.WatchAsync(Guid.NewGuid(), CancellationToken.None).ToListAsync());
    }

    [Fact]
    public async Task Giving_up_waiting_does_not_stop_the_work()
    {
        await using var portal = await TestPortal.StartAsync(withWorker: false);
        var plan = await portal.PlanAsync(Requests.Create("Night Shift"));
        await portal.ApplyAsync(plan.Id);
        using var given = new CancellationTokenSource();
        var waiting = portal.Groups.WaitAsync(plan.Id, given.Token);

        await given.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);

        await portal.Get<PlanRunner>().RunAsync(plan.Id, isResumed: false, CancellationToken.None);
        Assert.Equal(StepStatus.Done, (await portal.WaitAsync(plan.Id)).Status);
    }

    [Fact]
    public async Task Plans_of_one_group_run_one_after_the_other()
    {
        await using var portal = await TestPortal.StartAsync();
        var people = await portal.PeopleAsync(12);
        var id = (await portal.DoAsync(Requests.Create("Night Shift"))).GroupId!.Value;
        var (inside, most) = (0, 0);
        portal.Store.BeforeWrite = _ =>
        {
            most = Math.Max(most, Interlocked.Increment(ref inside));
            return null;
        };
        portal.Store.AfterWrite = (_, answer) =>
        {
            Interlocked.Decrement(ref inside);
            return answer;
        };

        var results = await Task.WhenAll(people.Select(person => portal.DoAsync(Requests.Members(id, ChangeMode.Add, person.Id))));

        Assert.Equal(1, most);
        Assert.All(results, result => Assert.Equal(StepStatus.Done, result.Status));
        Assert.Equal(12, (await portal.MembersAsync(id)).Count);
    }

    [Fact]
    public async Task A_hundred_thousand_members_are_planned_journalled_and_settled_in_bounded_statements()
    {
        await using var portal = await TestPortal.StartAsync(withWorker: false);
        var plan = Large(portal, (await portal.FindAsync("ada")).Id);
        var group = Guid.NewGuid();
        portal.Store.BeforeWrite = write => new DirectoryWriteAnswer.Applied(group, "1", [.. write.Steps.Select(StepOutcome.Done)]);
        portal.Statements.Reset();

        await portal.Get<PlanStore>().SaveAsync(plan, new GroupRequest { Kind = PlanKind.Create }, TestPortal.From(null), CancellationToken.None);
        Assert.Equal(1, portal.Statements.Commits);
        portal.Statements.Reset();

        Assert.IsType<ApplyAnswer.Started>(await portal.ApplyAsync(plan.Id));
        await portal.Get<PlanRunner>().RunAsync(plan.Id, isResumed: false, CancellationToken.None);

        var progress = await portal.Groups.GetProgressAsync(plan.Id, CancellationToken.None);
        Assert.Equal((PlanState.Finished, plan.Steps.Count), (progress!.State, progress.Counts[StepStatus.Done]));
        // A hundred writes of a thousand members: per write one transaction, one range of outcomes, two journal statements.
        Assert.InRange(portal.Statements.Commits, 100, 110);
        Assert.InRange(portal.Statements.Writes, 300, 450);
        var page = await portal.Groups.GetRowsAsync(plan.Id, new RowFilter(StepStatus.Done, "members"), Many - 3, 10, CancellationToken.None);
        Assert.Equal((Many, 3), ((int)page.Total, page.Items.Count));
    }

    private static GroupPlan Large(TestPortal portal, Guid owner)
    {
        var head = new[]
        {
            new PlanStep(0, PlanAction.Create, string.Empty, [], ["CN=Everybody,OU=Groups,DC=demo,DC=local"]),
            new PlanStep(1, PlanAction.Set, AttributeNames.GroupType, [], ["-2147483646"]),
            new PlanStep(2, PlanAction.Set, AttributeNames.ManagedBy, [], ["Ada"]) { Target = new StepTarget(owner, ObjectKind.User, "Ada", "CN=Ada") },
        };
        var members = Enumerable.Range(0, Many).Select(number =>
        {
            var label = string.Create(CultureInfo.InvariantCulture, $"Person {number}");
            return new PlanStep(number + head.Length, PlanAction.Add, AttributeNames.Members, [], [label])
            {
                Target = new StepTarget(Guid.NewGuid(), ObjectKind.User, label, "CN=" + label),
            };
        });
        var plan = new GroupPlan
        {
            Id = Guid.NewGuid(),
            StoreId = portal.StoreId,
            Kind = PlanKind.Create,
            GroupName = "Everybody",
            GroupDn = "CN=Everybody,OU=Groups,DC=demo,DC=local",
            Steps = [.. head, .. members],
        };
        return plan with { Hash = PlanHash.Of(plan) };
    }
}
