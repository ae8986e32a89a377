using GroupPortal.Application.Access;
using GroupPortal.Application.Groups;
using GroupPortal.Application.History;
using GroupPortal.Application.Schedules;
using GroupPortal.Application.Storage;
using GroupPortal.Application.Tests.Support;
using GroupPortal.Core.Access;
using GroupPortal.Core.Criteria;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Directories.Tenants;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using GroupPortal.Core.Results;
using GroupPortal.Core.SmartGroups;
using GroupPortal.Tests;
using Microsoft.Extensions.Logging;

namespace GroupPortal.Application.Tests.Groups;

/// <summary>What a tenant has of its groups beside the directory, from the question to the history.</summary>
public sealed class TenantGroupsTests
{
    private static readonly Guid E3 = Guid.Parse("6fd2c87f-b296-42f0-b197-1e91e994b900");
    private static readonly Guid Visio = Guid.Parse("c5928f49-12ba-48f7-ada3-0d743a3601d5");

    [Fact]
    public async Task Licences_are_planned_against_those_that_the_tenant_says_and_the_effect_stays_with_the_plan()
    {
        await using var portal = await StartAsync();
        var people = await portal.PeopleAsync(3);
        var id = (await portal.DoAsync(Requests.Create("Night Shift", people.Select(person => person.Id)))).GroupId!.Value;
        Tenant(portal).Group = new TenantGroup(id) { Licences = [new Licence(Visio, "VISIOCLIENT", 5, 5)] };
        Tenant(portal).Licences.AddRange([new Licence(E3, "ENTERPRISEPACK", 10, 8), new Licence(Visio, "VISIOCLIENT", 5, 5)]);
        portal.Store.BeforeWrite = write => write is DirectoryWrite.ModifyGroup ? new DirectoryWriteAnswer.Applied(id, null, [.. write.Steps.Select(StepOutcome.Done)]) : null;

        var result = await portal.DoAsync(TenantGroups.Licences(id, [E3]));

        const string Effect = "3 members get Office 365 E3 (free licences: 2, so up to 1 of them would get none). 3 members lose Visio Plan 2, unless they have it another way.";
        var row = Assert.Single(result.Rows);
        Assert.Equal((StepStatus.Done, Effect, Visio.ToString("D"), E3.ToString("D")), (row.Status, row.Step.Effect, row.Step.Before[0], row.Step.After[0]));
        await portal.RestartAsync();
        Assert.Equal(Effect, Assert.Single((await portal.Groups.GetAsync(result.Plan.Id, CancellationToken.None))!.Rows).Step.Effect);
    }

    [Fact]
    public async Task An_embedded_store_says_that_it_has_no_such_services()
    {
        await using var portal = await TestPortal.StartAsync(StoreKind.EntraId);
        var id = (await portal.DoAsync(Requests.Create("Night Shift"))).GroupId!.Value;

        Assert.False(Service(portal).IsTenant(portal.StoreId));
        Assert.IsType<DirectoryAnswer<TenantGroup?>.Failed>(await Service(portal).GetAsync(portal.StoreId, id, CancellationToken.None));
        Assert.Equal(["TenantAttribute"], (await portal.PlanAsync(TenantGroups.Licences(id, [E3]))).LineProblems.Select(problem => problem.Code));
        Assert.Equal(["RestoreUnsupported"], (await portal.PlanAsync(TenantGroups.Restore(Guid.NewGuid()))).Problems.Select(problem => problem.Code));
    }

    [Fact]
    public async Task The_naming_policy_is_asked_for_the_person_and_of_microsoft_365_groups_only()
    {
        await using var portal = await StartAsync();
        var ada = await portal.FindAsync("ada");

        await portal.PlanAsync(Requests.Create("Night Shift"));
        Assert.Empty(Tenant(portal).NamesAsked);

        Tenant(portal).Names = DirectoryAnswer.Ok<IReadOnlyList<NameRefusal>>([new NameRefusal(AttributeNames.DisplayName, "ContainsBlockedWord", "No shifts.")]);
        var plan = await portal.PlanAsync(Unified("Night Shift"));

        Assert.Equal(new NameCheck("Night Shift", "Night-Shift", null, ada.Id), Assert.Single(Tenant(portal).NamesAsked));
        Assert.Equal(["NamingPolicy"], plan.Problems.Select(problem => problem.Code));
    }

