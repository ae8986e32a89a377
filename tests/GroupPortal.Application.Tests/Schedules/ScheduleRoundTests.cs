using GroupPortal.Application.History;
using GroupPortal.Application.Jobs;
using GroupPortal.Application.Replica;
using GroupPortal.Application.Schedules;
using GroupPortal.Application.SmartGroups;
using GroupPortal.Application.Tasks;
using GroupPortal.Application.Tests.SmartGroups;
using GroupPortal.Application.Tests.Support;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using GroupPortal.Core.SmartGroups;

namespace GroupPortal.Application.Tests.Schedules;

/// <summary>What a look at a store sets going, hour by hour.</summary>
public sealed class ScheduleRoundTests
{
    [Fact]
    public async Task A_group_is_updated_when_it_is_due_in_the_name_of_the_schedule()
    {
        await using var portal = await StartAsync();
        portal.Evaluator.Matching.AddRange(await portal.PeopleAsync(3));
        var id = await portal.CreateSmartAsync(("XUpdateSchedule", "every 60"));

        await LookAsync(portal);
        var first = Assert.Single(await TasksAsync(portal, id));
        Assert.Equal((TaskOutcome.Applied, 3, "[schedule]", "schedule"), (first.Outcome, first.Adds, first.Account, first.Origin));
        Assert.Equal("[schedule]", (await portal.Get<HistoryReader>().OfPlanAsync(first.PlanId!.Value, CancellationToken.None))!.Account);

        portal.Clock.Advance(TimeSpan.FromMinutes(59));
        await LookAsync(portal);
        Assert.Single(await TasksAsync(portal, id));

        portal.Clock.Advance(TimeSpan.FromMinutes(1));
        await LookAsync(portal);
        Assert.Equal(TaskOutcome.NoChange, (await TasksAsync(portal, id))[0].Outcome);
    }

    [Fact]
    public async Task What_was_missed_for_a_week_is_made_up_for_once()
    {
        await using var portal = await StartAsync();
        var id = await portal.CreateSmartAsync(("XUpdateSchedule", "every 60"));
        await LookAsync(portal);

        portal.Clock.Advance(TimeSpan.FromDays(7));
        await portal.RestartAsync();
        await portal.Get<Replicas>().Of(portal.StoreId)!.BringUpToDateAsync(CancellationToken.None);
        await LookAsync(portal);
        await LookAsync(portal);

        Assert.Equal(2, (await TasksAsync(portal, id)).Count);
    }

    [Fact]
    public async Task A_container_speaks_for_its_groups_and_the_longest_due_comes_first()
    {
        await using var portal = await StartAsync();
        var late = await portal.CreateSmartAsync("Late");
        var early = await portal.CreateSmartAsync("Early", ("XUpdateSchedule", "every 30"));
        var never = await portal.CreateSmartAsync("Never", ("XUpdateSchedule", "off"));
        Assert.IsType<ContainerScheduleAnswer.Saved>(await portal.Schedules.SetContainerAsync(
            portal.StoreId, "DC=demo,DC=local", new UpdateSchedule.Every(60), TestPortal.From(null), CancellationToken.None));
        await LookAsync(portal);
        Assert.Equal(new[] { late, early }.ToHashSet(), (await TasksAsync(portal, group: null)).Select(task => task.GroupId).ToHashSet());

        portal.Clock.Advance(TimeSpan.FromHours(2));
        await LookAsync(portal);

        var tasks = await TasksAsync(portal, group: null);
        Assert.Equal([late, early], tasks.Take(2).Select(task => task.GroupId));
        Assert.DoesNotContain(never, tasks.Select(task => task.GroupId));
        Assert.Single(tasks.Take(2).Select(task => task.RunId).Distinct());
        Assert.True(tasks[1].Finished <= tasks[0].Started);
    }

    [Fact]
    public async Task A_membership_that_ends_at_noon_ends_at_noon_also_without_a_schedule()
    {
        await using var portal = await StartAsync();
        var person = (await portal.PeopleAsync(1))[0];
        var noon = portal.Clock.GetUtcNow() + TimeSpan.FromHours(3);
        var id = await portal.CreateSmartAsync(("Include", RuleValues.Write(new MembershipException(person.Id, "Holiday", noon, "ada"))));
        await portal.UpdateAsync(id);
        Assert.Equal([person.Id], await portal.MembersAsync(id));

        portal.Clock.Advance(TimeSpan.FromHours(3) - TimeSpan.FromSeconds(1));
        await LookAsync(portal);
        Assert.Single(await TasksAsync(portal, id));

        portal.Clock.Advance(TimeSpan.FromSeconds(1));
        await LookAsync(portal);
        Assert.Equal(2, (await TasksAsync(portal, id)).Count);
        await LookAsync(portal);
        Assert.Equal(2, (await TasksAsync(portal, id)).Count);
    }

