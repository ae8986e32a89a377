using GroupPortal.Core.Access;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using static GroupPortal.Core.Tests.Plans.PlanWorld;

namespace GroupPortal.Core.Tests.Plans;

public sealed class UpdatePlanTests
{
    private const int UniversalSecurity = -2147483640;
    private const int GlobalSecurity = -2147483646;

    [Fact]
    public void Each_line_says_what_stands_and_what_will()
    {
        var (world, group) = Ad();

        var plan = Plan(Update(group, Set("description", "new"), Set("info", "note")), world.Facts() with { Group = group });

        Assert.Equal([("description", PlanAction.Set), ("info", PlanAction.Set)], plan.Steps.Select(step => (step.Path, step.Action)));
        Assert.Equal(["as it was"], plan.Steps[0].Before);
        Assert.Equal(["new"], plan.Steps[0].After);
        Assert.Equal(group.Version, plan.BaseVersion);
    }

    [Theory]
    [InlineData(ChangeMode.Set, "as it was", PlanAction.NoChange)]
    [InlineData(ChangeMode.Set, "", PlanAction.Clear)]
    [InlineData(ChangeMode.Set, "As it was", PlanAction.Set)]
    [InlineData(ChangeMode.Add, "new", PlanAction.Set)]
    [InlineData(ChangeMode.Add, "as it was", PlanAction.NoChange)]
    [InlineData(ChangeMode.Remove, "as it was", PlanAction.Clear)]
    [InlineData(ChangeMode.Remove, "something else", PlanAction.NoChange)]
    public void A_single_value_is_set_cleared_or_left(ChangeMode mode, string value, PlanAction expected)
    {
        var (world, group) = Ad();

        var plan = Plan(Update(group, new AttributeChange("description", mode, [value])), world.Facts() with { Group = group });

        Assert.Equal(expected, Assert.Single(plan.Steps).Action);
    }

    [Fact]
    public void Adding_and_removing_values_of_one_attribute_is_one_line()
    {
        var (world, group) = Ad();
        group = group with { Attributes = group.Attributes.With("proxyAddresses", "smtp:a@x", "smtp:b@x") };
        var request = Update(
            group,
            new AttributeChange("proxyAddresses", ChangeMode.Add, ["smtp:c@x", "SMTP:A@x"]),
            new AttributeChange("proxyAddresses", ChangeMode.Remove, ["smtp:b@x"]));

        var step = Assert.Single(Plan(request, world.Facts() with { Group = group }).Steps);

        Assert.Equal(["smtp:a@x", "smtp:b@x"], step.Before);
        Assert.Equal(["smtp:a@x", "smtp:c@x"], step.After);
    }

    [Fact]
    public void Exactly_these_and_add_contradict_each_other()
    {
        var (world, group) = Ad();
        var request = Update(group, Set("proxyAddresses", "a"), new AttributeChange("proxyAddresses", ChangeMode.Add, ["b"]));

        Assert.Equal("MixedActions", Assert.Single(Plan(request, world.Facts() with { Group = group }).Problems).Code);
    }

    [Theory]
    [InlineData(GlobalSecurity, "-2147483644", "ScopeChange")]
    [InlineData(GlobalSecurity, "-2147483640", null)]
    [InlineData(GlobalSecurity, "2", null)]
    [InlineData(UniversalSecurity, "2147483656", null)]
    public void A_type_changes_only_as_active_directory_allows(int from, string to, string? code)
    {
        var world = OfAd();
        var group = world.State(from, world.Ada);

        var step = Assert.Single(Plan(Update(group, Set("groupType", to)), world.Facts() with { Group = group }).Steps);

        Assert.Equal(code, step.Problem?.Code);
    }

    [Theory]
    [InlineData("sAMAccountName", "", "CannotClear")]
    [InlineData("sAMAccountName", "a/b", "AccountNameCharacters")]
    [InlineData("mail", "nonsense", "MailShape")]
    [InlineData("objectGUID", "x", "ReadOnlyAttribute")]
    [InlineData("description", "two\nlines", "LineBreak")]
    [InlineData("info", "two\nlines", null)]
    [InlineData("IMSGManagedGroupType", "3", "MembershipKindUnknown")]
    [InlineData("IMSGManagedGroupType", "1", null)]
    [InlineData("nonsense", "x", "UnknownAttribute")]
    public void A_value_that_cannot_be_is_a_refused_line(string attribute, string value, string? code)
    {
        var (world, group) = Ad();

        var plan = Plan(Update(group, Set(attribute, value)), world.Facts() with { Group = group });

        Assert.Empty(plan.Problems);
        Assert.Equal(code, Assert.Single(plan.Steps).Problem?.Code);
    }

