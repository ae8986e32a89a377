using GroupPortal.Core.Access;
using GroupPortal.Core.Criteria;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using GroupPortal.Core.SmartGroups;
using GroupPortal.Core.Tests.Plans;
using static GroupPortal.Core.Tests.Plans.PlanWorld;

namespace GroupPortal.Core.Tests.SmartGroups;

/// <summary>What makes a group smart, dynamic or static, line by line.</summary>
public sealed class RulePlanTests
{
    private const string Text = "(department Contains \"engineering\")";

    private static readonly CriteriaReading Read = new(new Criterion.Compare("department", CompareOperator.Contains, "engineering"), []);

    [Fact]
    public void A_new_group_with_criteria_is_smart()
    {
        var world = OfAd();

        var plan = Plan(Create("Engineers", Set("IMSGCriteria", Text), Set("IMSGObjectTypes", "6"), Set("IMSGStartPath", "1;OU=Staff,DC=demo,DC=local")), world.Facts() with { Criteria = Read });

        Assert.Empty(plan.Problems);
        Assert.Empty(plan.LineProblems);
        Assert.Equal("2", After(plan, "IMSGManagedGroupType"));
        Assert.Equal(KeptBy.Portal, plan.Steps.Single(step => step.Path == "IMSGCriteria").KeptBy);
        Assert.Equal("1;OU=Staff,DC=demo,DC=local", After(plan, "IMSGStartPath"));
    }

    [Fact]
    public void Members_beside_criteria_become_exceptions()
    {
        var world = OfEntra();
        var request = Create("Engineers", Set("IMSGCriteria", Text)) with { Members = [new ReferenceChange(ChangeMode.Add, [world.Uma.Id.ToString(), "nobody"])] };

        var plan = Plan(request, world.Facts() with { Criteria = Read });

        Assert.Equal($"{world.Uma.Id}||ada", After(plan, "Include"));
        var member = Assert.Single(plan.Steps, step => step.Path == "members");
        Assert.Equal("MemberNotFound", member.Problem?.Code);
    }

    [Theory]
    [InlineData("IMSGManagedGroupType", "2", "CriteriaMissing")]
    [InlineData("Include", "19a1822e-e7ef-4206-af75-1c2d8b1d15eb", "RuleOfStatic")]
    [InlineData("IMSGObjectTypes", "6", "RuleOfStatic")]
    [InlineData("IMSGObjectTypes", "12", "ObjectTypeUnknown")]
    [InlineData("IMSGStartPath", "Staff", "StartPathMalformed")]
    [InlineData("IMSGStartPath", "DC=other,DC=local", "StartPathElsewhere")]
    [InlineData("Exclude", "uma", "ExceptionMalformed")]
    [InlineData("XCriteriaLanguage", "sql", "CriteriaLanguageUnknown")]
    [InlineData("XUpdateSchedule", "every 1", "ScheduleMinutes")]
    [InlineData("XUpdateSchedule", "now and then", "ScheduleUnknown")]
    public void Half_a_rule_stops_the_request(string attribute, string value, string code) =>
        Assert.Contains(code, Plan(Create("Engineers", Set(attribute, value)), OfAd().Facts()).Problems.Select(problem => problem.Code));

    [Fact]
    public void Broken_criteria_stop_the_request_and_say_where()
    {
        var broken = new CriteriaReading(null, [new CriteriaProblem("Unsupported", 7, 3)]);

        var plan = Plan(Create("Engineers", Set("IMSGCriteria", "(depart")), OfAd().Facts() with { Criteria = broken });

        var problem = Assert.Single(plan.Problems);
        Assert.Equal(("IMSGCriteria", "CriteriaBroken", "7"), (problem.Field, problem.Code, problem.Arguments[0]));
    }

    [Fact]
    public void A_group_has_one_rule_only()
    {
        var plan = Plan(Create("Engineers", Set("IMSGCriteria", Text), Set("membershipRule", "user.department -eq \"x\"")), OfEntra().Facts() with { Criteria = Read });

        Assert.Contains("TwoRules", plan.Problems.Select(problem => problem.Code));
    }

    [Fact]
    public void Nobody_is_named_a_member_where_Entra_decides()
    {
        var world = OfEntra();
        var request = Create("Engineers", Set("membershipRule", "user.department -eq \"x\"")) with { Members = [new ReferenceChange(ChangeMode.Add, [world.Uma.Label])] };

        Assert.Contains("DynamicMembers", Plan(request, world.Facts() with { Criteria = Read }).Problems.Select(problem => problem.Code));
    }

