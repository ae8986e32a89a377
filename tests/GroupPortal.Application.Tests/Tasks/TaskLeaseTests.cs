using GroupPortal.Application.Groups;
using GroupPortal.Application.Jobs;
using GroupPortal.Application.SmartGroups;
using GroupPortal.Application.Storage;
using GroupPortal.Application.Tasks;
using GroupPortal.Application.Tests.SmartGroups;
using GroupPortal.Application.Tests.Support;
using GroupPortal.Core.Directories;
using Microsoft.EntityFrameworkCore;

namespace GroupPortal.Application.Tests.Tasks;

/// <summary>A task has one owner at a time; one who was taken for dead and is not does no harm.</summary>
public sealed class TaskLeaseTests
{
    [Fact]
    public async Task A_task_that_is_claimed_is_nobody_elses_until_the_claim_lapses()
    {
        await using var portal = await TestPortal.StartAsync(withWorker: false);
        var (first, second) = (Store(portal), Store(portal));
        var id = await AddAsync(portal, first);

        var claim = (await first.ClaimAsync(id))!.Claim;
        Assert.Null(await second.ClaimAsync(id));
        Assert.Empty(await second.FreeAsync(CancellationToken.None));

        portal.Clock.Advance(TaskStore.Lease - TimeSpan.FromSeconds(1));
        Assert.True(await first.RenewAsync(claim));
        portal.Clock.Advance(TaskStore.Lease - TimeSpan.FromSeconds(1));
        Assert.Null(await second.ClaimAsync(id));

        portal.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([id], (await second.FreeAsync(CancellationToken.None)).Select(task => task.Id));
        Assert.Equal(claim.Token + 1, (await second.ClaimAsync(id))!.Token);
        Assert.False(await first.RenewAsync(claim));
    }

    [Fact]
    public async Task Who_lost_a_task_neither_ends_it_nor_starts_its_plan()
    {
        await using var portal = await TestPortal.StartAsync();
        portal.Evaluator.Matching.AddRange(await portal.PeopleAsync(3));
        var group = await portal.CreateSmartAsync();
        var late = Store(portal);
        var lost = false;
        portal.Probe.Listener = point =>
        {
            if (point == RunnerProbe.TaskPlanned && !lost)
            {
                // Another process takes it over in this very moment.
                lost = true;
                portal.Clock.Advance(TaskStore.Lease);
                var id = Assert.Single(late.FreeAsync(CancellationToken.None).GetAwaiter().GetResult()).Id;
                Assert.NotNull(late.ClaimAsync(id).GetAwaiter().GetResult());
            }
        };

        var task = await portal.UpdateAsync(group);

        Assert.True(lost);
        Assert.Equal((TaskState.Running, TaskOutcome.None, null), (task.State, task.Outcome, task.PlanId));
        Assert.Empty(portal.Store.Written);
        await using var state = await portal.OpenStateAsync();
        Assert.DoesNotContain(await state.Plans.ToListAsync(), plan => plan.Kind == Core.Plans.PlanKind.Recompute && plan.State != PlanState.Planned);

        // The one who took it over is gone as well: the sweeper finds it.
        portal.Clock.Advance(TaskStore.Lease);
        await portal.Get<TaskWorker>().SweepAsync(CancellationToken.None);
        Assert.Equal(TaskOutcome.Applied, (await portal.WaitForTaskAsync(task.Id)).Outcome);
        Assert.Equal(3, (await portal.MembersAsync(group)).Count);
    }

    [Fact]
    public async Task A_result_of_a_void_claim_is_not_written()
    {
        await using var portal = await TestPortal.StartAsync(withWorker: false);
        var (first, second) = (Store(portal), Store(portal));
        var id = await AddAsync(portal, first);
        var old = (await first.ClaimAsync(id))!;
        portal.Clock.Advance(TaskStore.Lease);
        var mine = (await second.ClaimAsync(id))!;

        Assert.False(await first.FinishAsync(old, new TaskResult(TaskOutcome.Failed)));
        Assert.True(await second.FinishAsync(mine, new TaskResult(TaskOutcome.NoChange)));
        Assert.False(await second.FinishAsync(mine, new TaskResult(TaskOutcome.Failed)));

        Assert.Equal(TaskOutcome.NoChange, (await second.FindAsync(portal.StoreId, id, CancellationToken.None))!.Outcome);
        await using var state = await portal.OpenStateAsync();
        Assert.Equal(TaskOutcome.NoChange, (await state.GroupRuns.SingleAsync()).Outcome);
    }

    [Fact]
    public async Task A_task_that_faults_is_tried_again_after_a_while_and_given_up_at_last()
    {
        await using var portal = await TestPortal.StartAsync();
        portal.Evaluator.Matching.AddRange(await portal.PeopleAsync(3));
        var group = await portal.CreateSmartAsync();
        var faults = 0;
        portal.Probe.Listener = point => _ = point == RunnerProbe.TaskClaimed && faults++ >= 0 ? throw new InvalidOperationException("A fault of ours.") : 0;

        var task = await portal.UpdateAsync(group);
        for (var round = 0; round < 10 && task.State != TaskState.Finished; round++)
        {
            await portal.Get<TaskWorker>().SweepAsync(CancellationToken.None);
            Assert.Equal(round + 1, faults);
            portal.Clock.Advance(TaskStore.Lease);
            await portal.Get<TaskWorker>().SweepAsync(CancellationToken.None);
            task = await portal.WaitForTaskAsync(task.Id);
        }

        Assert.Equal((TaskState.Finished, TaskOutcome.Failed, 5), (task.State, task.Outcome, faults));
        Assert.NotEmpty(task.Message!);
        Assert.Empty(await portal.MembersAsync(group));
    }

    [Fact]
    public async Task Old_tasks_go_and_the_last_of_each_group_stays()
    {
        await using var portal = await TestPortal.StartAsync();
        portal.Evaluator.Matching.AddRange(await portal.PeopleAsync(3));
        var group = await portal.CreateSmartAsync();
        var applied = await portal.UpdateAsync(group);
        var unchanged = await portal.UpdateAsync(group);
        var last = await portal.UpdateAsync(group);
        var tasks = portal.Get<TaskStore>();
        async Task<IEnumerable<long>> LeftAsync() => (await tasks.RecentAsync(portal.StoreId, group, account: null, 0, 10, CancellationToken.None)).Items.Select(task => task.Id);

        await tasks.RemoveOldAsync(CancellationToken.None);
        Assert.Equal([last.Id, unchanged.Id, applied.Id], await LeftAsync());

        portal.Clock.Advance(TaskStore.KeptWithoutChange + TimeSpan.FromHours(1));
        await tasks.RemoveOldAsync(CancellationToken.None);
        Assert.Equal([last.Id, applied.Id], await LeftAsync());

        portal.Clock.Advance(TaskStore.Kept);
        await tasks.RemoveOldAsync(CancellationToken.None);
        Assert.Equal([last.Id], await LeftAsync());
    }

    private static TaskStore Store(TestPortal portal) => new(portal.Get<IDbContextFactory<StateDb>>(), portal.Clock);

    private static async Task<long> AddAsync(TestPortal portal, TaskStore tasks) =>
        Assert.Single(await tasks.AddAsync(portal.StoreId, [(Guid.NewGuid(), "Engineers")], TestPortal.From(null), CancellationToken.None)).Id;
}
