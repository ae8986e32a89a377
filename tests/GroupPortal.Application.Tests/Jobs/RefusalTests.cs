using GroupPortal.Application.Groups;
using GroupPortal.Application.Jobs;
using GroupPortal.Application.Tests.Support;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using GroupPortal.Core.Results;

namespace GroupPortal.Application.Tests.Jobs;

/// <summary>Refusals, lost answers and busy servers: what each row says, and what stands in the directory.</summary>
public sealed class RefusalTests
{
    private static DirectoryWriteAnswer RefuseMember(DirectoryWrite write, Guid culprit) =>
        write is DirectoryWrite.ChangeMembers members && members.Members.Any(member => member.Id == culprit)
            ? new DirectoryWriteAnswer.Refused(new DirectoryError.InvalidValue { ServerText = "no such luck" })
            : null!;

    private static DirectoryWriteAnswer RefuseAttribute(DirectoryWrite write, string culprit, bool isNamed) =>
        write is DirectoryWrite.ModifyGroup modify && modify.Attributes.Any(attribute => attribute.Attribute == culprit)
            ? new DirectoryWriteAnswer.Refused(new DirectoryError.AccessDenied { Attribute = isNamed ? culprit : null })
            : null!;

    [Fact]
    public async Task A_refused_member_is_found_by_halving_and_all_others_are_added()
    {
        await using var portal = await TestPortal.StartAsync();
        var people = await portal.PeopleAsync(20);
        var id = (await portal.DoAsync(Requests.Create("Night Shift"))).GroupId!.Value;
        portal.Store.BeforeWrite = write => RefuseMember(write, people[13].Id);

        var result = await portal.DoAsync(Requests.Members(id, ChangeMode.Add, people.Select(person => person.Id)));

        Assert.Equal(StepStatus.Partly, result.Status);
        var failed = Assert.Single(result.Rows, row => row.Status == StepStatus.Failed);
        Assert.Equal((people[13].Id, "no such luck"), (failed.Step.Target!.Id, failed.Outcome!.Error!.ServerText));
        Assert.Equal(people.Select(person => person.Id).Where(one => one != people[13].Id).ToHashSet(), await portal.MembersAsync(id));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_refused_attribute_fails_alone_whether_or_not_the_server_named_it(bool isNamed)
    {
        await using var portal = await TestPortal.StartAsync();
        var id = (await portal.DoAsync(Requests.Create("Night Shift"))).GroupId!.Value;
        portal.Store.BeforeWrite = write => RefuseAttribute(write, "mail", isNamed);

        var result = await portal.DoAsync(Requests.Update(
            id, false, ("description", "New"), ("mail", "night@demo.local"), ("telephoneNumber", "17"), ("XGroupSecurity", "Public")));

        Assert.Equal(
            [("description", StepStatus.Done), ("mail", StepStatus.Failed), ("telephoneNumber", StepStatus.Done), ("XGroupSecurity", StepStatus.Done)],
            result.Rows.Select(row => (row.Step.Path, row.Status)));
    }

    [Fact]
    public async Task A_strict_plan_stops_at_the_first_refusal_and_writes_nothing()
    {
        await using var portal = await TestPortal.StartAsync();
        var id = (await portal.DoAsync(Requests.Create("Night Shift"))).GroupId!.Value;
        portal.Store.BeforeWrite = write => RefuseAttribute(write, "mail", isNamed: true);

        var result = await portal.DoAsync(Requests.Update(id, true, ("description", "New"), ("mail", "night@demo.local"), ("XGroupSecurity", "Public")));

        Assert.Equal([StepStatus.NotAttempted, StepStatus.Failed, StepStatus.NotAttempted], result.Rows.Select(row => row.Status));
        var group = await portal.GroupAsync(id);
        Assert.Equal((null, GroupSecurityType.Private), (group.Attributes.First("description"), group.SecurityType));
    }

    [Fact]
    public async Task A_create_that_is_refused_leaves_no_group_and_no_row_without_an_outcome()
    {
        await using var portal = await TestPortal.StartAsync();
        portal.Store.BeforeWrite = _ => new DirectoryWriteAnswer.Refused(new DirectoryError.AccessDenied());

        var result = await portal.DoAsync(Requests.Create("Night Shift"));

        Assert.Null(result.GroupId);
        Assert.All(result.Rows, row => Assert.True(row.Status is StepStatus.Failed or StepStatus.NotAttempted));
        await using var state = await portal.OpenStateAsync();
        Assert.Empty(state.PortalGroups);
    }

    [Fact]
    public async Task What_was_left_undone_can_be_planned_alone()
    {
        await using var portal = await TestPortal.StartAsync();
        var people = await portal.PeopleAsync(5);
        var id = (await portal.DoAsync(Requests.Create("Night Shift"))).GroupId!.Value;
        portal.Store.BeforeWrite = write => RefuseMember(write, people[2].Id);
        var partly = await portal.DoAsync(Requests.Members(id, ChangeMode.Add, people.Select(person => person.Id)));
        portal.Store.BeforeWrite = _ => null;

        var answer = await portal.Groups.PlanRetryAsync(partly.Plan.Id, TestPortal.From(null), CancellationToken.None);
        var plan = Assert.IsType<Application.Groups.PlanAnswer.Planned>(answer).Plan;

        Assert.Equal(people[2].Id, Assert.Single(plan.Steps).Target!.Id);
        Assert.Equal(StepStatus.Done, (await portal.DoAsync(plan)).Status);
    }

    [Fact]
    public async Task A_create_that_left_something_undone_is_retried_as_a_change_of_the_group_that_came_to_be()
    {
        await using var portal = await TestPortal.StartAsync();
        var people = await portal.PeopleAsync(4);
        portal.Store.MembersPerWrite = 2;
        portal.Store.BeforeWrite = write => RefuseMember(write, people[3].Id);
        var partly = await portal.DoAsync(Requests.Create("Night Shift", people.Select(person => person.Id), isStrict: false));
        portal.Store.BeforeWrite = _ => null;
        Assert.Equal(StepStatus.Partly, partly.Status);

        var answer = await portal.Groups.PlanRetryAsync(partly.Plan.Id, TestPortal.From(null), CancellationToken.None);
        var plan = Assert.IsType<Application.Groups.PlanAnswer.Planned>(answer).Plan;

        Assert.Equal((PlanKind.Update, partly.GroupId), (plan.Kind, plan.GroupId));
        Assert.Equal(people[3].Id, Assert.Single(plan.Steps).Target!.Id);
    }

    [Fact]
    public async Task A_lost_answer_is_settled_by_reading_back_and_the_write_is_not_sent_again()
    {
        await using var portal = await TestPortal.StartAsync();
        portal.Store.AfterWrite = (_, _) => new DirectoryWriteAnswer.Unknown(new DirectoryError.Unavailable());

        var result = await portal.DoAsync(Requests.Create("Night Shift"));

        Assert.Equal(StepStatus.Done, result.Status);
        Assert.Single(portal.Store.Written);
        Assert.Equal(1, portal.Store.Settled);
    }

    [Fact]
    public async Task A_lost_request_is_sent_again_once_it_is_known_to_have_been_lost()
    {
        await using var portal = await TestPortal.StartAsync();
        var losses = 1;
        portal.Store.BeforeWrite = _ => losses-- > 0 ? new DirectoryWriteAnswer.Unknown(new DirectoryError.Unavailable()) : null;

        var result = await portal.DoAsync(Requests.Create("Night Shift"));

        Assert.Equal(StepStatus.Done, result.Status);
        Assert.Single(portal.Store.Written);
    }

    [Fact]
    public async Task What_nobody_can_find_out_stays_unknown_and_nothing_more_is_sent()
    {
        await using var portal = await TestPortal.StartAsync();
        var people = await portal.PeopleAsync(4);
        portal.Store.MembersPerWrite = 2;
        var id = (await portal.DoAsync(Requests.Create("Night Shift"))).GroupId!.Value;
        var unknown = new DirectoryWriteAnswer.Unknown(new DirectoryError.Unavailable());
        portal.Store.BeforeWrite = _ => unknown;
        portal.Store.BeforeSettle = _ => unknown;

        var result = await portal.DoAsync(Requests.Members(id, ChangeMode.Add, people.Select(person => person.Id)));

        Assert.Equal([StepStatus.Unknown, StepStatus.Unknown, StepStatus.NotAttempted, StepStatus.NotAttempted], result.Rows.Select(row => row.Status));
        Assert.Equal(StepStatus.Unknown, result.Status);
    }

    [Fact]
    public async Task A_throttled_write_waits_as_long_as_the_server_asks()
    {
        await using var portal = await TestPortal.StartAsync();
        var before = portal.Clock.GetUtcNow();
        var refusals = 2;
        portal.Store.BeforeWrite = _ => refusals-- > 0 ? new DirectoryWriteAnswer.Refused(new DirectoryError.Throttled(TimeSpan.FromSeconds(40))) : null;

        var result = await portal.DoAsync(Requests.Create("Night Shift"));

        Assert.Equal(StepStatus.Done, result.Status);
        Assert.Equal(TimeSpan.FromSeconds(80), portal.Clock.GetUtcNow() - before);
    }

    [Fact]
    public async Task Endless_throttling_ends()
    {
        await using var portal = await TestPortal.StartAsync();
        var asked = 0;
        portal.Store.BeforeWrite = _ =>
        {
            asked++;
            return new DirectoryWriteAnswer.Refused(new DirectoryError.Throttled(TimeSpan.FromSeconds(1)));
        };

        var result = await portal.DoAsync(Requests.Create("Night Shift"));

        Assert.Equal((StepStatus.Failed, PlanRunner.MaximumAttempts), (result.Status, asked));
    }

    /// <summary>What Microsoft Graph asks for when an app has used up its writes: longer than all attempts of a plan that has not begun.</summary>
    [Fact]
    public async Task A_large_job_that_has_begun_waits_out_a_directory_that_asks_for_minutes_again_and_again()
    {
        await using var portal = await TestPortal.StartAsync();
        var people = await portal.PeopleAsync(6);
        portal.Store.MembersPerWrite = 2;
        var before = portal.Clock.GetUtcNow();
        var refusals = 20;
        portal.Store.BeforeWrite = write => write is DirectoryWrite.ChangeMembers && refusals-- > 0
            ? new DirectoryWriteAnswer.Refused(new DirectoryError.Throttled(TimeSpan.FromSeconds(150)))
            : null;

        var result = await portal.DoAsync(Requests.Create("Night Shift", people.Select(person => person.Id)));

        Assert.Equal(StepStatus.Done, result.Status);
        Assert.Equal(TimeSpan.FromSeconds(20 * 150), portal.Clock.GetUtcNow() - before);
    }

    [Fact]
    public async Task It_does_not_wait_for_ever()
    {
        await using var portal = await TestPortal.StartAsync();
        var people = await portal.PeopleAsync(4);
        portal.Store.MembersPerWrite = 2;
        var before = portal.Clock.GetUtcNow();
        portal.Store.BeforeWrite = write => write is DirectoryWrite.ChangeMembers
            ? new DirectoryWriteAnswer.Refused(new DirectoryError.Throttled(TimeSpan.FromSeconds(150)))
            : null;

        var result = await portal.DoAsync(Requests.Create("Night Shift", people.Select(person => person.Id)));

        Assert.Equal(StepStatus.Partly, result.Status);
        Assert.InRange(portal.Clock.GetUtcNow() - before, PlanRunner.LongestThrottling, PlanRunner.LongestThrottling + TimeSpan.FromSeconds(150));
    }

    [Fact]
    public async Task A_directory_out_of_reach_fails_one_line_and_leaves_the_rest_for_a_retry()
    {
        await using var portal = await TestPortal.StartAsync();
        var people = await portal.PeopleAsync(4);
        portal.Store.MembersPerWrite = 2;
        var id = (await portal.DoAsync(Requests.Create("Night Shift"))).GroupId!.Value;
        portal.Store.BeforeWrite = _ => new DirectoryWriteAnswer.Refused(new DirectoryError.Unavailable());

        var result = await portal.DoAsync(Requests.Members(id, ChangeMode.Add, people.Select(person => person.Id)));

        Assert.Equal([StepStatus.Failed, StepStatus.Failed, StepStatus.NotAttempted, StepStatus.NotAttempted], result.Rows.Select(row => row.Status));
        portal.Store.BeforeWrite = _ => null;
        var retry = await portal.Groups.PlanRetryAsync(result.Plan.Id, TestPortal.From(null), CancellationToken.None);
        Assert.Equal(StepStatus.Done, (await portal.DoAsync(Assert.IsType<Application.Groups.PlanAnswer.Planned>(retry).Plan)).Status);
    }

    [Fact]
    public async Task A_plan_that_was_begun_waits_for_a_directory_that_went_away_and_says_so()
    {
        await using var portal = await TestPortal.StartAsync();
        var people = await portal.PeopleAsync(4);
        portal.Store.MembersPerWrite = 2;
        var id = (await portal.DoAsync(Requests.Create("Night Shift"))).GroupId!.Value;
        var plan = await portal.PlanAsync(Requests.Members(id, ChangeMode.Add, people.Select(person => person.Id)));
        using var watcher = portal.Get<PlanBoard>().Watch(plan.Id);
        var told = new List<DirectoryOutage?>();
        var (sent, away) = (0, 0);
        portal.Store.BeforeWrite = _ =>
        {
            if (++sent == 1 || ++away > 6)
            {
                return null;
            }

            told.Add(watcher.News.Reader.TryRead(out var news) ? news.Outage : null);
            return new DirectoryWriteAnswer.Refused(new DirectoryError.Unavailable());
        };

        var result = await portal.DoAsync(plan);

        Assert.Equal(StepStatus.Done, result.Status);
        // The first refusal is news to the portal itself; from then on whoever watches knows since when.
        Assert.Null(told[0]);
        Assert.Equal(5, told.Skip(1).OfType<DirectoryOutage>().Count());
        Assert.Equal(4, (await portal.MembersAsync(id)).Count);
        Assert.Equal(8, sent);
    }

    [Fact]
    public async Task A_plan_that_was_begun_gives_up_after_ten_minutes_and_leaves_the_rest_for_a_retry()
    {
        await using var portal = await TestPortal.StartAsync();
        var people = await portal.PeopleAsync(4);
        portal.Store.MembersPerWrite = 2;
        var id = (await portal.DoAsync(Requests.Create("Night Shift"))).GroupId!.Value;
        var sent = 0;
        portal.Store.BeforeWrite = _ => ++sent > 1 ? new DirectoryWriteAnswer.Refused(new DirectoryError.Unavailable()) : null;
        var before = portal.Clock.GetUtcNow();

        var result = await portal.DoAsync(Requests.Members(id, ChangeMode.Add, people.Select(person => person.Id)));

        Assert.Equal([StepStatus.Done, StepStatus.Done, StepStatus.Failed, StepStatus.Failed], result.Rows.Select(row => row.Status));
        Assert.InRange(portal.Clock.GetUtcNow() - before, OutageWait.Longest, OutageWait.Longest + TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_lost_answer_is_settled_when_the_directory_is_back_however_often_it_was_asked()
    {
        await using var portal = await TestPortal.StartAsync();
        var away = 20;
        portal.Store.AfterWrite = (_, _) => new DirectoryWriteAnswer.Unknown(new DirectoryError.Unavailable());
        portal.Store.BeforeSettle = _ => away-- > 0 ? new DirectoryWriteAnswer.Unknown(new DirectoryError.Unavailable()) : null;

        var result = await portal.DoAsync(Requests.Create("Night Shift"));

        Assert.Equal(StepStatus.Done, result.Status);
        Assert.Single(portal.Store.Written);
    }

    [Fact]
    public async Task A_directory_that_answers_again_is_not_said_to_be_away_while_the_write_is_sent_again()
    {
        await using var portal = await TestPortal.StartAsync();
        var people = await portal.PeopleAsync(2);
        var id = (await portal.DoAsync(Requests.Create("Night Shift"))).GroupId!.Value;
        var plan = await portal.PlanAsync(Requests.Members(id, ChangeMode.Add, people.Select(person => person.Id)));
        using var watcher = portal.Get<PlanBoard>().Watch(plan.Id);
        var told = new List<PlanProgress?>();
        var away = 3;
        portal.Store.BeforeWrite = _ =>
        {
            told.Add(watcher.News.Reader.TryRead(out var news) ? news : null);
            return told.Count == 1 ? new DirectoryWriteAnswer.Unknown(new DirectoryError.Unavailable()) : null;
        };
        portal.Store.BeforeSettle = _ => away-- > 0 ? new DirectoryWriteAnswer.Unknown(new DirectoryError.Unavailable()) : null;

        Assert.Equal(StepStatus.Done, (await portal.DoAsync(plan)).Status);

        Assert.Equal(2, told.Count);
        Assert.Null(told[1]!.Outage);
    }

    [Fact]
    public async Task A_plan_that_gave_up_is_not_said_to_go_on()
    {
        await using var portal = await TestPortal.StartAsync();
        portal.Store.AfterWrite = (_, _) => new DirectoryWriteAnswer.Unknown(new DirectoryError.Unavailable());
        portal.Store.BeforeSettle = _ => new DirectoryWriteAnswer.Unknown(new DirectoryError.Unavailable());
        var plan = await portal.PlanAsync(Requests.Create("Night Shift"));
        using var watcher = portal.Get<PlanBoard>().Watch(plan.Id);

        Assert.Equal(StepStatus.Unknown, (await portal.DoAsync(plan)).Status);

        Assert.True(watcher.News.Reader.TryRead(out var last));
        Assert.Equal((PlanState.Finished, null), (last.State, last.Outage));
    }

    [Fact]
    public async Task An_adapter_that_throws_makes_its_write_unknown_and_not_the_portal()
    {
        await using var portal = await TestPortal.StartAsync();
        portal.Store.AfterWrite = (_, _) => throw new InvalidOperationException("a bug");

        var result = await portal.DoAsync(Requests.Create("Night Shift"));

        Assert.Equal(StepStatus.Done, result.Status);
        Assert.Single(portal.Store.Written);
    }
}