    [Fact]
    public async Task A_group_that_somebody_updates_just_now_is_left_alone()
    {
        await using var portal = await StartAsync();
        var id = await portal.CreateSmartAsync(("XUpdateSchedule", "every 60"));
        var (entered, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        portal.Probe.Listener = point =>
        {
            if (point == RunnerProbe.TaskClaimed)
            {
                entered.TrySetResult();
                go.Task.Wait(TimeSpan.FromSeconds(30));
            }
        };
        var mine = Assert.IsType<UpdateAnswer.Started>(await portal.StartUpdateAsync(id));
        await entered.Task;

        await LookAsync(portal);
        go.SetResult();

        await portal.WaitForTaskAsync(mine.TaskId);
        Assert.Equal([mine.TaskId], (await TasksAsync(portal, id)).Select(task => task.Id));
    }

    [Fact]
    public async Task Nothing_runs_while_the_replica_is_loading()
    {
        await using var portal = await TestPortal.StartAsync();
        var id = await portal.CreateSmartAsync(("XUpdateSchedule", "every 60"));

        await LookAsync(portal);
        Assert.Empty(await TasksAsync(portal, id));

        await portal.Get<Replicas>().Of(portal.StoreId)!.BringUpToDateAsync(CancellationToken.None);
        await LookAsync(portal);
        Assert.Single(await TasksAsync(portal, id));
    }

    [Fact]
    public async Task A_directory_that_does_not_answer_fails_one_update_removes_nobody_and_is_tried_again_later()
    {
        await using var portal = await StartAsync();
        portal.Evaluator.Matching.AddRange(await portal.PeopleAsync(3));
        var groups = new[] { await portal.CreateSmartAsync("One", ("XUpdateSchedule", "every 60")), await portal.CreateSmartAsync("Two", ("XUpdateSchedule", "every 60")) };
        await LookAsync(portal);
        portal.Clock.Advance(TimeSpan.FromHours(1));
        portal.Evaluator.Instead = new SmartEvaluation.Failed(new DirectoryError.Unavailable());

        await LookAsync(portal);
        await LookAsync(portal);
        var failed = Assert.Single(await TasksAsync(portal, group: null), task => task.Outcome == TaskOutcome.Failed);
        Assert.Equal("Unavailable", failed.ErrorCode);
        Assert.NotEmpty(failed.Message!);

        // It rests for a minute, then for two; each look of those tries one.
        portal.Clock.Advance(TimeSpan.FromMinutes(1));
        await LookAsync(portal);
        portal.Clock.Advance(TimeSpan.FromMinutes(1));
        await LookAsync(portal);
        Assert.Equal(2, (await TasksAsync(portal, group: null)).Count(task => task.Outcome == TaskOutcome.Failed));
        Assert.All(groups, group => Assert.Equal(3, portal.MembersAsync(group).GetAwaiter().GetResult().Count));

        portal.Evaluator.Instead = null;
        portal.Clock.Advance(TimeSpan.FromMinutes(30));
        await LookAsync(portal);
        foreach (var group in groups)
        {
            Assert.Equal(TaskOutcome.NoChange, (await TasksAsync(portal, group))[0].Outcome);
        }
    }

    [Fact]
    public async Task A_held_group_goes_on_being_evaluated_and_stays_held_since_then()
    {
        await using var portal = await StartAsync();
        portal.Evaluator.Matching.AddRange(await portal.PeopleAsync(8));
        var id = await portal.CreateSmartAsync(("XUpdateSchedule", "every 60"));
        await LookAsync(portal);
        portal.Evaluator.Matching.Clear();
        portal.Clock.Advance(TimeSpan.FromHours(1));
        await LookAsync(portal);
        var held = (await portal.Get<HeldPlans>().GetAsync(portal.StoreId, id, CancellationToken.None))!;

        portal.Clock.Advance(TimeSpan.FromHours(1));
        await LookAsync(portal);

        Assert.Equal([TaskOutcome.Held, TaskOutcome.Held, TaskOutcome.Applied], (await TasksAsync(portal, id)).Select(task => task.Outcome));
        var now = (await portal.Get<HeldPlans>().GetAsync(portal.StoreId, id, CancellationToken.None))!;
        Assert.Equal((held.Since, held.Hash, "[schedule]"), (now.Since, now.Hash, now.Account));
        Assert.IsType<DecisionAnswer.Approved>(await portal.Get<HeldPlans>().ApproveAsync(portal.StoreId, id, now.Hash, "They have left", TestPortal.From(TestPortal.Hal), CancellationToken.None));
    }

    /// <summary>Deleted by somebody else's tool: nothing here has heard of it.</summary>
    [Fact]
    public async Task What_is_remembered_of_a_group_that_is_gone_goes_too()
    {
        await using var portal = await StartAsync();
        portal.Evaluator.Matching.AddRange(await portal.PeopleAsync(8));
        var gone = await portal.CreateSmartAsync("Gone", ("XUpdateSchedule", "every 60"));
        var other = await portal.CreateSmartAsync("Other", ("XUpdateSchedule", "every 60"));
        await LookAsync(portal);
        await portal.Store.WriteAsync(new DirectoryWrite.DeleteGroup(0, 0), new WriteTarget(gone, null), CancellationToken.None);
        await portal.Get<Replicas>().Of(portal.StoreId)!.BringUpToDateAsync(CancellationToken.None);

        portal.Clock.Advance(TimeSpan.FromHours(1));
        await LookAsync(portal);

        Assert.Single(await TasksAsync(portal, gone));
        await using var state = await portal.OpenStateAsync();
        Assert.Equal([other], state.GroupRuns.Select(run => run.GroupId).ToList());
    }

    [Fact]
    public async Task A_round_that_is_stopped_leaves_the_rest_due()
    {
        await using var portal = await StartAsync();
        var groups = new[] { await portal.CreateSmartAsync("One", ("XUpdateSchedule", "every 60")), await portal.CreateSmartAsync("Two", ("XUpdateSchedule", "every 60")) };
        using var stopping = new CancellationTokenSource();
        portal.Probe.Listener = point =>
        {
            if (point == RunnerProbe.BeforeTaskEnd)
            {
                stopping.Cancel();
            }
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => portal.Get<ScheduleRound>().RunAsync(portal.StoreId, stopping.Token));
        await LookAsync(portal);

        foreach (var group in groups)
        {
            Assert.Single(await TasksAsync(portal, group));
        }
    }

    /// <summary>Every few seconds for as long as the portal runs: it must cost next to nothing, however many groups there are.</summary>
    [Fact]
    public async Task A_look_at_groups_that_are_not_due_asks_no_directory_and_no_more_for_many_than_for_few()
    {
        await using var portal = await StartAsync();
        await portal.CreateSmartAsync("First", ("XUpdateSchedule", "every 60"));
        await LookAsync(portal);
        var few = await CostAsync(portal);
        for (var number = 0; number < 10; number++)
        {
            await portal.CreateSmartAsync($"Group {number}", ("XUpdateSchedule", "every 60"));
        }

        await LookAsync(portal);
        var many = await CostAsync(portal);

        Assert.Equal((few, 0), (many, portal.Statements.Writes));
        Assert.InRange(many, 1, 5);
    }

    private static async Task<int> CostAsync(TestPortal portal)
    {
        var (groupReads, replicaReads) = (portal.Store.GroupReads, portal.Store.ReplicaReads.Count);
        portal.Statements.Reset();
        await LookAsync(portal);
        Assert.Equal((groupReads, replicaReads), (portal.Store.GroupReads, portal.Store.ReplicaReads.Count));
        return portal.Statements.Reads;
    }

    private static async Task<TestPortal> StartAsync()
    {
        var portal = await TestPortal.StartAsync();
        await portal.Get<Replicas>().Of(portal.StoreId)!.BringUpToDateAsync(CancellationToken.None);
        return portal;
    }

    private static Task LookAsync(TestPortal portal) => portal.Get<ScheduleRound>().RunAsync(portal.StoreId, CancellationToken.None);

    /// <summary>The newest first.</summary>
    private static async Task<IReadOnlyList<TaskInfo>> TasksAsync(TestPortal portal, Guid? group) =>
        (await portal.Get<SmartUpdates>().RecentAsync(portal.StoreId, group, account: null, 0, 100, CancellationToken.None)).Items;
}
