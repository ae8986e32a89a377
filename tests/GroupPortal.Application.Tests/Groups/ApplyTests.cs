using GroupPortal.Application.Groups;
using GroupPortal.Application.History;
using GroupPortal.Application.Storage;
using GroupPortal.Application.Tests.Support;
using GroupPortal.Core.Access;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using GroupPortal.Core.Results;
using Microsoft.EntityFrameworkCore;

namespace GroupPortal.Application.Tests.Groups;

public sealed class ApplyTests
{
    [Theory]
    [InlineData(StoreKind.ActiveDirectory)]
    [InlineData(StoreKind.EntraId)]
    public async Task A_created_group_is_in_the_directory_in_the_journal_and_in_the_history(StoreKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var people = await portal.PeopleAsync(3);

        var result = await portal.DoAsync(Requests.Create("Night Shift", people.Select(person => person.Id)));

        Assert.Equal(StepStatus.Done, result.Status);
        var group = await portal.GroupAsync(result.GroupId!.Value);
        Assert.Equal("Night Shift", group.Name);
        Assert.Equal("Ada Winter", group.Owners[0].Label);
        Assert.Equal(people.Select(person => person.Id).ToHashSet(), await portal.MembersAsync(group.Id));
        Assert.Equal(1, group.Version.Portal);

        var entry = await portal.Get<HistoryReader>().OfPlanAsync(result.Plan.Id, CancellationToken.None);
        Assert.Equal(("ada", "test", PlanKind.Create, StepStatus.Done, group.Id), (entry!.Account, entry.Origin, entry.Kind, entry.Status, entry.GroupId!.Value));
        Assert.Equal(result.Rows.Count, entry.Done);

        await using var state = await portal.OpenStateAsync();
        var row = Assert.Single(await state.Journal.Where(row => row.PlanId == result.Plan.Id).ToListAsync());
        Assert.Equal((JournalState.Answered, JournalAnswer.Applied, group.Id), (row.State, row.Answer, row.GroupId!.Value));
    }

    [Fact]
    public async Task A_simple_create_takes_three_transactions_and_reads_no_plan_back()
    {
        await using var portal = await TestPortal.StartAsync();
        await portal.DoAsync(Requests.Create("Day Shift"));
        portal.Statements.Reset();

        await portal.DoAsync(Requests.Create("Night Shift"));

        Assert.Equal((3, 0), (portal.Statements.Commits, portal.Statements.Reads));
    }

    [Fact]
    public async Task Who_waits_from_the_start_hears_of_an_end_that_comes_before_the_start_answers()
    {
        await using var portal = await TestPortal.StartAsync();
        var plan = await portal.PlanAsync(Requests.Create("Night Shift"));

        var (answer, result) = await portal.Groups.ApplyAndWaitAsync(plan.Id, TestPortal.From(null), plan.Hash, CancellationToken.None);
        var (second, none) = await portal.Groups.ApplyAndWaitAsync(plan.Id, TestPortal.From(null), plan.Hash, CancellationToken.None);

        Assert.IsType<ApplyAnswer.Started>(answer);
        Assert.Equal(StepStatus.Done, result!.Status);
        Assert.IsType<ApplyAnswer.AlreadyApplied>(second);
        Assert.Null(none);
    }

    [Fact]
    public async Task A_plan_that_nobody_looks_at_is_written_with_its_claim()
    {
        await using var portal = await TestPortal.StartAsync();
        await portal.DoAsync(Requests.Create("Day Shift"));
        portal.Statements.Reset();

        var answer = await portal.Groups.PlanForNowAsync(portal.StoreId, Requests.Create("Night Shift"), TestPortal.From(null), isAppliedNext: true, CancellationToken.None);
        var plan = Assert.IsType<PlanAnswer.Planned>(answer).Plan;
        Assert.Equal((0, 0), (portal.Statements.Commits, portal.Statements.Writes));
        Assert.Null(await portal.Groups.GetProgressAsync(plan.Id, CancellationToken.None));
        portal.Statements.Reset();

        await portal.ApplyAsync(plan.Id);
        var result = await portal.WaitAsync(plan.Id);

        Assert.Equal(StepStatus.Done, result.Status);
        Assert.Equal((2, 0), (portal.Statements.Commits, portal.Statements.Reads));
        Assert.Equal(result.Rows.Count, (await portal.Groups.GetAsync(plan.Id, CancellationToken.None))!.Rows.Count);
        Assert.IsType<ApplyAnswer.AlreadyApplied>(await portal.ApplyAsync(plan.Id));
    }

