using GroupPortal.Core.Access;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using GroupPortal.Core.Results;
using static GroupPortal.Core.Tests.Plans.PlanWorld;

namespace GroupPortal.Core.Tests.Plans;

/// <summary>What only Entra ID has: teams, rules of its own, and groups that are written elsewhere.</summary>
public sealed class EntraPlanTests
{
    private const string Rule = "user.department -eq \"Sales\"";

    private readonly PlanWorld _world = OfEntra();

    [Fact]
    public void A_new_team_has_a_line_of_its_own_at_the_end()
    {
        var plan = Plan(Create("Project", Set("GroupType", "32")), _world.Facts());

        var team = plan.Steps[^1];
        Assert.Equal((AttributeNames.Team, KeptBy.Teams, true), (team.Path, team.KeptBy, team.IsWritten));
        Assert.True(plan.IsApplicable);
    }

    [Theory]
    [InlineData("4")]
    [InlineData("8")]
    [InlineData("16")]
    public void No_other_type_has_it(string type) =>
        Assert.DoesNotContain(Plan(Create("Project", Set("GroupType", type)), _world.Facts()).Steps, step => step.KeptBy == KeptBy.Teams);

    [Fact]
    public void A_microsoft_365_group_becomes_a_team_by_a_request_to_teams()
    {
        var group = _world.State(16);

        var step = Assert.Single(Plan(Update(group, Set("GroupType", "32")), _world.Facts() with { Group = group }).Steps);

        Assert.Equal((PlanAction.Set, KeptBy.Teams, null), (step.Action, step.KeptBy, step.Problem));
    }

    [Theory]
    [InlineData(4, "16")]
    [InlineData(4, "32")]
    [InlineData(16, "4")]
    [InlineData(32, "16")]
    public void Any_other_type_stays_as_it_is(int from, string to)
    {
        var group = _world.State(from);

        var step = Assert.Single(Plan(Update(group, Set("GroupType", to)), _world.Facts() with { Group = group }).Steps);

        Assert.Equal("TypeIsFixed", step.Problem?.Code);
    }

    [Fact]
    public void Without_teams_nothing_becomes_one()
    {
        var group = _world.State(16);
        var facts = _world.Facts() with { Group = group, Capabilities = _world.Facts().Capabilities with { HasTeams = false } };

        Assert.Equal("TeamsMissing", Assert.Single(Plan(Update(group, Set("GroupType", "32")), facts).Problems).Code);
    }

    [Fact]
    public void A_group_of_exchange_shows_why_nothing_of_it_is_changed_here()
    {
        var group = _world.State(8, _world.Ada) with { Authority = GroupAuthority.Exchange };
        var request = Update(group, Set("description", "new"), Set("hideFromAddressLists", "true"), Set("XGroupSecurity", "Public"), Set("info", "kept here")) with
        {
            Members = [new ReferenceChange(ChangeMode.Add, ["Uma Devi"])],
            Owners = [new ReferenceChange(ChangeMode.Add, ["Uma Devi"])],
        };

        var plan = Plan(request, _world.Facts() with { Group = group });

        Assert.True(plan.IsApplicable);
        Assert.Equal(["XGroupSecurity", "info"], plan.Steps.Where(step => step.IsWritten).Select(step => step.Path));
        Assert.All(plan.Steps.Where(step => step.Problem is not null), step => Assert.Equal("KeptInExchange", step.Problem!.Code));
        Assert.Equal(4, plan.LineProblems.Count());
    }

    [Theory]
    [InlineData(GroupAuthority.Exchange, "This group is kept in Exchange Online; Microsoft Graph only shows it. Change it there.")]
    [InlineData(GroupAuthority.OnPremises, "This group is synchronised from Active Directory; change it there.")]
    public void It_is_not_deleted_here_either(GroupAuthority authority, string message)
    {
        var group = _world.State(4) with { Authority = authority };

        var plan = Plan(new GroupRequest { Kind = PlanKind.Delete, GroupId = group.Id }, _world.Facts() with { Group = group });

        Assert.False(plan.IsApplicable);
        Assert.Equal(message, Assert.Single(plan.Problems).Message);
    }

    [Fact]
    public void No_rule_of_the_portal_decides_members_that_are_written_elsewhere()
    {
        var group = _world.State(4) with { Authority = GroupAuthority.OnPremises };

        var plan = Plan(
            Update(group, Set(AttributeNames.ManagedGroupType, "2"), Set(AttributeNames.Criteria, "x"), Set(AttributeNames.CriteriaLanguage, "ldap")),
            _world.Facts() with { Group = group });

        Assert.Equal("RuleElsewhere", Assert.Single(plan.Problems).Code);
    }

    [Theory]
    [InlineData(0, 3, 3, "Empties")]
    [InlineData(1, 3, 3, "")]
    [InlineData(0, 1, 1, "")]
    [InlineData(0, 9, 19, "")]
    [InlineData(0, 10, 20, "Removes")]
    [InlineData(0, 500, 10_000, "Removes")]
    [InlineData(4_999, 0, 10, "")]
    [InlineData(5_000, 0, 10, "Adds")]
    public void Whom_another_rule_brings_and_takes_is_held_as_if_it_were_named(int adds, int removes, int present, string holds)
    {
        var plan = GivingRule(new EntraRuleEffect(adds, removes, present));

        Assert.Equal(holds, string.Join(',', plan.Guard.Holds));
        Assert.Equal((adds, removes, present), ((int)plan.Guard.Adds, (int)plan.Guard.Removes, (int)plan.Guard.Present));
    }

