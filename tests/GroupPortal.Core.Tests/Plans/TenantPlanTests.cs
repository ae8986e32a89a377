using GroupPortal.Core.Access;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Directories.Tenants;
using GroupPortal.Core.Directories.Writes;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using static GroupPortal.Core.Tests.Plans.PlanWorld;

namespace GroupPortal.Core.Tests.Plans;

/// <summary>Plans of what a tenant's services keep: licences, expiration, names under a policy, deleted groups.</summary>
public sealed class TenantPlanTests
{
    private static readonly Guid E3 = Guid.Parse("6fd2c87f-b296-42f0-b197-1e91e994b900");
    private static readonly Guid Visio = Guid.Parse("c5928f49-12ba-48f7-ada3-0d743a3601d5");

    [Theory]
    [InlineData(412, 500, 120, "412 members get Office 365 E3 (free licences: 380, so up to 32 of them would get none).")]
    [InlineData(100, 500, 120, "100 members get Office 365 E3 (free licences: 380).")]
    [InlineData(380, 500, 120, "380 members get Office 365 E3 (free licences: 380).")]
    [InlineData(1, 500, 120, "1 member gets Office 365 E3 (free licences: 380).")]
    [InlineData(1, 120, 120, "1 member would get Office 365 E3, but no licence is free.")]
    [InlineData(3, 10, 25, "3 members get Office 365 E3 (free licences: 0, so up to 3 of them would get none).")]
    [InlineData(3, null, null, "3 members get Office 365 E3. How many licences are free could not be read.")]
    [InlineData(0, 500, 120, "The group has no members yet; whoever becomes one gets Office 365 E3.")]
    public void A_licence_says_how_many_get_it_and_how_many_would_not(long members, int? bought, int? used, string effect)
    {
        var (facts, group) = Facts(4, new Licence(E3, "ENTERPRISEPACK", bought, used));
        facts = facts with { Group = group with { MemberCount = members } };

        var step = Assert.Single(Plan(Update(group, Set(AttributeNames.Licences, E3.ToString("N"))), facts).Steps);

        Assert.Equal((PlanAction.Set, KeptBy.Licensing, effect), (step.Action, step.KeptBy, step.Effect));
        Assert.Equal([E3.ToString("D")], step.After);
    }

    [Fact]
    public void A_licence_that_goes_says_who_loses_it()
    {
        var (facts, group) = Facts(4, new Licence(E3, "ENTERPRISEPACK", 500, 120), new Licence(Visio, "VISIOCLIENT", 5, 0));
        facts = facts with { Group = group with { MemberCount = 12, Attributes = group.Attributes.With(AttributeNames.Licences, Visio.ToString("D")) } };

        var step = Assert.Single(Plan(Update(group, Set(AttributeNames.Licences, E3.ToString("D"))), facts).Steps);

        Assert.Equal("12 members get Office 365 E3 (free licences: 380). 12 members lose Visio Plan 2, unless they have it another way.", step.Effect);
    }

    [Fact]
    public void Members_who_come_with_the_same_plan_are_counted()
    {
        var (facts, group) = Facts(4, new Licence(E3, "ENTERPRISEPACK", 500, 120));
        facts = facts with { Group = group with { MemberCount = 1 } };
        var request = Update(group, Set(AttributeNames.Licences, E3.ToString("D"))) with { Members = [new ReferenceChange(ChangeMode.Add, ["Uma Devi"])] };

        Assert.StartsWith("2 members get", Plan(request, facts).Steps.Single(step => step.Path == AttributeNames.Licences).Effect, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4, null, null)]
    [InlineData(16, "true", null)]
    [InlineData(16, "false", "LicencesNeedSecurity")]
    [InlineData(32, null, "LicencesNeedSecurity")]
    [InlineData(8, "true", "LicencesNeedSecurity")]
    public void Only_security_enabled_groups_give_licences(int type, string? securityEnabled, string? code)
    {
        var (facts, group) = Facts(type, new Licence(E3, "ENTERPRISEPACK", 500, 120));
        facts = facts with { Group = securityEnabled is null ? group : group with { Attributes = group.Attributes.With("securityEnabled", securityEnabled) } };

        var step = Assert.Single(Plan(Update(group, Set(AttributeNames.Licences, E3.ToString("D"))), facts).Steps);

        Assert.Equal(code, step.Problem?.Code);
        Assert.Equal(code is null, step.Effect is not null);
    }

