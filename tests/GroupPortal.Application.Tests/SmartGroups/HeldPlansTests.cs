using GroupPortal.Application.Groups;
using GroupPortal.Application.History;
using GroupPortal.Application.Schedules;
using GroupPortal.Application.SmartGroups;
using GroupPortal.Application.Storage;
using GroupPortal.Application.Tasks;
using GroupPortal.Application.Tests.Support;
using GroupPortal.Core.Access;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using GroupPortal.Core.Results;

namespace GroupPortal.Application.Tests.SmartGroups;

/// <summary>What the guard holds, who lets it go on, and what becomes of it meanwhile.</summary>
public sealed class HeldPlansTests
{
    private static readonly Person Ida = new("ida", "Ida", PortalRole.Administrator);

    [Fact]
    public async Task An_update_that_would_empty_the_group_is_held_and_writes_nothing()
    {
        await using var portal = await TestPortal.StartAsync();
        var id = await FilledAsync(portal);
        portal.Evaluator.Matching.Clear();

        var task = await portal.UpdateAsync(id);

        Assert.Equal((TaskOutcome.Held, 8, "PolicyBlocked"), (task.Outcome, task.Removes, task.ErrorCode));
        Assert.Empty(portal.Store.Written);
        var held = Assert.Single((await portal.Get<HeldPlans>().ListAsync(new HeldFilter(portal.StoreId), 0, 10, CancellationToken.None)).Items);
        Assert.Equal((id, "ada", "ada", HeldState.Open), (held.GroupId, held.Account, held.RuleBy, held.State));
        Assert.Equal(["Empties", "RemoveShare"], held.Guard.Holds);
        var rows = await portal.Groups.GetRowsAsync(held.PlanId, new RowFilter(), 0, 5, CancellationToken.None);
        Assert.Equal((8L, 5), (rows.Total, rows.Items.Count));
    }

    [Fact]
    public async Task Another_person_approves_it_with_a_reason_and_it_is_carried_out()
    {
        await using var portal = await TestPortal.StartAsync();
        var (id, held) = await HeldAsync(portal);

        var answer = await DecideAsync(portal, held, Ida, "They have left");

        var task = await portal.WaitForTaskAsync(Assert.IsType<DecisionAnswer.Approved>(answer).TaskId);
        Assert.Equal((TaskOutcome.Applied, 8, "ida"), (task.Outcome, task.Removes, task.Account));
        Assert.Empty(await portal.MembersAsync(id));
        Assert.Null(await portal.Get<HeldPlans>().GetAsync(portal.StoreId, id, CancellationToken.None));
        var entry = (await portal.Get<HistoryReader>().OfPlanAsync(task.PlanId!.Value, CancellationToken.None))!;
        Assert.Equal((StepStatus.Done, 8, "ida", "ida", "ada", "They have left"), (entry.Status, entry.Done, entry.Account, entry.DecidedBy, entry.AskedBy, entry.Reason));
    }

    [Fact]
    public async Task A_rejection_is_history_with_its_reason_and_its_lines()
    {
        await using var portal = await TestPortal.StartAsync();
        var (id, held) = await HeldAsync(portal);

        Assert.IsType<DecisionAnswer.Rejected>(await portal.Get<HeldPlans>().RejectAsync(portal.StoreId, id, held.Hash, "A wrong source", TestPortal.From(Ida), CancellationToken.None));

        var entry = (await portal.Get<HistoryReader>().OfPlanAsync(held.PlanId, CancellationToken.None))!;
        Assert.Equal((StepStatus.Cancelled, id, 0, 8), (entry.Status, entry.GroupId!.Value, entry.Done, entry.Open));
        Assert.Equal(("ida", "ida", "ada", "A wrong source", "test"), (entry.Account, entry.DecidedBy, entry.AskedBy, entry.Reason, entry.Origin));
        portal.Clock.Advance(TimeSpan.FromDays(30));
        portal.Evaluator.Matching.Add((await portal.PeopleAsync(1))[0]);
        await portal.UpdateAsync(id);
        await portal.Get<PlanStore>().RemoveUnusedAsync(portal.Clock.GetUtcNow() - TimeSpan.FromDays(1), CancellationToken.None);
        var rows = await portal.Groups.GetRowsAsync(held.PlanId, new RowFilter(), 0, 10, CancellationToken.None);
        Assert.Equal(8, rows.Items.Count);
        Assert.All(rows.Items, row => Assert.Equal(StepStatus.Cancelled, row.Status));
    }

