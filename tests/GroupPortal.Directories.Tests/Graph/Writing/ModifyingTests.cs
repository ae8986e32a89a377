using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Results;
using GroupPortal.Directories.Tests.Contract;
using GroupPortal.GraphEmulation.Faults;

namespace GroupPortal.Directories.Tests.Graph.Writing;

public sealed class ModifyingTests : GraphWriteTests
{
    private const string Rule = "user.department -eq \"Sales\"";

    [Fact]
    public async Task Five_attributes_are_one_PATCH()
    {
        var group = Unified();

        var answer = (await ModifyAsync(group, Set(0, "displayName", "New"), Set(1, "description", "d"), Set(2, "visibility", "Private"), Set(3, "theme", "Blue"), Set(4, "mailNickname", "new"))).Applied();

        Assert.All(answer.Outcomes, outcome => Assert.Equal(StepStatus.Done, outcome.Status));
        Assert.Equal("PATCH", Assert.Single(Graph.Sent()).Method);
        Assert.Equal(("New", "d", "Private", "Blue", "new"), (
            Objects.Value(group, "displayName"), Objects.Value(group, "description"), Objects.Value(group, "visibility"), Objects.Value(group, "theme"), Objects.Value(group, "mailNickname")));
    }

    [Fact]
    public async Task What_is_cleared_is_gone()
    {
        var group = Objects.AddGroup("Described", ("description", "before"));

        (await ModifyAsync(group, new AttributeWrite(0, AttributeNames.Description, [], ["before"]))).Applied();

        Assert.Null(Objects.Value(group, "description"));
    }

    [Fact]
    public async Task What_stands_already_is_no_change_and_nothing_is_sent()
    {
        var group = Objects.AddGroup("Described", ("description", "wished"));

        var answer = (await ModifyAsync(group, new AttributeWrite(0, AttributeNames.Description, ["wished"], ["before"]))).Applied();

        Assert.Equal(StepStatus.NoChange, Assert.Single(answer.Outcomes).Status);
        Assert.Empty(SentWrites());
    }

    [Fact]
    public async Task What_somebody_else_changed_is_a_conflict_with_both_sides_and_nothing_is_sent()
    {
        var group = Objects.AddGroup("Described", ("description", "theirs"));

        var error = (await ModifyAsync(group, new AttributeWrite(0, AttributeNames.Description, ["mine"], ["seen"]))).Refused<DirectoryError.Conflict>();

        Assert.Equal((AttributeNames.Description, "seen", "theirs"), (error.Attribute, Assert.Single(error.Expected), Assert.Single(error.Found)));
        Assert.Empty(SentWrites());
    }