    [Fact]
    public void A_licence_is_one_that_the_tenant_has()
    {
        var (facts, group) = Facts(4, new Licence(E3, "ENTERPRISEPACK", 500, 120));

        Assert.Equal("LicenceUnknown", Assert.Single(Plan(Update(group, Set(AttributeNames.Licences, Visio.ToString("D"))), facts).Steps).Problem?.Code);
        Assert.Equal("LicenceShape", Assert.Single(Plan(Update(group, Set(AttributeNames.Licences, "E3")), facts).Steps).Problem?.Code);
        Assert.Null(Assert.Single(Plan(Update(group, Set(AttributeNames.Licences, Visio.ToString("D"))), facts with { Tenant = new TenantFacts() }).Steps).Problem);
    }

    [Fact]
    public void A_store_that_is_no_tenant_has_none_of_it()
    {
        var (facts, group) = Facts(16);
        var request = Update(group, Set(AttributeNames.Licences, E3.ToString("D")), Set(AttributeNames.Expires, "true"), Set(AttributeNames.Renewed, "2026-11-22T00:00:00Z"));

        Assert.Equal(["TenantAttribute", "TenantAttribute", "TenantAttribute"], Plan(request, facts with { Tenant = null }).Steps.Select(step => step.Problem?.Code));
    }

    [Theory]
    [InlineData(16, ExpiringGroups.Selected, null)]
    [InlineData(32, ExpiringGroups.Selected, null)]
    [InlineData(4, ExpiringGroups.Selected, "ExpirationNeedsUnified")]
    [InlineData(16, ExpiringGroups.All, "ExpirationNotSelected")]
    [InlineData(16, ExpiringGroups.None, "ExpirationNotSelected")]
    [InlineData(16, null, "ExpirationMissing")]
    public void A_group_is_named_only_in_a_policy_that_names_groups(int type, ExpiringGroups? groups, string? code)
    {
        var (facts, group) = Facts(type);
        facts = facts with { Tenant = new TenantFacts { IsExpirationKnown = true, Expiration = groups is { } some ? new ExpirationPolicy(180, some, []) : null } };

        var step = Assert.Single(Plan(Update(group, Set(AttributeNames.Expires, "True")), facts).Steps);

        Assert.Equal(code, step.Problem?.Code);
        Assert.Equal(code is null ? "The group is deleted 180 days after it was made or last renewed, unless somebody renews it in time." : null, step.Effect);
        Assert.Equal(["true"], step.After);
    }

    [Theory]
    [InlineData("2026-11-22T10:00:00Z", null)]
    [InlineData("tomorrow", "NotTime")]
    public void A_group_is_renewed_by_a_time(string value, string? code)
    {
        var (facts, group) = Facts(16);

        Assert.Equal(code, Assert.Single(Plan(Update(group, Set(AttributeNames.Renewed, value)), facts).Steps).Problem?.Code);
    }

