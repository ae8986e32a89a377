using GroupPortal.Application.History;
using GroupPortal.Application.Jobs;
using GroupPortal.Application.Tests.Support;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using GroupPortal.Core.Results;
using Microsoft.EntityFrameworkCore;

namespace GroupPortal.Application.Tests.Jobs;

/// <summary>A process that ends between any two steps of an apply, and the next one that finishes the plan.</summary>
public sealed class ResumeTests
{
    private const int MembersPerWrite = 3;

    public static TheoryData<string, int> Points()
    {
        var points = new TheoryData<string, int>();
        foreach (var point in RunnerProbe.Points)
        {
            var isOnce = point is RunnerProbe.BeforeClose or RunnerProbe.AfterClose;
            for (var time = 1; time <= (isOnce ? 1 : point == RunnerProbe.AfterAnswerRow ? 3 : 4); time++)
            {
                points.Add(point, time);
            }
        }

        return points;
    }

    [Theory]
    [MemberData(nameof(Points))]
    public async Task A_create_of_four_writes_is_finished_exactly_once(string point, int time)
    {
        await using var portal = await TestPortal.StartAsync(withWorker: false);
        portal.Store.MembersPerWrite = MembersPerWrite;
        var people = await portal.PeopleAsync(4 * MembersPerWrite);
        var plan = await portal.PlanAsync(Requests.Create("Night Shift", people.Select(person => person.Id)));

        await CrashAndResumeAsync(portal, plan, point, time);

        var result = await portal.WaitAsync(plan.Id);
        Assert.Equal(StepStatus.Done, result.Status);
        Assert.All(result.Rows, row => Assert.Equal(StepStatus.Done, row.Status));
        Assert.Equal(people.Select(person => person.Id).ToHashSet(), await portal.MembersAsync(result.GroupId!.Value));
        Assert.Single(portal.Store.Written.OfType<DirectoryWrite.CreateGroup>());
        await AssertOnceAsync(portal, plan);
    }

    [Theory]
    [MemberData(nameof(Points))]
    public async Task An_update_with_a_rename_a_modify_and_members_is_finished_exactly_once(string point, int time)
    {
        await using var portal = await TestPortal.StartAsync(withWorker: false);
        portal.Store.MembersPerWrite = MembersPerWrite;
        var people = await portal.PeopleAsync(2 * MembersPerWrite);
        var id = await CreateByHandAsync(portal);
        portal.Store.Written.Clear();
        var plan = await portal.PlanAsync(Requests.Members(id, ChangeMode.Add, people.Select(person => person.Id)) with
        {
            Name = "Day Shift",
            Attributes = [new("description", ChangeMode.Set, ["By day"]), new("XGroupSecurity", ChangeMode.Set, ["Public"])],
        });

        await CrashAndResumeAsync(portal, plan, point, time);

        var result = await portal.WaitAsync(plan.Id);
        Assert.All(result.Rows, row => Assert.Equal(StepStatus.Done, row.Status));
        var group = await portal.GroupAsync(id);
        Assert.Equal(("Day Shift", "By day", GroupSecurityType.Public, 2L), (group.Name, group.Attributes.First("description"), group.SecurityType, group.Version.Portal));
        Assert.Equal(people.Select(person => person.Id).ToHashSet(), await portal.MembersAsync(id));
        await AssertOnceAsync(portal, plan);
    }

    [Theory]
    [MemberData(nameof(Points))]
    public async Task A_refusal_that_is_being_halved_goes_on_where_it_was(string point, int time)
    {
        await using var portal = await TestPortal.StartAsync(withWorker: false);
        var people = await portal.PeopleAsync(4);
        var id = await CreateByHandAsync(portal);
        portal.Store.BeforeWrite = write => write is DirectoryWrite.ChangeMembers members && members.Members.Any(member => member.Id == people[3].Id)
            ? new DirectoryWriteAnswer.Refused(new DirectoryError.InvalidValue())
            : null;
        var plan = await portal.PlanAsync(Requests.Members(id, ChangeMode.Add, people.Select(person => person.Id)));

        await CrashAndResumeAsync(portal, plan, point, time);

        var result = await portal.WaitAsync(plan.Id);
        Assert.Equal([StepStatus.Done, StepStatus.Done, StepStatus.Done, StepStatus.Failed], result.Rows.Select(row => row.Status));
        Assert.Equal(3, (await portal.MembersAsync(id)).Count);
        await AssertOnceAsync(portal, plan);
    }