    [Fact]
    public async Task What_Exchange_keeps_is_written_as_true_and_false()
    {
        var group = Unified();

        (await ModifyAsync(group, new AttributeWrite(0, "hideFromAddressLists", ["true"], ["false"]))).Applied();

        Assert.Equal(true, Objects.Value(group, "hideFromAddressLists"));
        Assert.Equal("{\"hideFromAddressLists\":true}", Assert.Single(SentWrites()).Body.Replace("\"@odata.type\":\"#microsoft.graph.group\",", string.Empty, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_static_group_becomes_dynamic_is_paused_and_becomes_static_again()
    {
        var group = Unified();

        (await ModifyAsync(group, new AttributeWrite(0, AttributeNames.MembershipRule, [Rule], []))).Applied();
        Assert.Equal("[\"Unified\",\"DynamicMembership\"]", Objects.Object(group)["groupTypes"]!.ToJsonString());
        Assert.Equal((Rule, "On"), (Objects.Value(group, "membershipRule"), Objects.Value(group, "membershipRuleProcessingState")));

        (await ModifyAsync(group, new AttributeWrite(0, AttributeNames.RuleProcessing, ["Paused"], ["On"]))).Applied();
        Assert.Equal("Paused", Objects.Value(group, "membershipRuleProcessingState"));

        (await ModifyAsync(group, new AttributeWrite(0, AttributeNames.MembershipRule, [Rule + " "], [Rule]), new AttributeWrite(1, AttributeNames.RuleProcessing, ["On"], ["Paused"]))).Applied();
        Assert.Equal((Rule + " ", "On"), (Objects.Value(group, "membershipRule"), Objects.Value(group, "membershipRuleProcessingState")));

        (await ModifyAsync(group, new AttributeWrite(0, AttributeNames.MembershipRule, [], [Rule + " "]))).Applied();
        Assert.Equal("[\"Unified\"]", Objects.Object(group)["groupTypes"]!.ToJsonString());
        Assert.Equal("Paused", Objects.Value(group, "membershipRuleProcessingState"));
    }

    [Fact]
    public async Task The_type_stays_what_it_is()
    {
        var group = Objects.AddGroup("Security");

        Assert.Equal(StepStatus.NoChange, Assert.Single((await ModifyAsync(group, Set(0, AttributeNames.GroupType, "4"))).Applied().Outcomes).Status);
        Assert.Contains("cannot be changed", (await ModifyAsync(group, Set(0, AttributeNames.GroupType, "16"))).Refused<DirectoryError.Unsupported>().Message, StringComparison.Ordinal);
        Assert.Empty(SentWrites());
    }

    [Theory]
    [InlineData("mailNickname", "with blank")]
    [InlineData("visibility", "Everybody")]
    public async Task What_Graph_refuses_is_told_by_its_attribute(string attribute, string value)
    {
        var group = Unified();

        Assert.Equal(attribute, (await ModifyAsync(group, Set(0, "description", "x"), Set(1, attribute, value))).Refused<DirectoryError.InvalidValue>().Attribute);
        Assert.Null(Objects.Value(group, "description"));
    }

    [Fact]
    public async Task A_synchronised_group_is_not_ours_to_change()
    {
        var group = Objects.AddGroup("Synced", ("onPremisesSyncEnabled", true));

        (await ModifyAsync(group, Set(0, "description", "x"))).Refused<DirectoryError.AccessDenied>();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_lost_change_is_unknown_and_read_back(bool wasDone)
    {
        var group = Objects.AddGroup("Described", ("description", "before"));
        var write = new DirectoryWrite.ModifyGroup(0, [new AttributeWrite(0, AttributeNames.Description, ["after"], ["before"])]);
        Graph.Emulator.Faults.Inject(FaultKind.Drop, "PATCH", "/groups/", afterHandling: wasDone);

        Assert.IsType<DirectoryWriteAnswer.Unknown>(await WriteAsync(write, group));
        Assert.Single(SentWrites());
        var settled = await SettleAsync(write, group);
        Assert.True(wasDone ? settled is DirectoryWriteAnswer.Applied : settled is DirectoryWriteAnswer.Refused);

        Objects.Set(group, "description", "theirs");
        Assert.IsType<DirectoryWriteAnswer.Unknown>(await SettleAsync(write, group));
    }

    [Fact]
    public async Task A_group_that_is_gone_is_not_found()
    {
        (await ModifyAsync(Guid.NewGuid(), Set(0, "description", "x"))).Refused<DirectoryError.NotFound>();
        (await ModifyAsync(Guid.NewGuid(), new AttributeWrite(0, "description", ["x"], []))).Refused<DirectoryError.NotFound>();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_lost_deletion_is_read_back_and_harmless_once_more(bool wasDone)
    {
        var group = Objects.AddGroup("Goes");
        var write = new DirectoryWrite.DeleteGroup(0, 0);
        Graph.Emulator.Faults.Inject(FaultKind.Drop, "DELETE", "/groups/", afterHandling: wasDone);

        Assert.IsType<DirectoryWriteAnswer.Unknown>(await WriteAsync(write, group));
        Assert.True(await SettleAsync(write, group) is DirectoryWriteAnswer.Applied == wasDone);
        (await WriteAsync(write, group)).Applied();
        (await WriteAsync(write, group)).Refused<DirectoryError.NotFound>();
    }

    private static AttributeWrite Set(int step, string attribute, string value) => new(step, attribute, [value], null);

    private Guid Unified() => Objects.AddGroup("Unified", ("groupTypes", new[] { "Unified" }), ("mailEnabled", true), ("securityEnabled", false));
}