    [Fact]
    public async Task What_was_rejected_is_listed_apart_with_the_reason()
    {
        await using var portal = await TestPortal.StartAsync();
        var (id, held) = await HeldAsync(portal);
        await portal.Get<HeldPlans>().RejectAsync(portal.StoreId, id, held.Hash, "A wrong source", TestPortal.From(Ida), CancellationToken.None);

        var rejected = Assert.Single((await portal.Get<HeldPlans>().ListAsync(new HeldFilter(portal.StoreId, HeldState.Rejected), 0, 10, CancellationToken.None)).Items);

        Assert.Equal((id, HeldState.Rejected, "A wrong source", "ida"), (rejected.GroupId, rejected.State, rejected.Reason, rejected.DecidedBy));
        Assert.IsType<DecisionAnswer.Changed>(await DecideAsync(portal, held, TestPortal.Hal, "All the same"));
    }

    [Fact]
    public async Task A_schedule_that_replaces_what_is_held_does_not_become_the_one_who_asked()
    {
        await using var portal = await TestPortal.StartAsync();
        var id = await FilledAsync(portal);
        portal.Evaluator.Matching.Clear();
        await portal.UpdateAsync(id, TestPortal.Hal);
        portal.Evaluator.Matching.Add((await portal.PeopleAsync(1))[0]);

        await portal.UpdateAsync(id, ScheduleRequester.Now().Person);

        var held = (await portal.Get<HeldPlans>().GetAsync(portal.StoreId, id, CancellationToken.None))!;
        Assert.Equal("hal", held.Account);
        Assert.Equal("OwnApproval", Assert.IsType<DecisionAnswer.Denied>(await DecideAsync(portal, held, TestPortal.Hal, "Mine")).Decision.Reason);
        Assert.IsType<DecisionAnswer.Approved>(await DecideAsync(portal, held, Ida, "Not mine"));
    }

    [Fact]
    public async Task A_group_that_becomes_static_is_held_no_longer()
    {
        await using var portal = await TestPortal.StartAsync();
        var (id, _) = await HeldAsync(portal);

        await portal.DoAsync(Requests.Update(id, attributes: ("IMSGManagedGroupType", "1")));

        Assert.Null(await portal.Get<HeldPlans>().GetAsync(portal.StoreId, id, CancellationToken.None));
        Assert.Equal(8, (await portal.MembersAsync(id)).Count);
    }

    [Theory]
    [InlineData("ada", PortalRole.Administrator, "OwnApproval")]
    [InlineData("ADA", PortalRole.Administrator, "OwnApproval")]
    [InlineData("uma", PortalRole.User, "ApproveNotAllowed")]
    public async Task Who_asked_for_it_and_who_has_no_right_do_not_approve_it(string account, PortalRole role, string reason)
    {
        await using var portal = await TestPortal.StartAsync();
        var (id, held) = await HeldAsync(portal);

        var answer = await DecideAsync(portal, held, new Person(account, account, role), "Because");

        Assert.Equal(reason, Assert.IsType<DecisionAnswer.Denied>(answer).Decision.Reason);
        Assert.Equal(8, (await portal.MembersAsync(id)).Count);
    }

    [Fact]
    public async Task Who_wrote_the_rule_does_not_approve_what_another_asked_for()
    {
        await using var portal = await TestPortal.StartAsync();
        var id = await FilledAsync(portal);
        portal.Evaluator.Matching.Clear();
        await portal.UpdateAsync(id, TestPortal.Hal);
        var held = (await portal.Get<HeldPlans>().GetAsync(portal.StoreId, id, CancellationToken.None))!;

        Assert.Equal("OwnApproval", Assert.IsType<DecisionAnswer.Denied>(await DecideAsync(portal, held, TestPortal.Ada, "Mine")).Decision.Reason);
        Assert.IsType<DecisionAnswer.Approved>(await DecideAsync(portal, held, Ida, "Not mine"));
    }

    [Fact]
    public async Task An_update_of_a_protected_group_goes_on_by_a_second_administrator_alone()
    {
        await using var portal = await TestPortal.StartAsync();
        var (id, held) = await ProtectedAsync(portal);

        Assert.Equal("Protected", Assert.IsType<DecisionAnswer.Denied>(await DecideAsync(portal, held, TestPortal.Hal, "Fine")).Decision.Reason);
        Assert.Equal("OwnApproval", Assert.IsType<DecisionAnswer.Denied>(await DecideAsync(portal, held, TestPortal.Ada, "Fine")).Decision.Reason);
        var approved = Assert.IsType<DecisionAnswer.Approved>(await DecideAsync(portal, held, Ida, "He has left"));

        var task = await portal.WaitForTaskAsync(approved.TaskId);
        Assert.Equal((TaskOutcome.Applied, 1), (task.Outcome, task.Removes));
        Assert.Equal(7, (await portal.MembersAsync(id)).Count);
    }

