using GroupPortal.Application.History;
using GroupPortal.Application.SmartGroups;
using GroupPortal.Application.Tasks;
using GroupPortal.Application.Tests.Support;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using GroupPortal.Core.Results;

namespace GroupPortal.Application.Tests.SmartGroups;

/// <summary>One smart group brought to where its rule has it, or left alone.</summary>
public sealed class SmartUpdateTests
{
    [Fact]
    public async Task The_rule_is_kept_and_the_first_update_fills_the_group()
    {
        await using var portal = await TestPortal.StartAsync();
        var people = await portal.PeopleAsync(4);
        var id = await portal.CreateSmartAsync(("Include", people[3].Id.ToString()));
        portal.Evaluator.Matching.AddRange(people.Take(3));

        var task = await portal.UpdateAsync(id);

        var group = await portal.GroupAsync(id);
        Assert.Equal((Membership.Smart, "(engineers)"), (group.Membership, group.Attributes.First("IMSGCriteria")));
        Assert.Equal((TaskState.Finished, TaskOutcome.Applied, 4, 0, 0), (task.State, task.Outcome, task.Adds, task.Removes, task.Errors));
        Assert.Equal(people.Select(person => person.Id).ToHashSet(), await portal.MembersAsync(id));
        var history = (await portal.Get<HistoryReader>().OfPlanAsync(task.PlanId!.Value, CancellationToken.None))!;
        Assert.Equal((PlanKind.Recompute, 4, "ada"), (history.Kind, history.Done, history.Account));
        var rows = (await portal.Groups.GetAsync(task.PlanId.Value, CancellationToken.None))!.Rows;
        Assert.Equal(StepReason.Exception, Assert.Single(rows, row => row.Step.Target!.Id == people[3].Id).Step.Reason);
    }

    [Fact]
    public async Task Without_change_nothing_is_written()
    {
        await using var portal = await TestPortal.StartAsync();
        portal.Evaluator.Matching.AddRange(await portal.PeopleAsync(3));
        var id = await portal.CreateSmartAsync();
        await portal.UpdateAsync(id);
        portal.Store.Written.Clear();

        var task = await portal.UpdateAsync(id);

        Assert.Equal((TaskOutcome.NoChange, null), (task.Outcome, task.PlanId));
        Assert.Empty(portal.Store.Written);
        Assert.Equal(2, (await portal.Get<HistoryReader>().OfGroupAsync(portal.StoreId, id, 0, 10, CancellationToken.None)).Total);
    }

    [Fact]
    public async Task Those_come_before_those_go_and_each_chunk_is_one_write()
    {
        await using var portal = await TestPortal.StartAsync();
        portal.Store.MembersPerWrite = 4;
        var people = await portal.PeopleAsync(13);
        var id = await portal.CreateSmartAsync();
        portal.Evaluator.Matching.AddRange(people.Take(8));
        await portal.UpdateAsync(id);
        portal.Store.Written.Clear();
        portal.Evaluator.Matching.Clear();
        portal.Evaluator.Matching.AddRange(people.Skip(4));

        var task = await portal.UpdateAsync(id);

        Assert.Equal((TaskOutcome.Applied, 5, 4), (task.Outcome, task.Adds, task.Removes));
        var members = portal.Store.Written.Cast<DirectoryWrite.ChangeMembers>().ToList();
        Assert.Equal([4, 4, 1], members.Select(write => write.Members.Count));
        Assert.Equal(5, members.SelectMany(write => write.Members).TakeWhile(member => member.Add).Count());
        Assert.Equal(people.Skip(4).Select(person => person.Id).ToHashSet(), await portal.MembersAsync(id));
    }

    public static TheoryData<string> NotWhole() => ["failed", "stale", "members", "partly"];