    [Fact]
    public async Task A_new_name_is_asked_about_for_the_group_that_gets_it()
    {
        await using var portal = await StartAsync();
        var id = (await portal.DoAsync(Unified("Night Shift"))).GroupId!.Value;
        Tenant(portal).NamesAsked.Clear();

        await portal.PlanAsync(Requests.Update(id, attributes: ("description", "x")));
        Assert.Empty(Tenant(portal).NamesAsked);
        await portal.PlanAsync(Requests.Update(id) with { Name = "Day Shift" });

        Assert.Equal(("Day Shift", null, id), (Tenant(portal).NamesAsked[0].DisplayName, Tenant(portal).NamesAsked[0].MailNickname, Tenant(portal).NamesAsked[0].Group));
    }

    [Fact]
    public async Task A_policy_that_is_forbidden_or_missing_says_nothing_and_one_that_is_away_is_told()
    {
        await using var portal = await StartAsync();
        foreach (var (error, effect) in new (DirectoryError, bool)[]
        {
            (new DirectoryError.AccessDenied(), false), (new DirectoryError.NotFound(), false), (new DirectoryError.Unsupported(), false),
            (new DirectoryError.Unavailable(), true), (new DirectoryError.Throttled(TimeSpan.FromSeconds(9)), true),
        })
        {
            Tenant(portal).Names = error;

            var plan = await portal.PlanAsync(Unified("Night Shift"));

            Assert.True(plan.IsApplicable);
            Assert.Equal(effect, plan.Steps.Any(step => step.Effect is not null));
        }
    }

    [Fact]
    public async Task A_deleted_group_is_restored_by_plan_and_apply_and_stands_in_the_history()
    {
        await using var portal = await StartAsync();
        var id = Guid.NewGuid();
        Tenant(portal).Deleted.Add(new DeletedGroup(id, "Night Shift", 16, null, portal.Clock.GetUtcNow(), portal.Clock.GetUtcNow() + TimeSpan.FromDays(30)));
        portal.Store.BeforeWrite = write => write is DirectoryWrite.RestoreGroup ? new DirectoryWriteAnswer.Applied(id, null, [StepOutcome.Done(0)]) : null;
        var plan = await portal.PlanAsync(TenantGroups.Restore(id), TestPortal.Hal);
        // After half a minute the policy is asked anew, and the group is in no directory yet.
        portal.Clock.Advance(TimeSpan.FromSeconds(30));

        var result = await portal.DoAsync(plan, TestPortal.Hal);

        Assert.Equal((StepStatus.Done, id), (result.Status, result.GroupId!.Value));
        var history = await portal.Get<HistoryReader>().OfGroupAsync(portal.StoreId, id, 0, 10, CancellationToken.None);
        var entry = Assert.Single(history.Items);
        Assert.Equal((PlanKind.Restore, "Night Shift", "hal"), (entry.Kind, entry.GroupName, entry.Account));
    }

    [Fact]
    public async Task A_smart_group_comes_back_with_its_rule_and_its_security_and_is_in_no_schedule_meanwhile()
    {
        await using var portal = await StartAsync();
        var id = await SmartAsync(portal);
        var before = (await portal.Get<PortalGroupStore>().FindAsync(portal.StoreId, id, CancellationToken.None))!;
        await DeleteAsync(portal, id);

        Assert.Null(await portal.Get<PortalGroupStore>().FindAsync(portal.StoreId, id, CancellationToken.None));
        Assert.Empty(await portal.Get<ScheduleStore>().GroupsAsync(portal.StoreId, CancellationToken.None));
        await portal.RestartAsync();
        await RestoreAsync(portal, id);

        var after = (await portal.Get<PortalGroupStore>().FindAsync(portal.StoreId, id, CancellationToken.None))!;
        Assert.Equal(("2", before.SecurityType, before.Version + 1), (after.ManagedGroupType, after.SecurityType, after.Version));
        Assert.Equal(before.Rule.ToDictionary(pair => pair.Key, pair => string.Join('|', pair.Value)), after.Rule.ToDictionary(pair => pair.Key, pair => string.Join('|', pair.Value)));
        Assert.Equal(before.RuleBy, after.RuleBy);
        Assert.Equal(id, Assert.Single(await portal.Get<ScheduleStore>().GroupsAsync(portal.StoreId, CancellationToken.None)).GroupId);
        Assert.Equal((Membership.Smart, "(department)"), ((await portal.GroupAsync(id)).Membership, (await portal.GroupAsync(id)).Attributes.First(AttributeNames.Criteria)));
    }