    [Fact]
    public async Task An_update_of_a_protected_group_is_rejected_as_any_other()
    {
        await using var portal = await TestPortal.StartAsync();
        var (id, held) = await ProtectedAsync(portal);

        Assert.IsType<DecisionAnswer.Rejected>(await portal.Get<HeldPlans>().RejectAsync(portal.StoreId, id, held.Hash, "Wrong", TestPortal.From(Ida), CancellationToken.None));
    }

    [Fact]
    public async Task An_administrator_rejects_also_his_own_wish_and_while_the_directory_is_away()
    {
        await using var portal = await TestPortal.StartAsync();
        var (id, held) = await HeldAsync(portal);
        portal.Store.ReadError = new Core.Directories.DirectoryError.Unavailable();

        Assert.IsType<DecisionAnswer.Rejected>(await portal.Get<HeldPlans>().RejectAsync(portal.StoreId, id, held.Hash, "Wrong", TestPortal.From(null), CancellationToken.None));
    }

    [Fact]
    public async Task A_decision_needs_a_reason()
    {
        await using var portal = await TestPortal.StartAsync();
        var (_, held) = await HeldAsync(portal);

        Assert.IsType<DecisionAnswer.ReasonMissing>(await DecideAsync(portal, held, Ida, " "));
    }

    /// <summary>Whoever approves may leave, or the process end, in the moment in which the decision stands.</summary>
    [Fact]
    public async Task What_is_approved_has_its_task_from_that_moment_on()
    {
        await using var portal = await TestPortal.StartAsync();
        var (id, held) = await HeldAsync(portal);
        using var leaving = new CancellationTokenSource();
        portal.Statements.OnCommit = leaving.Cancel;

        var answer = await portal.Get<HeldPlans>().ApproveAsync(portal.StoreId, id, held.Hash, "They have left", TestPortal.From(Ida), leaving.Token);

        portal.Statements.OnCommit = null;
        Assert.True(leaving.IsCancellationRequested);
        var task = await portal.WaitForTaskAsync(Assert.IsType<DecisionAnswer.Approved>(answer).TaskId);
        Assert.Equal((TaskOutcome.Applied, 8), (task.Outcome, task.Removes));
    }

    [Fact]
    public async Task The_next_evaluation_replaces_what_is_held_and_voids_its_approval()
    {
        await using var portal = await TestPortal.StartAsync();
        var (id, held) = await HeldAsync(portal);
        portal.Clock.Advance(TimeSpan.FromHours(1));
        portal.Evaluator.Matching.Add((await portal.PeopleAsync(1))[0]);
        await portal.UpdateAsync(id);

        var answer = await DecideAsync(portal, held, Ida, "Too late");

        var now = Assert.IsType<DecisionAnswer.Changed>(answer).Now;
        Assert.NotEqual(held.Hash, now.Hash);
        Assert.Equal(held.Since, now.Since);
        Assert.True(now.Planned > held.Planned);
        Assert.Equal(8, (await portal.MembersAsync(id)).Count);
    }

    [Fact]
    public async Task What_was_approved_and_is_another_when_it_is_carried_out_is_held_again()
    {
        await using var portal = await TestPortal.StartAsync();
        var (id, held) = await HeldAsync(portal);
        portal.Evaluator.Matching.Add((await portal.PeopleAsync(1))[0]);

        var answer = await DecideAsync(portal, held, Ida, "They have left");

        var task = await portal.WaitForTaskAsync(Assert.IsType<DecisionAnswer.Approved>(answer).TaskId);
        Assert.Equal((TaskOutcome.Held, 7), (task.Outcome, task.Removes));
        Assert.Equal(8, (await portal.MembersAsync(id)).Count);
        var again = (await portal.Get<HeldPlans>().GetAsync(portal.StoreId, id, CancellationToken.None))!;
        Assert.Equal((HeldState.Open, "ada"), (again.State, again.Account));
        Assert.IsType<DecisionAnswer.Approved>(await DecideAsync(portal, again, Ida, "These too"));
    }