    /// <summary>R20: an error is not an empty answer.</summary>
    [Theory]
    [MemberData(nameof(NotWhole))]
    public async Task What_could_not_be_asked_whole_removes_nobody(string what)
    {
        await using var portal = await TestPortal.StartAsync();
        var people = await portal.PeopleAsync(12);
        portal.Evaluator.Matching.AddRange(people);
        var id = await portal.CreateSmartAsync();
        await portal.UpdateAsync(id);
        portal.Store.Written.Clear();
        portal.Evaluator.Matching.RemoveAt(0);
        portal.Evaluator.Instead = what switch
        {
            "failed" => new SmartEvaluation.Failed(new DirectoryError.Unavailable()),
            "stale" => new SmartEvaluation.Stale(portal.Clock.GetUtcNow()),
            _ => null,
        };
        portal.Store.MemberIdsInstead = what switch
        {
            "members" => new DirectoryAnswer<IReadOnlySet<Guid>>.Failed(new DirectoryError.Unavailable()),
            "partly" => new DirectoryAnswer<IReadOnlySet<Guid>>.Partial(new HashSet<Guid> { people[0].Id }, new DirectoryError.Unavailable()),
            _ => null,
        };

        var task = await portal.UpdateAsync(id);

        Assert.Equal((TaskOutcome.Failed, "Unavailable"), (task.Outcome, task.ErrorCode));
        Assert.NotNull(task.Message);
        Assert.Empty(portal.Store.Written);
        Assert.Equal(12, (await portal.MembersAsync(id)).Count);
    }

    [Fact]
    public async Task The_directory_is_asked_for_the_names_of_those_alone_whom_the_evaluator_does_not_know()
    {
        await using var portal = await TestPortal.StartAsync();
        var people = await portal.PeopleAsync(12);
        portal.Evaluator.Matching.AddRange(people);
        var id = await portal.CreateSmartAsync();
        await portal.UpdateAsync(id);
        portal.Store.ObjectReads.Clear();
        portal.Evaluator.Matching.RemoveRange(0, 2);
        portal.Evaluator.Known.Add(people[0]);

        var task = await portal.UpdateAsync(id);

        Assert.Equal((TaskOutcome.Applied, 2), (task.Outcome, task.Removes));
        Assert.Equal([people[1].Id], Assert.Single(portal.Store.ObjectReads));
        var rows = (await portal.Groups.GetAsync(task.PlanId!.Value, CancellationToken.None))!.Rows;
        Assert.Equal(people.Take(2).Select(one => one.Label).Order(), rows.Select(row => row.Step.Target!.Label).Order());
    }

    /// <summary>A deny entry hides a unit: its people leave the feed, and the directory says nothing of them.</summary>
    [Fact]
    public async Task Whom_neither_the_evaluator_nor_the_directory_shows_stays()
    {
        await using var portal = await TestPortal.StartAsync();
        var people = await portal.PeopleAsync(12);
        portal.Evaluator.Matching.AddRange(people);
        var id = await portal.CreateSmartAsync();
        await portal.UpdateAsync(id);
        portal.Evaluator.Matching.RemoveRange(0, 2);
        portal.Store.Hidden.Add(people[0].Id);

        var task = await portal.UpdateAsync(id);

        Assert.Equal((TaskOutcome.Partly, 1, 1), (task.Outcome, task.Removes, task.Errors));
        Assert.Equal([people[0].Id, .. people.Skip(2).Select(one => one.Id)], (await portal.MembersAsync(id)).Order().ToHashSet());
        Assert.Equal((TaskOutcome.NoChange, 1), await portal.UpdateAsync(id) is { } again ? (again.Outcome, again.Errors) : default);
    }

    [Fact]
    public async Task A_member_that_the_directory_refuses_is_an_error_of_its_own()
    {
        await using var portal = await TestPortal.StartAsync();
        var people = await portal.PeopleAsync(3);
        portal.Evaluator.Matching.AddRange(people);
        var id = await portal.CreateSmartAsync();
        portal.Store.BeforeWrite = write => write is DirectoryWrite.ChangeMembers members && members.Members.Any(member => member.Id == people[1].Id)
            ? new DirectoryWriteAnswer.Refused(new DirectoryError.InvalidValue())
            : null;

        var task = await portal.UpdateAsync(id);

        Assert.Equal((TaskOutcome.Partly, 2, 1, "InvalidValue"), (task.Outcome, task.Adds, task.Errors, task.ErrorCode));
    }