    [Fact]
    public async Task What_was_kept_of_a_group_since_is_not_undone_by_its_restore()
    {
        await using var portal = await StartAsync();
        var id = await SmartAsync(portal);
        await DeleteAsync(portal, id);
        // Somebody else had it back, and here it became public.
        await portal.DoAsync(Requests.Update(id, attributes: (AttributeNames.SecurityType, "Public")));

        await RestoreAsync(portal, id);

        var after = (await portal.Get<PortalGroupStore>().FindAsync(portal.StoreId, id, CancellationToken.None))!;
        Assert.Equal(("Public", false), (after.SecurityType, after.ManagedGroupType == "2"));
    }

    [Fact]
    public async Task What_no_tenant_gives_back_any_more_is_forgotten()
    {
        await using var portal = await StartAsync();
        var id = await SmartAsync(portal);
        await DeleteAsync(portal, id);
        var deleted = portal.Clock.GetUtcNow();
        var groups = portal.Get<PortalGroupStore>();

        Assert.Equal(0, await groups.RemoveDeletedAsync(deleted - TimeSpan.FromDays(1), CancellationToken.None));
        Assert.Equal(1, await groups.RemoveDeletedAsync(deleted + TimeSpan.FromDays(1), CancellationToken.None));
    }

    [Fact]
    public async Task Restoring_is_for_those_who_may_delete()
    {
        await using var portal = await StartAsync();
        var id = Guid.NewGuid();
        Tenant(portal).Deleted.Add(new DeletedGroup(id, "Night Shift", 4, null, portal.Clock.GetUtcNow(), portal.Clock.GetUtcNow()));

        Assert.Equal(AccessVerdict.Deny, (await portal.PlanAsync(TenantGroups.Restore(id), TestPortal.Uma)).Access.Verdict);
        Assert.IsType<DirectoryAnswer<Page<DeletedGroup>>.Failed>(await Service(portal).DeletedAsync(portal.StoreId, string.Empty, 0, 10, TestPortal.Uma, CancellationToken.None));
        var seen = await Service(portal).DeletedAsync(portal.StoreId, string.Empty, 0, 10, TestPortal.Hal, CancellationToken.None);
        Assert.Equal(id, Assert.Single(Assert.IsType<DirectoryAnswer<Page<DeletedGroup>>.Ok>(seen).Value.Items).Id);
        Assert.IsType<PlanAnswer.GroupUnknown>(await portal.Groups.PlanAsync(portal.StoreId, TenantGroups.Restore(Guid.NewGuid()), TestPortal.From(null), CancellationToken.None));
    }

    [Theory]
    [InlineData("user.department -eq \"Sales\"", "user.department -eq \"Sales\" ")]
    [InlineData("user.department -eq \"Sales\" ", "user.department -eq \"Sales\"")]
    [InlineData("this is no rule that the portal reads", "this is no rule that the portal reads ")]
    public void Update_now_is_the_same_rule_with_a_blank_more_or_less(string rule, string again)
    {
        var group = new GroupState(Guid.NewGuid(), "CN=x,DC=y", new GroupVersion(string.Empty, 0)) { Attributes = AttributeValues.None.With(AttributeNames.MembershipRule, rule) };

        var request = TenantGroups.UpdateNow(group)!;

        Assert.Equal((AttributeNames.MembershipRule, again), (request.Attributes[0].Name, request.Attributes[0].Values[0]));
    }