    [Fact]
    public void A_static_group_that_becomes_smart_keeps_those_whom_the_rule_misses()
    {
        var world = OfAd();
        var group = world.State(2, world.Ada);
        var facts = world.Facts() with { Group = group, Criteria = Read, KeptByException = [world.Uma.Id] };

        var plan = Plan(Update(group, Set("IMSGManagedGroupType", "2"), Set("IMSGCriteria", Text)), facts);

        Assert.Empty(plan.Problems);
        Assert.Equal($"{world.Uma.Id}||ada", After(plan, "Include"));
        Assert.DoesNotContain(plan.Steps, step => step.Path == "members");
        Assert.Equal(AccessVerdict.Allow, plan.Access.Verdict);
    }

    [Fact]
    public void A_smart_group_that_becomes_static_loses_its_rule_and_keeps_its_members()
    {
        var (world, group) = Smart();

        var plan = Plan(Update(group, Set("IMSGManagedGroupType", "1")), world.Facts() with { Group = group, Criteria = Read });

        Assert.Empty(plan.Problems);
        Assert.Equal(["IMSGManagedGroupType", "IMSGCriteria", "Include"], plan.Steps.Select(step => step.Path));
        Assert.All(plan.Steps.Skip(1), step => Assert.Equal(PlanAction.Clear, step.Action));
        Assert.False(plan.Guard.IsHeld);
    }

    [Fact]
    public void An_exception_of_somebody_who_has_one_replaces_it()
    {
        var (world, group) = Smart();
        var change = new AttributeChange("Include", ChangeMode.Add, [$"{world.Uma.Id}|2026-12-31||On leave"]);

        var plan = Plan(Update(group, change), world.Facts() with { Group = group });

        Assert.Equal($"{world.Uma.Id}|2026-12-31T00:00:00Z|ada|On leave", After(plan, "Include"));
    }

    [Fact]
    public void Nobody_signs_an_exception_with_anothers_name_and_one_that_is_there_keeps_its_own()
    {
        var (world, group) = Smart();

        var plan = Plan(Update(group, new AttributeChange("Include", ChangeMode.Set, [$"{world.Uma.Id}||hal", $"{world.Ada.Id}||hal|Helps"])), world.Facts() with { Group = group });

        Assert.Equal([$"{world.Uma.Id}||hal", $"{world.Ada.Id}||ada|Helps"], plan.Steps.Single(step => step.Path == "Include").After);
    }

    [Fact]
    public void An_exception_is_taken_away_by_the_id_alone()
    {
        var (world, group) = Smart();

        var plan = Plan(Update(group, new AttributeChange("Include", ChangeMode.Remove, [world.Uma.Id.ToString()])), world.Facts() with { Group = group });

        Assert.Equal(PlanAction.Clear, Assert.Single(plan.Steps).Action);
    }

    [Theory]
    [InlineData("IMSGStartPath", 500)]
    [InlineData("Include", 10_000)]
    [InlineData("Exclude", 10_000)]
    public void A_rule_has_no_more_entries_than_can_be_looked_at(string attribute, int most)
    {
        var (world, group) = Smart();
        string[] Values(int count) => [.. Enumerable.Range(0, count).Select(number => attribute == "IMSGStartPath" ? $"OU={number},DC=demo,DC=local" : new Guid(number, 0, 0, new byte[8]).ToString())];
        GroupPlan With(int count) => Plan(Update(group, Set(attribute, Values(count))), world.Facts() with { Group = group, Criteria = Read });

        Assert.Empty(With(most).Problems);
        Assert.Equal((attribute, "TooManyRuleValues"), With(most + 1).Problems.Select(problem => (problem.Field, problem.Code)).Single());
        Assert.NotNull(SmartRules.Of(group.Attributes.With(attribute, Values(most)), Read));
        Assert.Null(SmartRules.Of(group.Attributes.With(attribute, Values(most + 1)), Read));
    }

    [Theory]
    [InlineData("IMSGStartPaths", "IMSGStartPath")]
    [InlineData("IMSGObjectType", "IMSGObjectTypes")]
    [InlineData("IMSGIncludes", "Include")]
    [InlineData("exclud", "Exclude")]
    public void A_misspelt_part_of_a_rule_stops_the_request(string attribute, string meant)
    {
        var plan = Plan(Create("Engineers", Set("IMSGCriteria", Text), Set(attribute, "x")), OfAd().Facts() with { Criteria = Read });

        var problem = Assert.Single(plan.Problems);
        Assert.Equal((attribute, "RuleAttributeUnknown", meant), (problem.Field, problem.Code, problem.Arguments[1]));
    }