    [Fact]
    public void Renaming_and_moving_are_lines_of_their_own()
    {
        var (world, group) = Ad();
        var request = Update(group) with { Name = "New name", Container = "OU=Staff,DC=demo,DC=local" };

        var plan = Plan(request, world.Facts() with { Group = group });

        Assert.Equal([("name", PlanAction.Rename), ("container", PlanAction.Move)], plan.Steps.Select(step => (step.Path, step.Action)));
        Assert.Equal("CN=New name,OU=Staff,DC=demo,DC=local", plan.GroupDn);
    }

    [Fact]
    public void In_entra_a_rename_is_the_display_name()
    {
        var world = OfEntra();
        var group = world.State(4, world.Ada);

        var plan = Plan(Update(group) with { Name = "New name" }, world.Facts() with { Group = group });

        Assert.Equal(("displayName", PlanAction.Set), (Assert.Single(plan.Steps).Path, plan.Steps[0].Action));
        Assert.Equal("TypeIsFixed", Assert.Single(Plan(Update(group, Set("groupType", "16")), world.Facts() with { Group = group }).Steps).Problem?.Code);
    }

    [Fact]
    public void Replacing_the_primary_owner_leaves_the_others()
    {
        var world = OfAd();
        var zoe = world.Person("Zoe", "zoe");
        var group = world.State(UniversalSecurity, world.Ada, world.Uma);
        var request = Update(group) with { Owners = [new ReferenceChange(ChangeMode.Set, [zoe.Id.ToString()]) { PrimaryOnly = true }] };

        var plan = Plan(request, world.Facts() with { Group = group });

        Assert.Equal(
            [("managedBy", PlanAction.Set, "Zoe"), ("XAdditionalOwner", PlanAction.NoChange, "Uma Devi")],
            plan.Steps.Select(step => (step.Path, step.Action, step.After[0])));
        Assert.Equal(world.Ada.Id, plan.Steps[0].Previous!.Id);
    }

    [Fact]
    public void When_the_primary_owner_goes_the_next_one_follows()
    {
        var world = OfAd();
        var group = world.State(UniversalSecurity, world.Ada, world.Uma);
        var request = Update(group) with { Owners = [new ReferenceChange(ChangeMode.Remove, ["Ada Winter"])] };

        var plan = Plan(request, world.Facts() with { Group = group });

        Assert.Equal([("managedBy", PlanAction.Set), ("XAdditionalOwner", PlanAction.Remove)], plan.Steps.Select(step => (step.Path, step.Action)));
        Assert.Equal(world.Uma.Id, plan.Steps[0].Target!.Id);
    }

    [Fact]
    public void The_last_owner_stays()
    {
        var (world, group) = Ad();
        var request = Update(group) with { Owners = [new ReferenceChange(ChangeMode.Remove, ["Ada Winter"])] };

        Assert.Equal("OwnerRequired", Assert.Single(Plan(request, world.Facts() with { Group = group }).Problems).Code);
    }

    [Fact]
    public void In_entra_only_people_own_groups()
    {
        var world = OfEntra();
        var other = world.Group("Other", 4);
        var group = world.State(4, world.Ada);
        var request = Update(group) with { Owners = [new ReferenceChange(ChangeMode.Add, [other.Id.ToString(), "nobody"])] };

        Assert.Equal(["OwnerKindEntra", "OwnerNotFound"], Plan(request, world.Facts() with { Group = group }).Problems.Select(problem => problem.Code));
    }

    [Fact]
    public void Somebody_who_does_not_own_the_group_changes_nothing_not_even_what_stands_already()
    {
        var (world, group) = Ad();
        world.Role = PortalRole.User;
        var facts = world.Facts() with { Group = group, RequesterObject = world.Uma };

        Assert.Equal(AccessVerdict.Deny, Plan(Update(group, Set("description", "new")), facts).Access.Verdict);
        Assert.Equal(AccessVerdict.Deny, Plan(Update(group, Set("description", "as it was")), facts).Access.Verdict);
        Assert.Equal(AccessVerdict.Deny, Plan(Update(group), facts).Access.Verdict);
        Assert.Equal(AccessVerdict.Allow, Plan(Update(group, Set("description", "new")), facts with { RequesterObject = world.Ada }).Access.Verdict);
    }

    [Fact]
    public void A_protected_group_is_not_deleted_even_by_an_administrator()
    {
        var (world, group) = Ad();
        var request = new GroupRequest { Kind = PlanKind.Delete, GroupId = group.Id };

        Assert.False(Plan(request, world.Facts() with { Group = group with { IsProtected = true } }).IsApplicable);
        Assert.True(Plan(request, world.Facts() with { Group = group }).IsApplicable);
    }

    private static (PlanWorld World, GroupState Group) Ad()
    {
        var world = OfAd();
        return (world, world.State(UniversalSecurity, world.Ada));
    }
}