    [Fact]
    public async Task What_was_written_and_is_not_so_is_an_error()
    {
        await using var portal = await TestPortal.StartAsync();
        portal.Evaluator.Matching.AddRange(await portal.PeopleAsync(2));
        var id = await portal.CreateSmartAsync();
        portal.Store.BeforeWrite = write => write is DirectoryWrite.ChangeMembers ? new DirectoryWriteAnswer.Applied(id, null, []) : null;

        var task = await portal.UpdateAsync(id);

        Assert.Equal((TaskOutcome.Failed, 0, 2), (task.Outcome, task.Adds, task.Errors));
    }

    [Theory]
    [InlineData(2, TaskOutcome.Applied)]
    [InlineData(3, TaskOutcome.Partly)]
    public async Task What_nobody_could_look_at_is_not_said_to_be_so(int failures, TaskOutcome expected)
    {
        await using var portal = await TestPortal.StartAsync();
        portal.Evaluator.Matching.AddRange(await portal.PeopleAsync(2));
        var id = await portal.CreateSmartAsync();
        portal.Store.LooksThatFail = failures;

        var task = await portal.UpdateAsync(id);

        Assert.Equal((expected, 2, 0), (task.Outcome, task.Adds, task.Errors));
        Assert.Equal(expected == TaskOutcome.Partly, task is { Message: not null, ErrorCode: "Unavailable" });
    }

    [Fact]
    public async Task A_static_group_that_becomes_smart_keeps_everybody()
    {
        await using var portal = await TestPortal.StartAsync();
        var people = await portal.PeopleAsync(4);
        var id = (await portal.DoAsync(Requests.Create("Engineers", people.Take(3).Select(person => person.Id)))).GroupId!.Value;
        portal.Evaluator.Matching.AddRange([people[0], people[3]]);

        await portal.DoAsync(Requests.Update(id, false, ("IMSGManagedGroupType", "2"), ("IMSGCriteria", "(engineers)")));
        var task = await portal.UpdateAsync(id);

        Assert.Equal((TaskOutcome.Applied, 1, 0), (task.Outcome, task.Adds, task.Removes));
        Assert.Equal(4, (await portal.MembersAsync(id)).Count);
        Assert.Equal(2, (await portal.GroupAsync(id)).Attributes["Include"].Count);
    }

    /// <summary>Of another domain of the forest, of a kind outside the feed, or invisible: an Include is an Include.</summary>
    [Fact]
    public async Task Whom_an_Include_names_stays_also_where_the_evaluator_does_not_hold_him()
    {
        await using var portal = await TestPortal.StartAsync();
        var people = await portal.PeopleAsync(4);
        var id = (await portal.DoAsync(Requests.Create("Engineers", people.Take(3).Select(person => person.Id)))).GroupId!.Value;
        portal.Evaluator.Matching.AddRange([people[0], people[3]]);
        portal.Evaluator.Unseen.Add(people[2].Id);
        await portal.DoAsync(Requests.Update(id, false, ("IMSGManagedGroupType", "2"), ("IMSGCriteria", "(engineers)")));

        var task = await portal.UpdateAsync(id);

        Assert.Equal((TaskOutcome.Applied, 1, 0, 0), (task.Outcome, task.Adds, task.Removes, task.Errors));
        Assert.Equal(people.Select(person => person.Id).ToHashSet(), await portal.MembersAsync(id));
    }

    [Fact]
    public async Task Whom_an_Include_names_comes_by_the_directory_where_the_evaluator_does_not_hold_him()
    {
        await using var portal = await TestPortal.StartAsync();
        var person = (await portal.PeopleAsync(1))[0];
        portal.Evaluator.Unseen.Add(person.Id);
        var id = await portal.CreateSmartAsync(("Include", person.Id.ToString()));

        var task = await portal.UpdateAsync(id);

        Assert.Equal((TaskOutcome.Applied, 1, 0), (task.Outcome, task.Adds, task.Errors));
        Assert.Equal([person.Id], await portal.MembersAsync(id));
    }