    [Fact]
    public async Task A_plan_that_waits_unsaved_is_not_pushed_out_by_hundreds_of_others()
    {
        await using var portal = await TestPortal.StartAsync();
        var first = await PlanForNowAsync("First");
        for (var number = 0; number < 500; number++)
        {
            await PlanForNowAsync($"Other {number}");
        }

        Assert.IsType<ApplyAnswer.Started>(await portal.ApplyAsync(first));

        async Task<Guid> PlanForNowAsync(string name) => Assert.IsType<PlanAnswer.Planned>(
            await portal.Groups.PlanForNowAsync(portal.StoreId, Requests.Create(name), TestPortal.From(null), isAppliedNext: true, CancellationToken.None)).Plan.Id;
    }

    [Fact]
    public async Task A_plan_is_applied_once_however_many_ask()
    {
        await using var portal = await TestPortal.StartAsync();
        var plan = await portal.PlanAsync(Requests.Create("Night Shift"));

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => portal.ApplyAsync(plan.Id)));
        await portal.WaitAsync(plan.Id);

        Assert.Single(answers.OfType<ApplyAnswer.Started>());
        Assert.Equal(7, answers.OfType<ApplyAnswer.AlreadyApplied>().Count());
        Assert.IsType<ApplyAnswer.AlreadyApplied>(await portal.ApplyAsync(plan.Id));
        Assert.Single(portal.Store.Written);
    }

    [Fact]
    public async Task A_plan_of_half_an_hour_ago_has_expired_and_can_be_made_again()
    {
        await using var portal = await TestPortal.StartAsync();
        var plan = await portal.PlanAsync(Requests.Create("Night Shift"));
        portal.Clock.Advance(GroupService.PlanLifetime);

        Assert.IsType<ApplyAnswer.Expired>(await portal.ApplyAsync(plan.Id));

        var again = Assert.IsType<PlanAnswer.Planned>(await portal.Groups.PlanAgainAsync(plan.Id, TestPortal.From(null), CancellationToken.None));
        Assert.Equal(StepStatus.Done, (await portal.DoAsync(again.Plan)).Status);
    }

    [Fact]
    public async Task Nobody_applies_or_repeats_another_persons_plan()
    {
        await using var portal = await TestPortal.StartAsync();
        var plan = await portal.PlanAsync(Requests.Create("Night Shift"), TestPortal.Uma);

        Assert.IsType<ApplyAnswer.NotYours>(await portal.ApplyAsync(plan.Id, TestPortal.Ada));
        Assert.IsType<PlanAnswer.GroupUnknown>(await portal.Groups.PlanAgainAsync(plan.Id, TestPortal.From(TestPortal.Ada), CancellationToken.None));
        Assert.IsType<ApplyAnswer.PlanUnknown>(await portal.ApplyAsync(Guid.NewGuid()));
    }

    [Fact]
    public async Task An_owner_who_was_removed_in_between_is_refused_at_apply()
    {
        await using var portal = await TestPortal.StartAsync();
        var created = await portal.DoAsync(Requests.Create("Night Shift"), TestPortal.Uma);
        var plan = await portal.PlanAsync(Requests.Update(created.GroupId!.Value, false, ("description", "Mine")), TestPortal.Uma);
        Assert.True(plan.IsApplicable);

        await portal.DoAsync(Requests.Owners(created.GroupId.Value, ChangeMode.Set, (await portal.FindAsync("hal")).Id));

        var denied = Assert.IsType<ApplyAnswer.Denied>(await portal.ApplyAsync(plan.Id, TestPortal.Uma));
        Assert.Equal(AccessVerdict.Deny, denied.Decision.Verdict);
    }

    [Fact]
    public async Task A_denied_plan_is_not_applied()
    {
        await using var portal = await TestPortal.StartAsync();
        var created = await portal.DoAsync(Requests.Create("Night Shift"));

        var plan = await portal.PlanAsync(Requests.Update(created.GroupId!.Value, false, ("description", "Not mine")), TestPortal.Uma);

        Assert.False(plan.IsApplicable);
        Assert.IsType<ApplyAnswer.Denied>(await portal.ApplyAsync(plan.Id, TestPortal.Uma));
    }

    [Fact]
    public async Task What_the_guard_holds_wants_the_hash_of_this_very_plan()
    {
        await using var portal = await TestPortal.StartAsync();
        var people = await portal.PeopleAsync(6);
        var created = await portal.DoAsync(Requests.Create("Night Shift", people.Select(person => person.Id)));
        var plan = await portal.PlanAsync(Requests.Members(created.GroupId!.Value, ChangeMode.Remove, people.Select(person => person.Id)));
        Assert.True(plan.Guard.IsHeld);

        var held = Assert.IsType<ApplyAnswer.NeedsConfirmation>(await portal.ApplyAsync(plan.Id));
        Assert.IsType<ApplyAnswer.NeedsConfirmation>(await portal.ApplyAsync(plan.Id, confirmedHash: "another"));
        Assert.IsType<ApplyAnswer.Started>(await portal.ApplyAsync(plan.Id, confirmedHash: held.Hash));

        await portal.WaitAsync(plan.Id);
        Assert.Empty(await portal.MembersAsync(created.GroupId.Value));
    }

    [Fact]
    public async Task A_request_with_problems_is_answered_but_not_kept()
    {
        await using var portal = await TestPortal.StartAsync();

        var plan = await portal.PlanAsync(Requests.Create(new string('x', 300)));

        Assert.NotEmpty(plan.Problems);
        Assert.Null(await portal.Groups.GetAsync(plan.Id, CancellationToken.None));
        Assert.IsType<ApplyAnswer.PlanUnknown>(await portal.ApplyAsync(plan.Id));
    }

    [Fact]
    public async Task Unknown_stores_unknown_groups_stale_tags_and_dumb_directories_have_answers_of_their_own()
    {
        await using var portal = await TestPortal.StartAsync();
        var created = await portal.DoAsync(Requests.Create("Night Shift"));
        var ada = TestPortal.From(null);
        var update = Requests.Update(created.GroupId!.Value, false, ("description", "New"));

        Assert.IsType<PlanAnswer.StoreUnknown>(await portal.Groups.PlanAsync(99, update, ada, CancellationToken.None));
        Assert.IsType<PlanAnswer.GroupUnknown>(await portal.Groups.PlanAsync(portal.StoreId, update with { GroupId = Guid.NewGuid() }, ada, CancellationToken.None));
        var group = await portal.GroupAsync(created.GroupId.Value);
        var mismatch = await portal.Groups.PlanAsync(portal.StoreId, update with { ExpectedETag = "\"0-0\"" }, ada, CancellationToken.None);
        Assert.Equal(group.Version.ETag, Assert.IsType<PlanAnswer.VersionMismatch>(mismatch).CurrentETag);
        Assert.IsType<PlanAnswer.Planned>(await portal.Groups.PlanAsync(portal.StoreId, update with { ExpectedETag = group.Version.ETag }, ada, CancellationToken.None));
        portal.Store.ReadError = new DirectoryError.Unavailable();
        Assert.IsType<PlanAnswer.DirectoryFailed>(await portal.Groups.PlanAsync(portal.StoreId, update, ada, CancellationToken.None));
    }

    [Fact]
    public async Task A_deleted_group_takes_along_what_the_portal_kept_of_it()
    {
        await using var portal = await TestPortal.StartAsync();
        var created = await portal.DoAsync(Requests.Create("Night Shift"));

        var result = await portal.DoAsync(Requests.Delete(created.GroupId!.Value));

        Assert.Equal(StepStatus.Done, result.Status);
        await using var state = await portal.OpenStateAsync();
        Assert.Empty(await state.PortalGroups.ToListAsync());
        var history = await portal.Get<HistoryReader>().OfGroupAsync(portal.StoreId, created.GroupId.Value, 0, 10, CancellationToken.None);
        Assert.Equal([PlanKind.Delete, PlanKind.Create], history.Items.Select(entry => entry.Kind));
    }
}