    [Fact]
    public void A_rule_of_which_too_little_is_known_is_held_where_there_is_somebody_to_lose()
    {
        Assert.Equal(["RuleUnknown"], GivingRule(new EntraRuleEffect(0, 0, 1) { IsUnknown = true }).Guard.Holds);
        Assert.Empty(GivingRule(new EntraRuleEffect(0, 0, 0) { IsUnknown = true }).Guard.Holds);
        Assert.Equal(["Shrunk"], GivingRule(new EntraRuleEffect(0, 1, 9) { IsShrunk = true }).Guard.Holds);
        Assert.Empty(GivingRule(new EntraRuleEffect(1, 0, 9) { IsShrunk = true }).Guard.Holds);
    }

    [Fact]
    public void Taking_everybody_out_of_a_group_written_elsewhere_is_nothing_to_hold()
    {
        var group = _world.State(4) with { Authority = GroupAuthority.OnPremises, MemberCount = 2 };
        var request = Update(group) with { Members = [new ReferenceChange(ChangeMode.Remove, ["Uma Devi", "Ada Winter"])] };

        var plan = Plan(request, _world.Facts() with { Group = group, PresentMembers = new HashSet<Guid> { _world.Uma.Id, _world.Ada.Id } });

        Assert.False(plan.Guard.IsHeld);
        Assert.Equal(0, plan.WriteCount);
    }

    [Fact]
    public void A_new_dynamic_group_is_processed_unless_it_says_otherwise()
    {
        Assert.Equal(["On"], Processing(Plan(Create("Sellers", Set(AttributeNames.MembershipRule, Rule)), _world.Facts()))!.After);
        Assert.Equal(["Paused"], Processing(Plan(Create("Sellers", Set(AttributeNames.MembershipRule, Rule), Set(AttributeNames.RuleProcessing, "paused")), _world.Facts()))!.After);
        Assert.Null(Processing(Plan(Create("Sellers"), _world.Facts())));
    }

    [Fact]
    public void A_group_that_gets_a_rule_is_processed_and_one_that_loses_it_is_not()
    {
        var group = _world.State(4);
        var dynamic = Dynamic("On");

        Assert.Equal(["On"], Processing(Plan(Update(group, Set(AttributeNames.MembershipRule, Rule)), _world.Facts() with { Group = group }))!.After);
        Assert.Equal(PlanAction.Clear, Processing(Plan(Update(dynamic, Set(AttributeNames.MembershipRule)), _world.Facts() with { Group = dynamic }))!.Action);
    }

    [Fact]
    public void Another_rule_of_a_paused_group_leaves_it_paused()
    {
        var group = Dynamic("Paused");

        var step = Assert.Single(Plan(Update(group, Set(AttributeNames.MembershipRule, Rule + " ")), _world.Facts() with { Group = group }).Steps);

        Assert.Equal(AttributeNames.MembershipRule, step.Path);
    }

    [Theory]
    [InlineData("paused", PlanAction.Set, null)]
    [InlineData("ON", PlanAction.NoChange, null)]
    [InlineData("sometimes", PlanAction.Set, "RuleProcessingUnknown")]
    public void Processing_is_on_or_paused(string value, PlanAction action, string? problem)
    {
        var group = Dynamic("On");

        var step = Assert.Single(Plan(Update(group, Set(AttributeNames.RuleProcessing, value)), _world.Facts() with { Group = group }).Steps);

        Assert.Equal((action, problem), (step.Action, step.Problem?.Code));
    }

    [Fact]
    public void A_static_group_has_nothing_to_process_and_a_dynamic_one_cannot_be_without()
    {
        var group = _world.State(4);
        var dynamic = Dynamic("On");

        Assert.Equal("RuleProcessingOfStatic", Assert.Single(Plan(Update(group, Set(AttributeNames.RuleProcessing, "On")), _world.Facts() with { Group = group }).Problems).Code);
        Assert.Equal("CannotClear", Assert.Single(Plan(Update(dynamic, Set(AttributeNames.RuleProcessing)), _world.Facts() with { Group = dynamic }).Problems).Code);
    }

    [Fact]
    public void To_pause_a_rule_is_to_define_it()
    {
        var plan = Plan(Update(Dynamic("On"), Set(AttributeNames.RuleProcessing, "Paused")), _world.Facts() with { Group = Dynamic("On") });

        Assert.Equal(GroupActions.DefineRule, GroupPlanner.ActionsOf(plan, requester: null));
    }

    [Fact]
    public void Members_of_a_dynamic_group_are_not_named_by_hand_neither_new_nor_later()
    {
        var group = Dynamic("On");
        ReferenceChange uma = new(ChangeMode.Add, ["Uma Devi"]);

        Assert.Contains(Plan(Create("Sellers", Set(AttributeNames.MembershipRule, Rule)) with { Members = [uma] }, _world.Facts()).Problems, problem => problem.Code == "DynamicMembers");
        Assert.Contains(Plan(Update(group) with { Members = [uma] }, _world.Facts() with { Group = group }).Problems, problem => problem.Code == "DynamicMembers");
    }

    private GroupPlan GivingRule(EntraRuleEffect effect)
    {
        var group = _world.State(4);
        return Plan(Update(group, Set(AttributeNames.MembershipRule, Rule)), _world.Facts() with { Group = group, RuleEffect = effect });
    }

    private static PlanStep? Processing(GroupPlan plan) => plan.Steps.SingleOrDefault(step => step.Path == AttributeNames.RuleProcessing);

    private GroupState Dynamic(string processing)
    {
        var group = _world.State(4);
        return group with { Attributes = group.Attributes.With(AttributeNames.MembershipRule, Rule).With(AttributeNames.RuleProcessing, processing) };
    }
}