    [Fact]
    public async Task Update_now_goes_by_plan_and_apply_and_ends_in_the_history()
    {
        await using var portal = await StartAsync();
        var people = await portal.PeopleAsync(1);
        var fixedGroup = (await portal.DoAsync(Requests.Create("Day Shift", [people[0].Id]))).GroupId!.Value;
        var id = (await portal.DoAsync(new GroupRequest
        {
            Kind = PlanKind.Create,
            Name = "Night Shift",
            Attributes = [new AttributeChange(AttributeNames.MembershipRule, ChangeMode.Set, ["(user.department -eq \"Sales\")"])],
        })).GroupId!.Value;
        var tenants = Service(portal);

        var answer = await tenants.UpdateNowAsync(portal.StoreId, id, TestPortal.From(null), CancellationToken.None);

        Assert.Equal(StepStatus.Done, Assert.IsType<UpdateNowAnswer.Applied>(answer).Result.Status);
        Assert.Equal("(user.department -eq \"Sales\") ", (await portal.GroupAsync(id)).Attributes.First(AttributeNames.MembershipRule));
        var history = await portal.Get<HistoryReader>().OfGroupAsync(portal.StoreId, id, 0, 10, CancellationToken.None);
        Assert.Equal([PlanKind.Update, PlanKind.Create], history.Items.Select(entry => entry.Kind));
        Assert.IsType<UpdateNowAnswer.NotDynamic>(await tenants.UpdateNowAsync(portal.StoreId, fixedGroup, TestPortal.From(null), CancellationToken.None));
        Assert.IsType<UpdateNowAnswer.GroupUnknown>(await tenants.UpdateNowAsync(portal.StoreId, Guid.NewGuid(), TestPortal.From(null), CancellationToken.None));
        Assert.IsType<UpdateNowAnswer.Denied>(await tenants.UpdateNowAsync(portal.StoreId, id, TestPortal.From(TestPortal.Uma), CancellationToken.None));
    }