    [Theory]
    [InlineData(AttributeNames.Licences, PortalRole.Administrator, false, AccessVerdict.Allow)]
    [InlineData(AttributeNames.Licences, PortalRole.Helpdesk, false, AccessVerdict.Deny)]
    [InlineData(AttributeNames.Licences, PortalRole.User, true, AccessVerdict.Deny)]
    [InlineData(AttributeNames.Expires, PortalRole.Administrator, false, AccessVerdict.Allow)]
    [InlineData(AttributeNames.Expires, PortalRole.User, true, AccessVerdict.Deny)]
    [InlineData(AttributeNames.Renewed, PortalRole.User, true, AccessVerdict.Allow)]
    [InlineData(AttributeNames.Renewed, PortalRole.User, false, AccessVerdict.Deny)]
    public void Licences_are_the_administrators_and_renewing_is_the_owners(string attribute, PortalRole role, bool owns, AccessVerdict verdict)
    {
        var (facts, group) = Facts(16, new Licence(E3, "ENTERPRISEPACK", 500, 120));
        var value = attribute switch
        {
            AttributeNames.Licences => E3.ToString("D"),
            AttributeNames.Expires => "true",
            _ => "2026-11-22T10:00:00Z",
        };
        facts = facts with { Requester = facts.Requester with { Role = role }, RequesterObject = owns ? group.Owners[0] : null };

        Assert.Equal(verdict, Plan(Update(group, Set(attribute, value)), facts).Access.Verdict);
    }

    [Fact]
    public void Who_may_create_groups_gives_no_licences_with_them()
    {
        var (facts, _) = Facts(4, new Licence(E3, "ENTERPRISEPACK", 500, 120));
        facts = facts with { Group = null, Requester = facts.Requester with { Role = PortalRole.User } };

        var plan = Plan(Create("Sales", Set(AttributeNames.Licences, E3.ToString("D"))), facts);

        Assert.Equal(AccessVerdict.Deny, plan.Access.Verdict);
        Assert.Equal(GroupActions.Create | GroupActions.AssignLicences, GroupPlanner.ActionsOf(plan, requester: null));
        Assert.Equal(AccessVerdict.Allow, Plan(Create("Sales"), facts).Access.Verdict);
    }