    [Fact]
    public async Task The_same_evaluation_again_keeps_what_is_held()
    {
        await using var portal = await TestPortal.StartAsync();
        var (id, held) = await HeldAsync(portal);
        portal.Clock.Advance(TimeSpan.FromHours(1));

        await portal.UpdateAsync(id, Ida);

        Assert.Equal(held, await portal.Get<HeldPlans>().GetAsync(portal.StoreId, id, CancellationToken.None) is { } now ? now with { Guard = held.Guard } : null);
    }

    [Fact]
    public async Task What_was_rejected_is_not_shown_again_until_it_is_another()
    {
        await using var portal = await TestPortal.StartAsync();
        var (id, held) = await HeldAsync(portal);
        Assert.IsType<DecisionAnswer.Rejected>(await portal.Get<HeldPlans>().RejectAsync(portal.StoreId, id, held.Hash, "Wrong", TestPortal.From(Ida), CancellationToken.None));

        var again = await portal.UpdateAsync(id);
        Assert.Equal((TaskOutcome.Rejected, held.PlanId), (again.Outcome, again.PlanId));
        Assert.Contains("ida", again.Message, StringComparison.Ordinal);
        Assert.Contains("“Wrong”", again.Message, StringComparison.Ordinal);
        Assert.Empty((await portal.Get<HeldPlans>().ListAsync(new HeldFilter(), 0, 10, CancellationToken.None)).Items);

        portal.Evaluator.Matching.Add((await portal.PeopleAsync(1))[0]);
        await portal.UpdateAsync(id);
        Assert.Single((await portal.Get<HeldPlans>().ListAsync(new HeldFilter(), 0, 10, CancellationToken.None)).Items);
    }

    [Fact]
    public async Task Who_decides_sees_all_that_is_held_and_anybody_else_what_he_caused()
    {
        await using var portal = await TestPortal.StartAsync();
        var (id, held) = await HeldAsync(portal);
        var uma = new Person("uma", "Uma", PortalRole.User);

        Assert.Equal(id, Assert.Single(await ListAsync(Ida, HeldState.Open)).GroupId);
        Assert.Equal(id, Assert.Single(await ListAsync(TestPortal.Ada with { Role = PortalRole.User }, HeldState.Open)).GroupId);
        Assert.Empty(await ListAsync(uma, HeldState.Open));
        Assert.Equal(1, await portal.Get<HeldPlans>().CountAsync(HeldFilter.For(Ida), CancellationToken.None));

        await portal.Get<HeldPlans>().RejectAsync(portal.StoreId, id, held.Hash, "Wrong", TestPortal.From(Ida), CancellationToken.None);
        Assert.Equal(("ida", "Wrong"), Assert.Single(await ListAsync(Ida, HeldState.Rejected)) is { } rejected ? (rejected.DecidedBy, rejected.Reason) : default);
        Assert.Equal(0, await portal.Get<HeldPlans>().CountAsync(HeldFilter.For(Ida), CancellationToken.None));

        async Task<IReadOnlyList<HeldPlan>> ListAsync(Person person, HeldState state) =>
            (await portal.Get<HeldPlans>().ListAsync(HeldFilter.For(person, state), 0, 10, CancellationToken.None)).Items;
    }

    [Theory]
    [InlineData("ada", PortalRole.User, true)]
    [InlineData("ida", PortalRole.Administrator, true)]
    [InlineData("hal", PortalRole.Helpdesk, true)]
    [InlineData("nobody", PortalRole.User, false)]
    public async Task Who_would_come_and_go_is_told_to_those_who_see_to_the_group(string account, PortalRole role, bool mayRead)
    {
        await using var portal = await TestPortal.StartAsync();
        var (_, held) = await HeldAsync(portal);

        Assert.Equal(mayRead, await portal.Get<HeldPlans>().MayReadAsync(held, new Person(account, account, role), CancellationToken.None));
    }