    [Fact]
    public async Task Whom_an_Include_names_and_nobody_knows_is_a_line_of_its_own()
    {
        await using var portal = await TestPortal.StartAsync();
        var gone = Guid.NewGuid();
        portal.Evaluator.Unseen.Add(gone);
        portal.Evaluator.Matching.AddRange(await portal.PeopleAsync(2));
        var id = await portal.CreateSmartAsync(("Include", gone.ToString()));

        var task = await portal.UpdateAsync(id);

        Assert.Equal((TaskOutcome.Partly, 2, 1), (task.Outcome, task.Adds, task.Errors));
        var row = Assert.Single((await portal.Groups.GetAsync(task.PlanId!.Value, CancellationToken.None))!.Rows, row => row.Step.Problem is not null);
        Assert.Equal((gone, "IncludeNotFound"), (row.Step.Target!.Id, row.Step.Problem!.Code));
        Assert.Equal((TaskOutcome.NoChange, 1), await portal.UpdateAsync(id) is { } again ? (again.Outcome, again.Errors) : default);
    }

    [Fact]
    public async Task A_static_group_does_not_become_smart_while_its_rule_cannot_be_evaluated()
    {
        await using var portal = await TestPortal.StartAsync();
        var id = (await portal.DoAsync(Requests.Create("Engineers", (await portal.PeopleAsync(1)).Select(person => person.Id)))).GroupId!.Value;
        portal.Evaluator.Instead = new SmartEvaluation.Stale(null);

        var answer = await portal.Groups.PlanAsync(
            portal.StoreId, Requests.Update(id, false, ("IMSGManagedGroupType", "2"), ("IMSGCriteria", "(engineers)")), TestPortal.From(null), CancellationToken.None);

        Assert.IsType<Application.Groups.PlanAnswer.DirectoryFailed>(answer);
    }

    [Fact]
    public async Task A_smart_group_that_becomes_static_keeps_its_members_and_has_no_rule()
    {
        await using var portal = await TestPortal.StartAsync();
        portal.Evaluator.Matching.AddRange(await portal.PeopleAsync(2));
        var id = await portal.CreateSmartAsync(("IMSGObjectTypes", "6"));
        await portal.UpdateAsync(id);

        var result = await portal.DoAsync(Requests.Update(id, false, ("IMSGManagedGroupType", "1")));

        Assert.Equal(StepStatus.Done, result.Status);
        var group = await portal.GroupAsync(id);
        Assert.Equal(Membership.Static, group.Membership);
        Assert.All(AttributeNames.OfRule, name => Assert.Empty(group.Attributes[name]));
        Assert.Equal(2, (await portal.MembersAsync(id)).Count);
        Assert.IsType<UpdateAnswer.NotSmart>(await portal.StartUpdateAsync(id));
    }

    [Fact]
    public async Task The_rule_survives_a_restart()
    {
        await using var portal = await TestPortal.StartAsync();
        var id = await portal.CreateSmartAsync(("IMSGStartPath", "1;OU=Staff,DC=demo,DC=local"));

        await portal.RestartAsync();

        Assert.Equal(["1;OU=Staff,DC=demo,DC=local"], (await portal.GroupAsync(id)).Attributes["IMSGStartPath"]);
    }

    [Fact]
    public async Task Who_owns_nothing_updates_nothing()
    {
        await using var portal = await TestPortal.StartAsync();
        var id = await portal.CreateSmartAsync();

        Assert.IsType<UpdateAnswer.Denied>(await portal.StartUpdateAsync(id, TestPortal.Uma));
        Assert.IsType<UpdateAnswer.GroupUnknown>(await portal.StartUpdateAsync(Guid.NewGuid()));
    }

    [Fact]
    public async Task Many_groups_are_a_task_each_of_one_run()
    {
        await using var portal = await TestPortal.StartAsync();
        var first = await portal.CreateSmartAsync();
        var second = (await portal.DoAsync(Requests.Create("Others") with { Attributes = [new("IMSGCriteria", ChangeMode.Set, ["(others)"])] })).GroupId!.Value;

        var answers = await portal.Get<SmartUpdates>().StartAsync(portal.StoreId, [first, second, first], TestPortal.From(null), CancellationToken.None);

        var started = answers.Cast<UpdateAnswer.Started>().ToList();
        Assert.Equal(started[0], started[2]);
        Assert.NotEqual(started[0].TaskId, started[1].TaskId);
        Assert.Single(started.Select(one => one.RunId).Distinct());
        Assert.Equal(TaskState.Finished, (await portal.WaitForTaskAsync(started[1].TaskId)).State);
    }
}