    [Fact]
    public async Task A_rule_that_has_no_room_for_a_blank_is_not_said_to_be_applied()
    {
        await using var portal = await StartAsync();
        var rule = "(user.department -eq \"" + new string('x', CriteriaLimits.EntraRuleLength - 24) + "\")";
        Assert.Equal(CriteriaLimits.EntraRuleLength, rule.Length);
        var id = (await portal.DoAsync(new GroupRequest
        {
            Kind = PlanKind.Create,
            Name = "Night Shift",
            Attributes = [new AttributeChange(AttributeNames.MembershipRule, ChangeMode.Set, [rule])],
        })).GroupId!.Value;

        var refused = Assert.IsType<UpdateNowAnswer.Refused>(await Service(portal).UpdateNowAsync(portal.StoreId, id, TestPortal.From(null), CancellationToken.None));

        Assert.Contains("3072 characters", Assert.Single(refused.Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_expiration_policy_is_set_by_administrators_within_its_limits()
    {
        await using var portal = await StartAsync();
        var policy = new ExpirationPolicy(180, ExpiringGroups.Selected, ["it@contoso.com"]);
        var tenants = Service(portal);

        Assert.IsType<ExpirationAnswer.Denied>(await tenants.SetExpirationAsync(portal.StoreId, policy, TestPortal.From(TestPortal.Hal), CancellationToken.None));
        Assert.IsType<ExpirationAnswer.Invalid>(await tenants.SetExpirationAsync(portal.StoreId, policy with { Days = 3 }, TestPortal.From(null), CancellationToken.None));
        Assert.Null(Tenant(portal).Policy);
        Assert.IsType<ExpirationAnswer.Saved>(await tenants.SetExpirationAsync(portal.StoreId, policy, TestPortal.From(null), CancellationToken.None));
        Assert.Equal(policy, Tenant(portal).Policy);
    }

    [Fact]
    public async Task A_policy_of_which_nobody_knows_is_not_called_failed()
    {
        await using var portal = await StartAsync();
        var policy = new ExpirationPolicy(180, ExpiringGroups.All, []);
        Tenant(portal).PolicyInstead = new PolicyAnswer.Unknown(new DirectoryError.Unavailable());

        var audit = new Audit();
        var tenants = new TenantGroups(portal.Get<StoreRegistry>(), portal.Reader, portal.Get<GroupAccess>(), portal.Groups, audit);

        Assert.IsType<ExpirationAnswer.Unknown>(await tenants.SetExpirationAsync(portal.StoreId, policy, TestPortal.From(null), CancellationToken.None));
        Tenant(portal).PolicyInstead = new PolicyAnswer.Refused(new DirectoryError.AccessDenied());
        Assert.IsType<ExpirationAnswer.DirectoryFailed>(await tenants.SetExpirationAsync(portal.StoreId, policy, TestPortal.From(null), CancellationToken.None));

        Assert.Equal([1041, 1043, 1041, 1042], audit.Events);
    }

    [Fact]
    public async Task A_renewal_is_no_conflict_with_what_happened_meanwhile()
    {
        await using var portal = await StartAsync();
        var id = (await portal.DoAsync(Unified("Night Shift"))).GroupId!.Value;
        Tenant(portal).Group = new TenantGroup(id) { Renewed = portal.Clock.GetUtcNow() - TimeSpan.FromDays(90) };
        portal.Store.BeforeWrite = write => write is DirectoryWrite.ModifyGroup ? new DirectoryWriteAnswer.Applied(id, null, [.. write.Steps.Select(StepOutcome.Done)]) : null;
        var plan = await portal.PlanAsync(TenantGroups.Renewal(id, portal.Clock.GetUtcNow()));
        await portal.RestartAsync();

        Assert.Equal(StepStatus.Done, (await portal.DoAsync(plan)).Status);
    }

    private static async Task<TestPortal> StartAsync()
    {
        var portal = await TestPortal.StartAsync(StoreKind.EntraId);
        portal.Store.Tenant = new FakeTenant();
        return portal;
    }

    private static async Task<Guid> SmartAsync(TestPortal portal) => (await portal.DoAsync(Requests.Create("Night Shift") with
    {
        Attributes =
        [
            new AttributeChange(AttributeNames.Criteria, ChangeMode.Set, ["(department)"]),
            new AttributeChange(AttributeNames.CriteriaLanguage, ChangeMode.Set, [RuleValues.Write(CriteriaLanguage.GroupId)]),
            new AttributeChange(AttributeNames.Exclude, ChangeMode.Set, [RuleValues.Write(new MembershipException((await portal.FindAsync("uma")).Id, string.Empty, Until: null, "ada"))]),
            new AttributeChange(AttributeNames.SecurityType, ChangeMode.Set, ["Semi_Private"]),
        ],
    })).GroupId!.Value;

    /// <summary>As a tenant does it: the group can be given back. The store beneath keeps it all the time.</summary>
    private static async Task DeleteAsync(TestPortal portal, Guid id)
    {
        portal.Store.BeforeWrite = write => write is DirectoryWrite.DeleteGroup or DirectoryWrite.RestoreGroup
            ? new DirectoryWriteAnswer.Applied(id, null, [StepOutcome.Done(0)])
            : null;
        Assert.Equal(StepStatus.Done, (await portal.DoAsync(Requests.Delete(id))).Status);
    }

    private static async Task RestoreAsync(TestPortal portal, Guid id)
    {
        Tenant(portal).Deleted.Add(new DeletedGroup(id, "Night Shift", 4, null, portal.Clock.GetUtcNow(), portal.Clock.GetUtcNow() + TimeSpan.FromDays(30)));
        Assert.Equal(StepStatus.Done, (await portal.DoAsync(TenantGroups.Restore(id))).Status);
    }

    private static FakeTenant Tenant(TestPortal portal) => (FakeTenant)portal.Store.Tenant!;

    private static TenantGroups Service(TestPortal portal) => portal.Get<TenantGroups>();

    private sealed class Audit : ILogger<TenantGroups>
    {
        public List<int> Events { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Events.Add(eventId.Id);
    }

    private static GroupRequest Unified(string name) => Requests.Create(name) with { Attributes = [new AttributeChange(AttributeNames.GroupType, ChangeMode.Set, ["16"])] };
}