    [Fact]
    public async Task Those_who_would_come_or_go_are_found_by_name()
    {
        await using var portal = await TestPortal.StartAsync();
        var (_, held) = await HeldAsync(portal);
        var all = (await RowsAsync(new RowFilter(Action: PlanAction.Remove))).Items;
        var name = all[3].Step.Target!.Label;

        Assert.Equal(8, all.Count);
        Assert.Empty((await RowsAsync(new RowFilter(Action: PlanAction.Add))).Items);
        var found = await RowsAsync(new RowFilter(Action: PlanAction.Remove, Search: name.ToUpperInvariant()));
        Assert.Equal((1L, name), (found.Total, Assert.Single(found.Items).Step.Target!.Label));
        var spaced = all.Where(row => row.Step.Target!.Label.Contains(' ', StringComparison.Ordinal)).ToList();
        var second = await portal.Groups.GetRowsAsync(held.PlanId, new RowFilter(Search: " "), 1, 2, CancellationToken.None);
        Assert.Equal(spaced.Count, second.Total);
        Assert.Equal([spaced[1].Step.Ordinal, spaced[2].Step.Ordinal], second.Items.Select(row => row.Step.Ordinal));

        Task<Core.Directories.Page<PlanRow>> RowsAsync(RowFilter filter) => portal.Groups.GetRowsAsync(held.PlanId, filter, 0, 10, CancellationToken.None);
    }

    [Fact]
    public async Task A_group_that_is_right_again_is_held_no_longer()
    {
        await using var portal = await TestPortal.StartAsync();
        var (id, _) = await HeldAsync(portal);
        portal.Evaluator.Matching.AddRange(await portal.PeopleAsync(8));

        Assert.Equal(TaskOutcome.NoChange, (await portal.UpdateAsync(id)).Outcome);

        Assert.Null(await portal.Get<HeldPlans>().GetAsync(portal.StoreId, id, CancellationToken.None));
    }

    /// <summary>The ordinary apply takes a hash as agreement; of what a rule decided it takes nothing.</summary>
    [Fact]
    public async Task Nobody_applies_a_held_update_past_its_approval()
    {
        await using var portal = await TestPortal.StartAsync();
        var (id, held) = await HeldAsync(portal);

        Assert.IsType<ApplyAnswer.PlanUnknown>(await portal.ApplyAsync(held.PlanId, TestPortal.Ada, held.Hash));
        Assert.IsType<PlanAnswer.GroupUnknown>(await portal.Groups.PlanAgainAsync(held.PlanId, TestPortal.From(null), CancellationToken.None));
        Assert.IsType<PlanAnswer.GroupUnknown>(await portal.Groups.PlanRetryAsync(held.PlanId, TestPortal.From(null), CancellationToken.None));
        Assert.Equal(8, (await portal.MembersAsync(id)).Count);
    }

    [Fact]
    public async Task What_is_held_is_not_swept_away()
    {
        await using var portal = await TestPortal.StartAsync();
        var (_, held) = await HeldAsync(portal);
        portal.Clock.Advance(TimeSpan.FromDays(30));

        await portal.Get<PlanStore>().RemoveUnusedAsync(portal.Clock.GetUtcNow() - TimeSpan.FromDays(1), CancellationToken.None);

        Assert.Equal(8, (await portal.Groups.GetRowsAsync(held.PlanId, new RowFilter(), 0, 5, CancellationToken.None)).Total);
    }

    private static Task<DecisionAnswer> DecideAsync(TestPortal portal, HeldPlan held, Person person, string reason) =>
        portal.Get<HeldPlans>().ApproveAsync(held.StoreId, held.GroupId, held.Hash, reason, TestPortal.From(person), CancellationToken.None);

    private static async Task<(Guid Id, HeldPlan Held)> ProtectedAsync(TestPortal portal)
    {
        var id = await FilledAsync(portal);
        portal.Store.Protected.Add(id);
        portal.Evaluator.Matching.RemoveAt(0);
        Assert.Equal(TaskOutcome.Held, (await portal.UpdateAsync(id)).Outcome);
        var held = (await portal.Get<HeldPlans>().GetAsync(portal.StoreId, id, CancellationToken.None))!;
        Assert.Equal(["Protected"], held.Guard.Holds);
        return (id, held);
    }

    private static async Task<(Guid Group, HeldPlan Held)> HeldAsync(TestPortal portal)
    {
        var id = await FilledAsync(portal);
        portal.Evaluator.Matching.Clear();
        await portal.UpdateAsync(id);
        return (id, (await portal.Get<HeldPlans>().GetAsync(portal.StoreId, id, CancellationToken.None))!);
    }

    private static async Task<Guid> FilledAsync(TestPortal portal)
    {
        portal.Evaluator.Matching.AddRange(await portal.PeopleAsync(8));
        var id = await portal.CreateSmartAsync();
        Assert.Equal(TaskOutcome.Applied, (await portal.UpdateAsync(id)).Outcome);
        portal.Store.Written.Clear();
        return id;
    }
}