    [Theory]
    [InlineData(RunnerProbe.AfterDispatchRow)]
    [InlineData(RunnerProbe.AfterSend)]
    [InlineData(RunnerProbe.BeforeClose)]
    [InlineData(RunnerProbe.AfterClose)]
    public async Task All_or_nothing_stops_at_a_line_that_failed_inside_of_a_write_wherever_the_process_ends(string point)
    {
        await using var portal = await TestPortal.StartAsync(withWorker: false);
        portal.Store.MembersPerWrite = MembersPerWrite;
        var people = await portal.PeopleAsync(2 * MembersPerWrite);
        var id = await CreateByHandAsync(portal);
        portal.Store.Written.Clear();
        portal.Store.AfterWrite = HalfDone;
        portal.Store.BeforeSettle = write => HalfDone(write, new DirectoryWriteAnswer.Applied(id, null, []));
        var plan = await portal.PlanAsync(Requests.Members(id, ChangeMode.Add, people.Select(person => person.Id)) with { IsStrict = true });

        await CrashAndResumeAsync(portal, plan, point, time: 1);

        var result = await portal.WaitAsync(plan.Id);
        Assert.Equal(
            [StepStatus.Done, StepStatus.Failed, StepStatus.Done, StepStatus.NotAttempted, StepStatus.NotAttempted, StepStatus.NotAttempted],
            result.Rows.Select(row => row.Status));
        Assert.All(result.Rows.Skip(3), row => Assert.IsType<DirectoryError.InvalidValue>(row.Outcome!.Error));
        Assert.True(portal.Store.Written.Count <= 1);
        await AssertOnceAsync(portal, plan);

        static DirectoryWriteAnswer HalfDone(DirectoryWrite write, DirectoryWriteAnswer answer) =>
            write is DirectoryWrite.ChangeMembers && answer is DirectoryWriteAnswer.Applied applied
                ? applied with { Outcomes = [new StepOutcome(write.Steps.Skip(1).First(), StepStatus.Failed, new DirectoryError.InvalidValue())] }
                : answer;
    }

    /// <summary>The team is the last write, and three times put off before it is left to a task: five journal rows after the create's.</summary>
    [Theory]
    [MemberData(nameof(Points))]
    public async Task A_team_that_is_put_off_becomes_one_task_wherever_the_process_ends(string point, int time)
    {
        await using var portal = await TestPortal.StartAsync(StoreKind.EntraId, withWorker: false);
        portal.Store.BeforeWrite = write => write is DirectoryWrite.MakeTeam
            ? new DirectoryWriteAnswer.NotYet(new DirectoryError.NotFound(), TimeSpan.FromSeconds(10))
            : null;
        portal.Store.BeforeSettle = write => write is DirectoryWrite.MakeTeam
            ? new DirectoryWriteAnswer.NotYet(new DirectoryError.NotFound(), TimeSpan.FromSeconds(10))
            : null;
        var plan = await portal.PlanAsync(Requests.Create("Project") with { Attributes = [new("groupType", ChangeMode.Set, ["32"]), new("XGroupSecurity", ChangeMode.Set, ["Public"])] });

        await CrashAndResumeAsync(portal, plan, point, time);

        var result = await portal.WaitAsync(plan.Id);
        Assert.Equal(StepStatus.Waiting, Assert.Single(result.Rows, row => row.Status != StepStatus.Done).Status);
        Assert.Equal(GroupSecurityType.Public, (await portal.GroupAsync(result.GroupId!.Value)).SecurityType);
        await using (var state = await portal.OpenStateAsync())
        {
            Assert.Equal(plan.Id, Assert.Single(await state.Tasks.ToListAsync()).PlanId);
        }

        await AssertOnceAsync(portal, plan);
    }

    [Theory]
    [InlineData(RunnerProbe.AfterDispatchRow)]
    [InlineData(RunnerProbe.AfterSend)]
    public async Task A_deletion_is_finished_exactly_once(string point)
    {
        await using var portal = await TestPortal.StartAsync(withWorker: false);
        var id = await CreateByHandAsync(portal);
        var plan = await portal.PlanAsync(Requests.Delete(id));

        await CrashAndResumeAsync(portal, plan, point, time: 1);

        Assert.Equal(StepStatus.Done, (await portal.WaitAsync(plan.Id)).Status);
        Assert.Single(portal.Store.Written.OfType<DirectoryWrite.DeleteGroup>());
        await AssertOnceAsync(portal, plan);
    }

