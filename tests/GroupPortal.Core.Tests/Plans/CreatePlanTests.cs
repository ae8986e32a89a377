using GroupPortal.Core.Access;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using static GroupPortal.Core.Tests.Plans.PlanWorld;

namespace GroupPortal.Core.Tests.Plans;

public sealed class CreatePlanTests
{
    [Fact]
    public void A_group_of_active_directory_gets_what_it_needs_from_its_name()
    {
        var world = OfAd();

        var plan = Plan(Create("DemoGroup"), world.Facts());

        Assert.True(plan.IsApplicable);
        Assert.Equal("CN=DemoGroup,OU=Groups,DC=demo,DC=local", plan.GroupDn);
        Assert.Equal(
            ["", "name", "sAMAccountName", "groupType", "XGroupSecurity", "IMSGManagedGroupType", "managedBy"],
            plan.Steps.Select(step => step.Path));
        Assert.Equal(["-2147483646"], One(plan, "groupType").After);
        Assert.Equal(["DemoGroup"], One(plan, "sAMAccountName").After);
        Assert.Equal(StepReason.Derived, One(plan, "sAMAccountName").Reason);
        Assert.Equal(KeptBy.Portal, One(plan, "XGroupSecurity").KeptBy);
        Assert.Equal(StepReason.CreatorOwns, One(plan, "managedBy").Reason);
        Assert.Equal(world.Ada.Id, One(plan, "managedBy").Target!.Id);
        Assert.Equal(Enumerable.Range(0, 7), plan.Steps.Select(step => step.Ordinal));
    }

    [Fact]
    public void A_group_of_entra_gets_a_nickname_and_no_older_names()
    {
        var plan = Plan(Create("api Sec Azure"), OfEntra().Facts());

        Assert.True(plan.IsApplicable);
        Assert.Equal(["", "displayName", "groupType", "mailNickname", "XGroupSecurity", "IMSGManagedGroupType", "owners"], plan.Steps.Select(step => step.Path));
        Assert.Equal(["4"], One(plan, "groupType").After);
        Assert.Equal(["api-Sec-Azure"], One(plan, "mailNickname").After);
    }

    [Theory]
    [InlineData("16", "Public", "Public")]
    [InlineData("16", "Private", "Private")]
    [InlineData("32", "Semi_Private", "Private")]
    public void The_visibility_of_a_microsoft_365_group_follows_who_can_join(string type, string security, string visibility)
    {
        var plan = Plan(Create("Team", Set("GroupType", type), Set("XGroupSecurity", security)), OfEntra().Facts());

        Assert.Equal([visibility], One(plan, "visibility").After);
        Assert.Equal(StepReason.Implied, One(plan, "visibility").Reason);
    }

    [Fact]
    public void A_security_group_has_no_visibility() =>
        Assert.DoesNotContain(Plan(Create("Sec", Set("GroupType", "4")), OfEntra().Facts()).Steps, step => step.Path == "visibility");

    [Fact]
    public void A_name_without_plain_letters_still_gets_a_nickname()
    {
        var nickname = One(Plan(Create("日本"), OfEntra().Facts()), "mailNickname");

        Assert.Null(nickname.Problem);
        Assert.StartsWith("group-", nickname.After[0], StringComparison.Ordinal);
    }

    [Fact]
    public void All_problems_come_at_once_each_with_its_field()
    {
        var facts = OfAd().Facts() with { RequesterObject = null, ContainerExists = false };
        var request = Create(new string('x', 71), Set("groupType", "16"), Set("description", new string('d', 1025)), Set("XGroupSecurity", "Semi_Public")) with
        {
            Container = "OU=Nowhere,DC=demo,DC=local",
        };

        var plan = Plan(request, facts);

        Assert.False(plan.IsApplicable);
        Assert.Equal(
            ["container:ContainerUnknown", "description:TooLong", "groupType:AdTypeUnknown", "name:NameTooLong", "owners:OwnerRequired", "XGroupSecurity:SecurityTypeUnknown"],
            plan.Problems.Select(problem => $"{problem.Field}:{problem.Code}").Order(StringComparer.OrdinalIgnoreCase));
        Assert.Contains("at most 64 characters; this one has 71", plan.Problems.Single(problem => problem.Field == "name").Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "NameEmpty")]
    [InlineData("a\r\nb", "LineBreak")]
    public void A_name_that_cannot_be_is_refused(string name, string code) =>
        Assert.Equal(code, Assert.Single(Plan(Create(name), OfAd().Facts()).Problems, problem => problem.Field == "name").Code);

