using GroupPortal.Application.Tests.Support;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Results;

namespace GroupPortal.Application.Tests.Groups;

public sealed class ConflictTests
{
    [Theory]
    [InlineData("description", "Ours", "Theirs")]
    [InlineData("XGroupSecurity", "Public", "Semi_Private")]
    public async Task Two_people_who_change_one_attribute_see_both_values_and_nothing_is_written(string attribute, string ours, string theirs)
    {
        await using var portal = await TestPortal.StartAsync();
        var id = (await portal.DoAsync(Requests.Create("Night Shift"))).GroupId!.Value;
        var plan = await portal.PlanAsync(Requests.Update(id, false, (attribute, ours), ("mail", "night@demo.local")));
        await portal.DoAsync(Requests.Update(id, false, (attribute, theirs)), TestPortal.Hal);
        portal.Store.Written.Clear();

        var result = await portal.DoAsync(plan);

        Assert.True(result.IsConflict);
        var row = result.Rows.Single(row => row.Step.Path == attribute);
        var conflict = Assert.IsType<DirectoryError.Conflict>(row.Outcome!.Error);
        Assert.Equal([theirs], conflict.Found);
        Assert.Equal(plan.Steps.Single(step => step.Path == attribute).Before, conflict.Expected);
        Assert.Equal(StepStatus.NotAttempted, result.Rows.Single(one => one.Step.Path == "mail").Status);
        Assert.Empty(portal.Store.Written);
        Assert.Equal([theirs], (await portal.GroupAsync(id)).Attributes[attribute]);
    }

    [Fact]
    public async Task A_conflict_can_be_planned_again()
    {
        await using var portal = await TestPortal.StartAsync();
        var id = (await portal.DoAsync(Requests.Create("Night Shift"))).GroupId!.Value;
        var plan = await portal.PlanAsync(Requests.Update(id, false, ("description", "Ours")));
        await portal.DoAsync(Requests.Update(id, false, ("description", "Theirs")));
        await portal.DoAsync(plan);

        var again = await portal.Groups.PlanAgainAsync(plan.Id, TestPortal.From(null), CancellationToken.None);
        var result = await portal.DoAsync(Assert.IsType<Application.Groups.PlanAnswer.Planned>(again).Plan);

        Assert.Equal(StepStatus.Done, result.Status);
        Assert.Equal(["Ours"], (await portal.GroupAsync(id)).Attributes["description"]);
    }

    [Fact]
    public async Task A_version_that_moved_for_another_reason_is_no_conflict()
    {
        await using var portal = await TestPortal.StartAsync();
        var people = await portal.PeopleAsync(2);
        var id = (await portal.DoAsync(Requests.Create("Night Shift"))).GroupId!.Value;
        var plan = await portal.PlanAsync(Requests.Update(id, false, ("description", "Ours")));
        await portal.DoAsync(Requests.Members(id, ChangeMode.Add, people[0].Id));

        var result = await portal.DoAsync(plan);

        Assert.False(result.IsConflict);
        Assert.Equal(StepStatus.Done, result.Status);
    }

    [Fact]
    public async Task A_version_that_moves_between_check_and_write_is_read_again()
    {
        await using var portal = await TestPortal.StartAsync();
        var id = (await portal.DoAsync(Requests.Create("Night Shift"))).GroupId!.Value;
        var refusals = 2;
        portal.Store.BeforeWrite = _ => refusals-- > 0 ? new DirectoryWriteAnswer.Refused(DirectoryError.Conflict.Unknown) : null;

        var result = await portal.DoAsync(Requests.Update(id, false, ("description", "Ours")));

        Assert.Equal(StepStatus.Done, result.Status);
    }

    [Fact]
    public async Task A_member_whom_somebody_else_added_is_a_line_without_change()
    {
        await using var portal = await TestPortal.StartAsync();
        var people = await portal.PeopleAsync(2);
        var id = (await portal.DoAsync(Requests.Create("Night Shift"))).GroupId!.Value;
        var plan = await portal.PlanAsync(Requests.Members(id, ChangeMode.Add, people.Select(person => person.Id)));
        await portal.DoAsync(Requests.Members(id, ChangeMode.Add, people[0].Id));

        var result = await portal.DoAsync(plan);

        Assert.Equal([StepStatus.NoChange, StepStatus.Done], result.Rows.Select(row => row.Status));
    }

    [Fact]
    public async Task A_group_that_is_gone_fails_every_line_and_a_deletion_has_nothing_left_to_do()
    {
        await using var portal = await TestPortal.StartAsync();
        var id = (await portal.DoAsync(Requests.Create("Night Shift"))).GroupId!.Value;
        var update = await portal.PlanAsync(Requests.Update(id, false, ("description", "Ours")));
        var delete = await portal.PlanAsync(Requests.Delete(id));
        Assert.IsType<Application.Groups.ApplyAnswer.Started>(await portal.ApplyAsync(delete.Id));
        await portal.WaitAsync(delete.Id);

        var refused = Assert.IsType<Application.Groups.ApplyAnswer.DirectoryFailed>(await portal.ApplyAsync(update.Id));

        Assert.IsType<DirectoryError.NotFound>(refused.Error);
    }
}
