using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Results;
using GroupPortal.Directories.Tests.Contract;
using GroupPortal.GraphEmulation.Faults;

namespace GroupPortal.Directories.Tests.Graph.Writing;

public sealed class MemberWritingTests : GraphWriteTests
{
    [Fact]
    public async Task Twenty_come_in_one_PATCH()
    {
        var group = Objects.AddGroup("Twenty");

        var answer = (await MembersAsync(group, [.. People.Take(20).Select((id, step) => Add(step, id))])).Applied();

        Assert.Equal(20, answer.Outcomes.Count(outcome => outcome.Status == StepStatus.Done));
        Assert.Equal("PATCH", Assert.Single(Graph.Sent()).Method);
        Assert.Equal(People.Take(20).Order(), Objects.Members(group).Order());
    }

    [Fact]
    public async Task Those_who_are_there_already_are_no_change_and_the_others_come_in_one_more_PATCH()
    {
        var group = Objects.AddGroup("Some");
        Objects.AddMember(group, People[3]);
        var app = Objects.AddServicePrincipal("App");
        Objects.AddMember(group, app);

        var answer = (await MembersAsync(group, [.. People.Take(10).Append(app).Select((id, step) => Add(step, id))])).Applied();

        Assert.Equal([3, 10], answer.Outcomes.Where(outcome => outcome.Status == StepStatus.NoChange).Select(outcome => outcome.Ordinal).Order());
        Assert.Equal(9, answer.Outcomes.Count(outcome => outcome.Status == StepStatus.Done));
        Assert.Equal(2, SentWrites().Count);
        Assert.Equal(11, Objects.Members(group).Count);
    }