    [Theory]
    [InlineData("*()\\,+\"<>;#")]
    [InlineData("#begins")]
    [InlineData("مجموعة")]
    [InlineData("Team 😀")]
    [InlineData("Ｓａｌｅｓ")]
    public void A_strange_name_is_a_name(string name)
    {
        var plan = Plan(Create(name), OfAd().Facts());

        Assert.True(plan.IsApplicable, string.Join("; ", plan.Problems.Concat(plan.LineProblems).Select(problem => problem.Message)));
        Assert.Equal(name, DistinguishedName.Parse(plan.GroupDn).Name);
        Assert.Equal(4, DistinguishedName.Parse(plan.GroupDn).Depth);
    }

    [Fact]
    public void A_taken_name_says_by_whom()
    {
        var world = OfAd();
        var facts = world.Facts() with { NamesInUse = [new NameInUse("sAMAccountName", "DemoGroup", world.Uma, MustBeUnique: true)] };

        var problem = Assert.Single(Plan(Create("DemoGroup"), facts).Problems);

        Assert.Equal("sAMAccountName", problem.Field);
        Assert.Contains("Uma Devi", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_groups_of_entra_may_share_a_name()
    {
        var world = OfEntra();
        var facts = world.Facts() with { NamesInUse = [new NameInUse("displayName", "Team", world.Uma, MustBeUnique: false)] };

        Assert.True(Plan(Create("Team"), facts).IsApplicable);
    }

    [Fact]
    public void Without_exchange_a_distribution_group_is_refused_before_any_call()
    {
        var world = OfEntra();
        world.HasExchange = false;

        var problem = Assert.Single(Plan(Create("News", Set("GroupType", "8")), world.Facts()).Problems);

        Assert.Equal("DistributionNeedsExchange", problem.Code);
        Assert.EndsWith("New-DistributionGroup -Name 'News' -Alias 'News' -DisplayName 'News' -ManagedBy '" + world.Ada.Id + "'", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rules_of_the_store_are_kept()
    {
        var facts = OfAd().Facts() with { Naming = new NamingRules("GG-", "GG-[A-Z].*", "GG- and a capital letter", ["description"]) };

        Assert.Equal(
            ["FieldRequired", "NamePattern", "NamePrefix"],
            Plan(Create("sales"), facts).Problems.Select(problem => problem.Code).Order());
        Assert.Empty(Plan(Create("GG-Sales", Set("description", "x")), facts).Problems);
    }

    [Fact]
    public void In_entra_name_and_display_name_are_one()
    {
        Assert.Equal("TwoNames", Assert.Single(Plan(Create("One", Set("displayname", "Other")), OfEntra().Facts()).Problems).Code);
        Assert.Empty(Plan(Create("One", Set("displayname", "One")), OfEntra().Facts()).Problems);
    }

    [Fact]
    public void An_unknown_attribute_is_one_refused_line_beside_good_ones()
    {
        var plan = Plan(Create("DemoGroup", Set("favouriteColour", "red"), Set("description", "text")), OfAd().Facts());

        Assert.True(plan.IsApplicable);
        Assert.Equal("UnknownAttribute", One(plan, "favouriteColour").Problem!.Code);
        Assert.Null(One(plan, "description").Problem);
        Assert.False(Plan(Create("DemoGroup", Set("favouriteColour", "red")) with { IsStrict = true }, OfAd().Facts()).IsApplicable);
    }

    [Fact]
    public void Two_values_for_one_are_refused_for_the_whole()
    {
        var problem = Assert.Single(Plan(Create("DemoGroup", Set("description", "one", "two")), OfAd().Facts()).Problems);

        Assert.Equal(("description", "TwoValues"), (problem.Field, problem.Code));
    }

    [Fact]
    public void The_same_wish_and_facts_give_the_same_hash_and_another_wish_another()
    {
        var facts = OfAd().Facts();

        Assert.Equal(Plan(Create("DemoGroup"), facts).Hash, Plan(Create("DemoGroup"), facts).Hash);
        Assert.NotEqual(Plan(Create("DemoGroup"), facts).Hash, Plan(Create("DemoGroup", Set("description", "x")), facts).Hash);
    }

    [Fact]
    public void A_user_creates_only_where_the_store_lets_users_create()
    {
        var world = OfAd();
        world.Role = PortalRole.User;

        Assert.True(Plan(Create("DemoGroup"), world.Facts()).IsApplicable);
        Assert.False(Plan(Create("DemoGroup"), world.Facts() with { Access = new StoreAccess(UsersMayCreate: false) }).IsApplicable);
    }

    [Fact]
    public void The_names_to_look_up_are_those_the_plan_would_give()
    {
        var facts = OfAd().Facts();

        var query = GroupPlanner.NamesOf(Create("Sales, EU", Set("mailNickname", "sales")), facts)!;

        Assert.Equal(@"CN=Sales\, EU,OU=Groups,DC=demo,DC=local", query.Dn);
        Assert.Equal("Sales EU", query.AccountName);
        Assert.Equal("sales", query.MailNickname);
    }

    private static PlanStep One(GroupPlan plan, string path) => Assert.Single(plan.Steps, step => step.Path == path);
}