    [Theory]
    [InlineData("extraAttribute")]
    [InlineData("IMSGServerStorage")]
    public void Any_other_attribute_that_is_not_known_is_a_line_of_its_own(string attribute)
    {
        var plan = Plan(Create("Engineers", Set("IMSGCriteria", Text), Set(attribute, "x")), OfAd().Facts() with { Criteria = Read });

        Assert.Empty(plan.Problems);
        Assert.Equal("UnknownAttribute", plan.LineProblems.Single().Code);
    }

    [Fact]
    public void A_conversion_keeps_no_more_people_by_exception_than_a_rule_can_have()
    {
        var world = OfAd();
        var group = world.State(2, world.Ada);
        var facts = world.Facts() with { Group = group, Criteria = Read, KeptByException = [.. Enumerable.Range(0, 10_001).Select(number => new Guid(number, 0, 0, new byte[8]))] };

        var plan = Plan(Update(group, Set("IMSGManagedGroupType", "2"), Set("IMSGCriteria", Text)), facts);

        Assert.Equal(("Include", "TooManyRuleValues"), plan.Problems.Select(problem => (problem.Field, problem.Code)).Single());
    }

    /// <summary>Who says that it was somebody else who made an exception is not believed.</summary>
    [Theory]
    [InlineData("||uma|Because", "||ada|Because")]
    [InlineData("|2099-12-31||", "|2099-12-31T00:00:00Z|ada")]
    [InlineData("|2099-12-31|hal|Because", "|2099-12-31T00:00:00Z|ada|Because")]
    public void A_new_exception_is_by_the_requester_whoever_it_says(string asked, string kept)
    {
        var (world, group) = Smart();
        var id = Guid.NewGuid();

        var plan = Plan(Update(group, new AttributeChange("Exclude", ChangeMode.Add, [id + asked])), world.Facts() with { Group = group });

        Assert.Equal(id + kept, After(plan, "Exclude"));
    }

    [Theory]
    [InlineData("||hal|On leave")]
    [InlineData("|||On leave")]
    [InlineData("||uma|On leave")]
    public void An_exception_that_stands_unchanged_stays_by_whom_it_was(string asked)
    {
        var (world, group) = Smart();
        var standing = group with { Attributes = group.Attributes.With("Include", [$"{world.Uma.Id}||hal|On leave"]) };

        var plan = Plan(Update(standing, Set("Include", world.Uma.Id + asked)), world.Facts() with { Group = standing });
        var other = Plan(Update(standing, Set("Include", $"{world.Uma.Id}||hal|Back again")), world.Facts() with { Group = standing });

        Assert.Equal(PlanAction.NoChange, Assert.Single(plan.Steps).Action);
        Assert.Equal($"{world.Uma.Id}||ada|Back again", After(other, "Include"));
    }

    [Fact]
    public void The_rule_of_a_smart_group_cannot_be_emptied()
    {
        var (world, group) = Smart();

        var plan = Plan(Update(group, Set("IMSGCriteria")), world.Facts() with { Group = group });

        Assert.Equal("CriteriaMissing", Assert.Single(plan.Problems).Code);
    }

    [Fact]
    public void A_rule_is_read_back_from_the_groups_attributes()
    {
        var (world, group) = Smart();

        var rule = SmartRules.Of(group.Attributes, Read)!;

        Assert.Equal((Text, CriteriaLanguage.GroupId, Read.Root), (rule.Text, rule.Language, rule.Criteria));
        Assert.Equal([QueryObjectType.Users], rule.ObjectTypes);
        Assert.Equal(world.Uma.Id, Assert.Single(rule.Include).Id);
    }

    [Fact]
    public void A_rule_of_which_one_part_cannot_be_read_is_none() =>
        Assert.Null(SmartRules.Of(Smart().Group.Attributes.With("IMSGStartPath", "nowhere"), Read));

    private static (PlanWorld World, GroupState Group) Smart()
    {
        var world = OfAd();
        var group = world.State(2, world.Ada);
        return (world, group with
        {
            Attributes = group.Attributes.With("IMSGManagedGroupType", "2").With("IMSGCriteria", Text).With("Include", $"{world.Uma.Id}||hal|"),
        });
    }

    private static string After(GroupPlan plan, string path) => Assert.Single(plan.Steps.Single(step => step.Path == path).After);
}
