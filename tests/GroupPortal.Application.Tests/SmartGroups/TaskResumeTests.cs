using GroupPortal.Application.History;
using GroupPortal.Application.Jobs;
using GroupPortal.Application.SmartGroups;
using GroupPortal.Application.Tasks;
using GroupPortal.Application.Tests.Support;
using GroupPortal.Core.Directories;
using Microsoft.EntityFrameworkCore;

namespace GroupPortal.Application.Tests.SmartGroups;

/// <summary>A process that ends between any two steps of a task, and the next one that finishes it: nothing lost, nothing twice.</summary>
public sealed class TaskResumeTests
{
    private const int MembersPerWrite = 2;

    public static TheoryData<string, int> Points()
    {
        var points = new TheoryData<string, int>();
        foreach (var point in RunnerProbe.TaskPoints)
        {
            points.Add(point, 1);
        }

        foreach (var point in RunnerProbe.Points)
        {
            var isOnce = point is RunnerProbe.BeforeClose or RunnerProbe.AfterClose;
            for (var time = 1; time <= (isOnce ? 1 : 2); time++)
            {
                points.Add(point, time);
            }
        }

        return points;
    }

    [Theory]
    [MemberData(nameof(Points))]
    public async Task An_update_of_three_writes_is_finished_exactly_once(string point, int time)
    {
        await using var portal = await TestPortal.StartAsync();
        portal.Store.MembersPerWrite = MembersPerWrite;
        var people = await portal.PeopleAsync(8);
        portal.Evaluator.Matching.AddRange(people.Take(4));
        var id = await portal.CreateSmartAsync();
        await portal.UpdateAsync(id);
        portal.Store.Written.Clear();
        portal.Evaluator.Matching.RemoveAt(0);
        portal.Evaluator.Matching.AddRange(people.Skip(4));

        var crash = Crash(portal, point, time);
        var task = Assert.IsType<UpdateAnswer.Started>(await portal.StartUpdateAsync(id)).TaskId;
        Assert.True(await crash.Task.WaitAsync(TimeSpan.FromSeconds(30)));
        await portal.RestartAsync();

        var ended = await portal.WaitForTaskAsync(task);
        Assert.Equal((TaskState.Finished, TaskOutcome.Applied, 0), (ended.State, ended.Outcome, ended.Errors));
        Assert.Equal(people.Skip(1).Select(person => person.Id).ToHashSet(), await portal.MembersAsync(id));
        await AssertOnceAsync(portal, id);
    }

    /// <summary>What a second person agreed to is neither lost nor asked for again, and his reason goes with it.</summary>
    [Theory]
    [InlineData(RunnerProbe.TaskClaimed)]
    [InlineData(RunnerProbe.TaskPlanned)]
    [InlineData(RunnerProbe.AfterDispatchRow)]
    [InlineData(RunnerProbe.AfterSend)]
    [InlineData(RunnerProbe.BeforeClose)]
    [InlineData(RunnerProbe.TaskApplied)]
    [InlineData(RunnerProbe.BeforeTaskEnd)]
    public async Task An_approved_update_is_finished_with_its_reason(string point)
    {
        await using var portal = await TestPortal.StartAsync();
        portal.Evaluator.Matching.AddRange(await portal.PeopleAsync(8));
        var id = await portal.CreateSmartAsync();
        await portal.UpdateAsync(id);
        portal.Evaluator.Matching.Clear();
        await portal.UpdateAsync(id);
        var held = (await portal.Get<HeldPlans>().GetAsync(portal.StoreId, id, CancellationToken.None))!;

        var crash = Crash(portal, point, time: 1);
        var answer = await portal.Get<HeldPlans>().ApproveAsync(portal.StoreId, id, held.Hash, "They have left", TestPortal.From(TestPortal.Hal), CancellationToken.None);
        Assert.True(await crash.Task.WaitAsync(TimeSpan.FromSeconds(30)));
        await portal.RestartAsync();

        var ended = await portal.WaitForTaskAsync(Assert.IsType<DecisionAnswer.Approved>(answer).TaskId);
        Assert.Equal((TaskOutcome.Applied, 8), (ended.Outcome, ended.Removes));
        Assert.Empty(await portal.MembersAsync(id));
        Assert.Null(await portal.Get<HeldPlans>().GetAsync(portal.StoreId, id, CancellationToken.None));
        var entries = (await portal.Get<HistoryReader>().OfGroupAsync(portal.StoreId, id, 0, 10, CancellationToken.None)).Items;
        Assert.Equal(("hal", "hal", "ada", "They have left"), (entries[0].Account, entries[0].DecidedBy, entries[0].AskedBy, entries[0].Reason));
        Assert.Equal(2, entries.Count(entry => entry.Kind == Core.Plans.PlanKind.Recompute));
    }

    private static async Task AssertOnceAsync(TestPortal portal, Guid id)
    {
        await using var state = await portal.OpenStateAsync();
        Assert.Equal(2, await state.History.CountAsync(entry => entry.GroupId == id && entry.Kind == Core.Plans.PlanKind.Recompute));
        Assert.Empty(await state.Tasks.Where(one => one.State != TaskState.Finished).ToListAsync());
        Assert.Empty(await state.Plans.Where(plan => plan.State == Application.Groups.PlanState.Running).ToListAsync());
        var members = portal.Store.Written.OfType<DirectoryWrite.ChangeMembers>().SelectMany(write => write.Members).Select(member => (member.Id, member.Add)).ToList();
        Assert.Equal(members.Distinct(), members);
        Assert.Equal(5, members.Count);
    }

    /// <summary>From that moment on nothing of this process goes any further, as if it were gone.</summary>
    private static TaskCompletionSource<bool> Crash(TestPortal portal, string point, int time)
    {
        var crashed = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var left = time;
        portal.Probe.Listener = reached =>
        {
            if (crashed.Task.IsCompleted || (reached == point && Interlocked.Decrement(ref left) == 0))
            {
                crashed.TrySetResult(true);
                throw new SimulatedCrashException();
            }
        };
        return crashed;
    }

    private sealed class SimulatedCrashException : Exception;
}