    [Fact]
    public void The_tenants_naming_policy_refuses_in_its_own_words()
    {
        var (facts, _) = Facts(16);
        facts = facts with
        {
            Group = null,
            Tenant = new TenantFacts { NameRefusals = [new NameRefusal(AttributeNames.DisplayName, "ContainsBlockedWord", "The name contains the blocked word CEO.")] },
        };

        var problem = Assert.Single(Plan(Create("CEO", Set(AttributeNames.GroupType, "16")), facts).Problems);

        Assert.Equal((AttributeNames.DisplayName, "NamingPolicy", ProblemScope.Request), (problem.Field, problem.Code, problem.Scope));
        Assert.EndsWith("The name contains the blocked word CEO.", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_is_taken_is_told_once()
    {
        var (facts, _) = Facts(16);
        facts = facts with
        {
            Group = null,
            NamesInUse = [new NameInUse(AttributeNames.MailNickname, "sales", PlanWorld.OfEntra().Ada, MustBeUnique: true)],
            Tenant = new TenantFacts { NameRefusals = [new NameRefusal(AttributeNames.MailNickname, "PropertyConflict", "Another object has it.")] },
        };

        Assert.Equal("NameTaken", Assert.Single(Plan(Create("Sales", Set(AttributeNames.GroupType, "16")), facts).Problems).Code);
    }

    [Fact]
    public void A_policy_that_could_not_be_asked_stops_nobody_and_is_told()
    {
        var (facts, group) = Facts(16);
        facts = facts with { Tenant = new TenantFacts { AreNamesUnchecked = true } };

        var plan = Plan(Update(group) with { Name = "New name" }, facts);

        Assert.True(plan.IsApplicable);
        Assert.Equal("The naming policy of the tenant could not be asked about this name.", Assert.Single(plan.Steps).Effect);
    }

    [Fact]
    public void What_a_step_does_to_others_is_no_part_of_the_hash()
    {
        var (facts, group) = Facts(4, new Licence(E3, "ENTERPRISEPACK", 500, 120));
        var request = Update(group, Set(AttributeNames.Licences, E3.ToString("D")));

        var (few, many) = (Plan(request, facts), Plan(request, facts with { Group = group with { MemberCount = 9000 } }));

        Assert.NotEqual(few.Steps[0].Effect, many.Steps[0].Effect);
        Assert.Equal(few.Hash, many.Hash);
    }

    [Theory]
    [InlineData(PortalRole.Administrator, false, AccessVerdict.Allow)]
    [InlineData(PortalRole.Helpdesk, false, AccessVerdict.Allow)]
    [InlineData(PortalRole.User, false, AccessVerdict.Deny)]
    [InlineData(PortalRole.Administrator, true, AccessVerdict.Deny)]
    public void A_deleted_group_comes_back_by_one_step_for_those_who_could_delete_it(PortalRole role, bool isProtected, AccessVerdict verdict)
    {
        var (facts, group) = Facts(16);
        facts = facts with { Group = group with { Owners = [], IsProtected = isProtected }, Requester = facts.Requester with { Role = role } };

        var plan = Plan(new GroupRequest { Kind = PlanKind.Restore, GroupId = group.Id }, facts);

        var step = Assert.Single(plan.Steps);
        Assert.Equal((PlanAction.Restore, "DemoGroup", verdict), (step.Action, step.After[0], plan.Access.Verdict));
        Assert.Equal(new DirectoryWrite.RestoreGroup(0, 0), Assert.Single(WriteBatches.Of(plan, WriteRules.Graph)));
    }

    [Fact]
    public void What_is_deleted_elsewhere_is_gone()
    {
        var (facts, _) = Facts(4);

        var plan = Plan(new GroupRequest { Kind = PlanKind.Restore, GroupId = Guid.NewGuid() }, facts with { Group = null, Tenant = null });

        Assert.Equal("RestoreUnsupported", Assert.Single(plan.Problems).Code);
        Assert.False(plan.IsApplicable);
    }

    [Fact]
    public void Licences_and_expiration_are_writes_of_their_own()
    {
        var (facts, group) = Facts(16, new Licence(E3, "ENTERPRISEPACK", 500, 120));
        facts = facts with { Group = group with { Attributes = group.Attributes.With("securityEnabled", "true") } };
        var request = Update(
            group,
            Set(AttributeNames.Licences, E3.ToString("D")), Set(AttributeNames.Description, "new"), Set(AttributeNames.Expires, "true"), Set(AttributeNames.Renewed, "2026-11-22T10:00:00Z"));

        var writes = WriteBatches.Of(Plan(request, facts), WriteRules.Graph).Cast<DirectoryWrite.ModifyGroup>();

        Assert.Equal(
            ["description", "assignedLicenses", "groupLifecyclePolicies renewedDateTime"],
            writes.Select(write => string.Join(' ', write.Attributes.Select(attribute => attribute.Attribute))));
    }

    [Theory]
    [InlineData("user.department -eq \"Sales\" ", true)]
    [InlineData("user.department -eq \"Sale\"", false)]
    public void The_same_rule_with_another_blank_is_not_read_again(string rule, bool isSame)
    {
        var (_, group) = Facts(4);
        group = group with { Attributes = group.Attributes.With(AttributeNames.MembershipRule, "user.department -eq \"Sales\"") };

        Assert.Equal(isSame, GroupPlanner.CriteriaOf(Update(group, Set(AttributeNames.MembershipRule, rule)), group) is null);
    }

    [Theory]
    [InlineData(29, "", "ExpirationTooShort")]
    [InlineData(30, "", null)]
    [InlineData(180, "nobody", "ExpirationMail")]
    [InlineData(180, "ada@contoso.com", null)]
    public void A_policy_has_its_limits(int days, string mail, string? code) =>
        Assert.Equal(code, new ExpirationPolicy(days, ExpiringGroups.All, mail.Length == 0 ? [] : [mail]).WhyNot()?.Code);

    private static (PlanFacts Facts, GroupState Group) Facts(int type, params Licence[] licences)
    {
        var world = OfEntra();
        var group = world.State(type, world.Ada) with { MemberCount = 2 };
        return (world.Facts() with { Group = group, Tenant = new TenantFacts { Licences = licences.ToDictionary(licence => licence.Sku) } }, group);
    }
}