    [Fact]
    public async Task A_plan_whose_writes_came_out_differently_is_reported_as_unknown()
    {
        await using var portal = await TestPortal.StartAsync(withWorker: false);
        portal.Store.MembersPerWrite = MembersPerWrite;
        var people = await portal.PeopleAsync(2 * MembersPerWrite);
        var id = await CreateByHandAsync(portal);
        var plan = await portal.PlanAsync(Requests.Members(id, ChangeMode.Add, people.Select(person => person.Id)));
        await CrashAsync(portal, plan, RunnerProbe.AfterSend, time: 1);

        portal.Store.MembersPerWrite = 2;
        await portal.RestartAsync();

        var result = await portal.WaitAsync(plan.Id);
        Assert.All(result.Rows, row => Assert.Equal(StepStatus.Unknown, row.Status));
    }

    [Fact]
    public async Task A_conflict_that_arose_while_the_portal_was_down_is_noticed()
    {
        await using var portal = await TestPortal.StartAsync(withWorker: false);
        var id = await CreateByHandAsync(portal);
        var ours = await portal.PlanAsync(Requests.Update(id, false, ("description", "Ours"), ("XGroupSecurity", "Public")));
        var theirs = await portal.PlanAsync(Requests.Update(id, false, ("XGroupSecurity", "Semi_Private")));
        await CrashAsync(portal, ours, RunnerProbe.AfterDispatchRow, time: 1);
        await portal.ApplyAsync(theirs.Id);
        await portal.Get<PlanRunner>().RunAsync(theirs.Id, isResumed: false, CancellationToken.None);

        await portal.RestartAsync();

        var result = await portal.WaitAsync(ours.Id);
        Assert.True(result.IsConflict);
        Assert.Null((await portal.GroupAsync(id)).Attributes.First("description"));
    }

    private static async Task<Guid> CreateByHandAsync(TestPortal portal)
    {
        var plan = await portal.PlanAsync(Requests.Create("Night Shift"));
        await portal.ApplyAsync(plan.Id);
        await portal.Get<PlanRunner>().RunAsync(plan.Id, isResumed: false, CancellationToken.None);
        return (await portal.WaitAsync(plan.Id)).GroupId!.Value;
    }

    private static async Task CrashAndResumeAsync(TestPortal portal, GroupPlan plan, string point, int time)
    {
        await CrashAsync(portal, plan, point, time);
        await portal.RestartAsync();

        // Ended before it was even claimed: the person clicks again.
        if (await portal.Groups.GetProgressAsync(plan.Id, CancellationToken.None) is { State: Application.Groups.PlanState.Planned })
        {
            await portal.ApplyAsync(plan.Id, confirmedHash: plan.Hash);
        }
    }

    private static async Task CrashAsync(TestPortal portal, GroupPlan plan, string point, int time)
    {
        var left = time;
        portal.Probe.Listener = reached =>
        {
            if (reached == point && --left == 0)
            {
                throw new SimulatedCrashException();
            }
        };
        await Assert.ThrowsAsync<SimulatedCrashException>(async () =>
        {
            await portal.ApplyAsync(plan.Id, confirmedHash: plan.Hash);
            await portal.Get<PlanRunner>().RunAsync(plan.Id, isResumed: false, CancellationToken.None);
        });
        portal.Probe.Listener = null;
    }

    private static async Task AssertOnceAsync(TestPortal portal, GroupPlan plan)
    {
        Assert.NotNull(await portal.Get<HistoryReader>().OfPlanAsync(plan.Id, CancellationToken.None));
        await using var state = await portal.OpenStateAsync();
        Assert.Equal(1, await state.History.CountAsync(entry => entry.PlanId == plan.Id));
        Assert.DoesNotContain(await state.Journal.Where(row => row.PlanId == plan.Id).ToListAsync(), row => row.Answer == Application.Storage.JournalAnswer.None);

        // A write that had been carried out was never sent a second time.
        var sent = portal.Store.Written.Select(WriteQueue.Describe).ToList();
        Assert.Equal(sent.Distinct(), sent);
    }

    private sealed class SimulatedCrashException : Exception;
}