    [Fact]
    public async Task Of_a_group_larger_than_a_page_each_is_asked_for_by_itself_and_not_looked_up_in_an_index()
    {
        var group = Objects.AddGroup("Large");
        foreach (var number in Enumerable.Range(0, 1000))
        {
            Objects.AddMember(group, Objects.AddUser($"Member {number}"));
        }

        Objects.AddMember(group, People[1]);
        Graph.Sent();

        var answer = (await MembersAsync(group, [.. People.Take(3).Select((id, step) => Add(step, id))])).Applied();

        Assert.Equal([StepStatus.Done, StepStatus.NoChange, StepStatus.Done], answer.Outcomes.OrderBy(outcome => outcome.Ordinal).Select(outcome => outcome.Status));
        Assert.DoesNotContain(Graph.Emulator.Requests, request => request.Target.Contains("filter", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_same_one_twice_comes_once()
    {
        var group = Objects.AddGroup("Twice");

        var answer = (await MembersAsync(group, Add(0, People[0]), Add(1, People[0]), Add(2, People[1]))).Applied();

        Assert.Equal([StepStatus.Done, StepStatus.NoChange, StepStatus.Done], answer.Outcomes.OrderBy(outcome => outcome.Ordinal).Select(outcome => outcome.Status));
    }

    [Fact]
    public async Task One_that_Graph_names_is_set_apart_at_once()
    {
        var group = Objects.AddGroup("Ghosts");
        var ghost = Guid.NewGuid();

        var failed = await ApplyAsync(new DirectoryWrite.ChangeMembers(0, [.. People.Take(19).Append(ghost).Select((id, step) => Add(step, id))]), group);

        var (step, error) = Assert.Single(failed);
        Assert.Equal((19, AttributeNames.Members), (step, error.Attribute));
        Assert.Equal(19, Objects.Members(group).Count);
        Assert.Equal(3, SentWrites().Count);
    }

    [Fact]
    public async Task One_that_Graph_does_not_name_is_found_by_halves()
    {
        var group = Objects.AddGroup("Office", ("groupTypes", new[] { "Unified" }), ("mailEnabled", true), ("securityEnabled", false));
        var device = Objects.AddDevice("Laptop");

        var failed = await ApplyAsync(new DirectoryWrite.ChangeMembers(0, [.. People.Take(15).Append(device).Select((id, step) => Add(step, id))]), group);

        Assert.Equal(15, Assert.Single(failed).Step);
        Assert.Equal(15, Objects.Members(group).Count);
    }

    [Fact]
    public async Task Twenty_go_in_one_batch_each_with_its_own_outcome_and_nobody_is_deleted()
    {
        var group = Objects.AddGroup("Leaving");
        foreach (var id in People.Take(10))
        {
            Objects.AddMember(group, id);
        }

        var answer = (await MembersAsync(group, [.. People.Take(20).Select((id, step) => Remove(step, id))])).Applied();

        Assert.Equal(Enumerable.Range(0, 20).Select(step => step < 10 ? StepStatus.Done : StepStatus.NoChange), answer.Outcomes.OrderBy(outcome => outcome.Ordinal).Select(outcome => outcome.Status));
        Assert.Single(SentWrites());
        Assert.Empty(Objects.Members(group));
        Assert.All(People, id => Assert.True(Objects.Exists(id)));
        Assert.All(Graph.Emulator.Requests.Where(request => request.Method == "DELETE"), request => Assert.EndsWith("/$ref", request.Target, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_too_much_inside_a_batch_is_sent_again_alone()
    {
        var group = Group(20);
        Graph.Emulator.Faults.Inject(FaultKind.TooManyRequests, "DELETE", "/members/", count: 3);

        var answer = (await MembersAsync(group, [.. People.Take(20).Select((id, step) => Remove(step, id))])).Applied();

        Assert.All(answer.Outcomes, outcome => Assert.Equal(StepStatus.Done, outcome.Status));
        Assert.Equal(2, SentWrites().Count);
        Assert.Equal(23, Graph.Emulator.Requests.Count(request => request.Method == "DELETE"));
    }

    [Theory]
    [InlineData(FaultKind.ServiceUnavailable, true)]
    [InlineData(FaultKind.GatewayTimeout, false)]
    [InlineData(FaultKind.Drop, true)]
    public async Task What_was_not_answered_clearly_inside_a_batch_is_sent_again_alone_and_is_done(FaultKind kind, bool wasDone)
    {
        var group = Group(5);
        Graph.Emulator.Faults.Inject(kind, "DELETE", "/members/", count: 2, afterHandling: wasDone);

        var answer = (await MembersAsync(group, [.. People.Take(5).Select((id, step) => Remove(step, id))])).Applied();

        Assert.All(answer.Outcomes, outcome => Assert.Equal(StepStatus.Done, outcome.Status));
        Assert.Empty(Objects.Members(group));
    }

    [Fact]
    public async Task A_batch_of_which_a_part_stays_too_much_is_not_refused_and_its_own_work_stays_its_own()
    {
        var group = Group(20);
        var write = new DirectoryWrite.ChangeMembers(0, [.. People.Take(20).Select((id, step) => Remove(step, id))]);
        foreach (var id in People.Take(5))
        {
            Graph.Emulator.Faults.Inject(FaultKind.TooManyRequests, "DELETE", $"/members/{id}", count: 8);
        }

        Assert.IsType<DirectoryError.Throttled>(Assert.IsType<DirectoryWriteAnswer.Unknown>(await WriteAsync(write, group)).Why);
        Assert.Equal(5, Objects.Members(group).Count);
        (await SettleAsync(write, group)).Refused<DirectoryError.NotFound>();
        var again = (await WriteAsync(write, group)).Applied();

        Assert.All(again.Outcomes, outcome => Assert.Equal(StepStatus.Done, outcome.Status));
        Assert.Empty(Objects.Members(group));
    }

    [Fact]
    public async Task A_batch_of_which_nothing_was_done_is_refused()
    {
        var group = Group(5);
        Graph.Emulator.Faults.Inject(FaultKind.TooManyRequests, "DELETE", "/members/", count: 40);

        (await MembersAsync(group, [.. People.Take(5).Select((id, step) => Remove(step, id))])).Refused<DirectoryError.Throttled>();
    }

    [Fact]
    public async Task Whom_a_lost_PATCH_brought_is_its_own_work_when_it_is_sent_again()
    {
        var group = Objects.AddGroup("Lost");
        Objects.AddMember(group, People[9]);
        var write = new DirectoryWrite.ChangeMembers(0, [.. People.Take(5).Select((id, step) => Add(step, id))]);
        Graph.Emulator.Faults.Inject(FaultKind.Drop, "PATCH", "/groups/", afterHandling: true);

        Assert.IsType<DirectoryWriteAnswer.Unknown>(await WriteAsync(write, group));
        Assert.All((await WriteAsync(write, group)).Applied().Outcomes, outcome => Assert.Equal(StepStatus.Done, outcome.Status));
        // The next one is another's.
        Assert.All((await WriteAsync(write, group)).Applied().Outcomes, outcome => Assert.Equal(StepStatus.NoChange, outcome.Status));
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task A_lost_change_is_unknown_and_read_back(bool add, bool wasDone)
    {
        var group = add ? Objects.AddGroup("Coming") : Group(5);
        var write = new DirectoryWrite.ChangeMembers(0, [.. People.Take(5).Select((id, step) => new ReferenceWrite(step, id, add))]);
        Graph.Emulator.Faults.Inject(FaultKind.Drop, add ? "PATCH" : "POST", add ? "/groups/" : "$batch", afterHandling: wasDone);

        Assert.IsType<DirectoryWriteAnswer.Unknown>(await WriteAsync(write, group));
        var settled = await SettleAsync(write, group);
        Assert.True(wasDone ? settled is DirectoryWriteAnswer.Applied : settled is DirectoryWriteAnswer.Refused, settled.ToString());
        var again = (await WriteAsync(write, group)).Applied();
        Assert.All(again.Outcomes, outcome => Assert.Equal(wasDone ? StepStatus.NoChange : StepStatus.Done, outcome.Status));
    }

    [Fact]
    public async Task A_group_that_is_gone_is_no_group_whose_members_are_gone()
    {
        var nobody = Guid.NewGuid();

        (await MembersAsync(nobody, Remove(0, People[0]), Remove(1, People[1]))).Refused<DirectoryError.NotFound>();
        (await MembersAsync(nobody, Add(0, People[0]))).Refused<DirectoryError.NotFound>();
    }

    [Fact]
    public async Task A_dynamic_groups_members_are_not_ours_to_change()
    {
        var group = Objects.AddGroup("Dynamic", ("groupTypes", new[] { "DynamicMembership" }), ("membershipRule", "user.department -eq \"x\""), ("membershipRuleProcessingState", "On"));

        (await MembersAsync(group, Add(0, People[0]))).Refused<DirectoryError.AccessDenied>();
    }

    [Fact]
    public async Task The_last_owner_stays_and_is_told_so()
    {
        var group = Objects.AddGroup("Owned");
        Objects.AddOwner(group, People[0]);
        Objects.AddOwner(group, People[1]);

        var answer = (await OwnersAsync(group, Remove(0, People[0]), Remove(1, People[1]))).Applied();

        Assert.Equal([StepStatus.Done, StepStatus.Failed], answer.Outcomes.OrderBy(outcome => outcome.Ordinal).Select(outcome => outcome.Status));
        var error = Assert.IsType<DirectoryError.PolicyBlocked>(answer.Outcomes.Single(outcome => outcome.Status == StepStatus.Failed).Error);
        Assert.Contains("last owner", error.Message, StringComparison.Ordinal);
        Assert.Equal(AttributeNames.Owners, (await OwnersAsync(group, Remove(0, People[1]))).Refused<DirectoryError.PolicyBlocked>().Attribute);
    }

    [Fact]
    public async Task Owners_are_exchanged_and_each_has_its_own_outcome()
    {
        var group = Objects.AddGroup("Owned");
        Objects.AddOwner(group, People[0]);
        var ghost = Guid.NewGuid();

        var answer = (await OwnersAsync(group, Add(0, People[1]), Add(1, ghost), Add(2, People[0]), Remove(3, People[0]))).Applied();

        Assert.Equal(
            [StepStatus.Done, StepStatus.Failed, StepStatus.NoChange, StepStatus.Done], answer.Outcomes.OrderBy(outcome => outcome.Ordinal).Select(outcome => outcome.Status));
        Assert.Equal([People[1]], Objects.Owners(group));
    }

    [Fact]
    public async Task A_group_has_a_hundred_owners_at_most()
    {
        var group = Objects.AddGroup("Owned");
        foreach (var number in Enumerable.Range(0, 100))
        {
            Objects.AddOwner(group, Objects.AddUser($"Owner {number}"));
        }

        Assert.Contains("100", (await OwnersAsync(group, Add(0, People[0]))).Refused<DirectoryError.PolicyBlocked>().Message, StringComparison.Ordinal);
    }

    private Guid Group(int members)
    {
        var group = Objects.AddGroup("Full");
        foreach (var id in People.Take(members))
        {
            Objects.AddMember(group, id);
        }

        return group;
    }
}
