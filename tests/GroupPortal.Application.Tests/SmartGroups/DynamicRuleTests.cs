using GroupPortal.Application.Groups;
using GroupPortal.Application.Replica;
using GroupPortal.Application.SmartGroups;
using GroupPortal.Application.Tests.Support;
using GroupPortal.Core.Criteria;
using GroupPortal.Core.Criteria.Languages;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using GroupPortal.Core.Results;
using GroupPortal.Core.SmartGroups;

namespace GroupPortal.Application.Tests.SmartGroups;

/// <summary>A rule that Entra ID itself will apply is shown, and bound to what was shown, as one of the portal's own.</summary>
public sealed class DynamicRuleTests : IAsyncLifetime
{
    private TestPortal _portal = null!;
    private DirectoryObject _uma = null!;
    private DirectoryObject _other = null!;

    public async Task InitializeAsync()
    {
        _portal = await TestPortal.StartEvaluatingAsync(StoreKind.EntraId);
        _uma = await _portal.FindAsync("uma");
        _other = (await _portal.PeopleAsync(5)).First(one => one.Id != _uma.Id);
    }

    public Task DisposeAsync() => _portal.DisposeAsync().AsTask();

    [Fact]
    public async Task Every_member_whom_the_rule_of_a_static_group_to_be_dynamic_misses_is_shown_as_leaving()
    {
        var group = await CreateAsync(_uma.Id, _other.Id);

        var looked = await LookAsync(RuleOf(_uma), group, PreviewShow.Leaving);

        Assert.Equal((0, 1, 1), (looked.Counts.Joining, looked.Counts.Leaving, looked.Counts.Staying));
        Assert.Equal(_other.Id, Assert.Single(looked.Members).Id);
    }

    [Fact]
    public async Task The_rule_that_was_looked_at_is_saved_and_nobody_is_kept_by_an_exception()
    {
        var group = await CreateAsync(_uma.Id, _other.Id);
        var looked = await LookAsync(RuleOf(_uma), group);

        var result = await _portal.DoAsync(await _portal.PlanAsync(Saving(group, RuleOf(_uma), looked.Hash)));

        Assert.Equal(StepStatus.Done, result.Status);
        var state = await _portal.GroupAsync(group);
        Assert.Equal(
            (Membership.Dynamic, RuleOf(_uma), "On"),
            (state.Membership, state.Attributes.First(AttributeNames.MembershipRule), state.Attributes.First(AttributeNames.RuleProcessing)));
        Assert.Empty(state.Attributes[AttributeNames.Include]);
    }

    [Fact]
    public async Task Somebody_who_joined_since_and_would_lose_it_is_noticed_when_it_is_planned()
    {
        var group = await CreateAsync(_uma.Id);
        var looked = await LookAsync(RuleOf(_uma), group);
        await _portal.DoAsync(Requests.Members(group, ChangeMode.Add, _other.Id));

        var answer = Assert.IsType<PlanAnswer.PreviewChanged>(
            await _portal.Groups.PlanAsync(_portal.StoreId, Saving(group, RuleOf(_uma), looked.Hash), TestPortal.From(null), CancellationToken.None));

        Assert.Equal((0, 1), (looked.Counts.Leaving, answer.Now.Counts.Leaving));
    }

    [Fact]
    public async Task And_when_it_is_applied()
    {
        var group = await CreateAsync(_uma.Id);
        var plan = await _portal.PlanAsync(Saving(group, RuleOf(_uma), (await LookAsync(RuleOf(_uma), group)).Hash));
        await _portal.DoAsync(Requests.Members(group, ChangeMode.Add, _other.Id));

        Assert.IsType<ApplyAnswer.PreviewChanged>(await _portal.ApplyAsync(plan.Id));
        Assert.Equal(Membership.Static, (await _portal.GroupAsync(group)).Membership);
    }

    [Fact]
    public async Task Another_rule_of_a_dynamic_group_is_bound_too()
    {
        var group = await CreateAsync(_uma.Id);
        await _portal.DoAsync(Saving(group, RuleOf(_uma), null));
        var looked = await LookAsync(RuleOf(_other), group);

        Assert.Equal((1, 1), (looked.Counts.Joining, looked.Counts.Leaving));
        Assert.IsType<PlanAnswer.PreviewChanged>(
            await _portal.Groups.PlanAsync(_portal.StoreId, Saving(group, RuleOf(_uma) + " or " + RuleOf(_other), looked.Hash), TestPortal.From(null), CancellationToken.None));
        Assert.Equal(StepStatus.Done, (await _portal.DoAsync(Saving(group, RuleOf(_other), looked.Hash))).Status);
    }

    [Fact]
    public async Task A_rule_that_empties_a_group_is_held_although_nobody_looked_at_it_before()
    {
        var group = await CreateAsync(_uma.Id, _other.Id);

        var plan = await _portal.PlanAsync(Saving(group, Nobody, null));

        Assert.Equal(["Empties"], plan.Guard.Holds);
        Assert.Equal((0L, 2L, 2L), (plan.Guard.Adds, plan.Guard.Removes, plan.Guard.Present));
        Assert.IsType<ApplyAnswer.NeedsConfirmation>(await _portal.ApplyAsync(plan.Id));
        Assert.Equal(Membership.Static, (await _portal.GroupAsync(group)).Membership);
        await _portal.DoAsync(plan);
        Assert.Equal(Membership.Dynamic, (await _portal.GroupAsync(group)).Membership);
    }

    [Fact]
    public async Task Another_rule_of_a_dynamic_group_is_held_by_those_who_would_go()
    {
        var people = (await _portal.PeopleAsync(30)).Select(person => person.Id).ToArray();
        var group = await CreateAsync([.. people, _uma.Id]);
        await _portal.DoAsync(Saving(group, "user.userPrincipalName -ne null", null));
        var present = (await _portal.MembersAsync(group)).Count;

        var plan = await _portal.PlanAsync(Saving(group, RuleOf(_uma), null));

        Assert.True(present >= 30);
        Assert.Equal(["Removes"], plan.Guard.Holds);
        Assert.Equal((present - 1L, (long)present), (plan.Guard.Removes, plan.Guard.Present));
    }

    [Fact]
    public async Task A_rule_that_nobody_can_evaluate_now_is_held_where_there_are_members()
    {
        var full = await CreateAsync(_uma.Id);
        var empty = (await _portal.DoAsync(Requests.Create("Empty"))).GroupId!.Value;
        _portal.Store.BeforeReplica = (_, _) => Task.FromResult<DirectoryAnswer<ReplicaPage>?>(DirectoryAnswer.Failed<ReplicaPage>(new DirectoryError.Unavailable()));

        Assert.Equal(["RuleUnknown"], (await _portal.PlanAsync(Saving(full, RuleOf(_uma), null))).Guard.Holds);
        Assert.Empty((await _portal.PlanAsync(Saving(empty, RuleOf(_uma), null))).Guard.Holds);
    }

    [Fact]
    public async Task The_same_rule_with_a_blank_more_is_not_held()
    {
        var group = await CreateAsync(_uma.Id, _other.Id);
        await _portal.DoAsync(Saving(group, Nobody, null));

        var plan = await _portal.PlanAsync(Saving(group, Nobody + " ", null));

        Assert.Empty(plan.Guard.Holds);
        Assert.Equal(1, plan.WriteCount);
    }

    [Fact]
    public async Task A_rule_is_paused_and_goes_on()
    {
        var group = await CreateAsync(_uma.Id);
        await _portal.DoAsync(Saving(group, RuleOf(_uma), null));

        await _portal.DoAsync(Requests.Update(group, true, (AttributeNames.RuleProcessing, "paused")));
        Assert.Equal("Paused", (await _portal.GroupAsync(group)).Attributes.First(AttributeNames.RuleProcessing));
        await _portal.DoAsync(Requests.Update(group, true, (AttributeNames.RuleProcessing, "On")));
        Assert.Equal("On", (await _portal.GroupAsync(group)).Attributes.First(AttributeNames.RuleProcessing));
    }

    [Fact]
    public async Task Without_its_rule_a_group_is_static_and_nothing_of_it_is_left()
    {
        var group = await CreateAsync(_uma.Id);
        await _portal.DoAsync(Saving(group, RuleOf(_uma), null));

        await _portal.DoAsync(Requests.Update(group, true, (AttributeNames.MembershipRule, string.Empty)));

        var state = await _portal.GroupAsync(group);
        Assert.Equal(Membership.Static, state.Membership);
        Assert.Empty(state.Attributes[AttributeNames.RuleProcessing]);
        Assert.Equal([_uma.Id], await _portal.MembersAsync(group));
    }

    private const string Nobody = "user.userPrincipalName -eq \"nobody.at.all\"";

    private static string RuleOf(DirectoryObject person) => $"user.userPrincipalName -eq \"{person.UserPrincipalName}\"";

    private static GroupRequest Saving(Guid group, string rule, string? hash) =>
        Requests.Update(group, isStrict: true, (AttributeNames.MembershipRule, rule)) with { PreviewHash = hash };

    private async Task<Guid> CreateAsync(params Guid[] members) => (await _portal.DoAsync(Requests.Create("Project", members))).GroupId!.Value;

    private async Task<Preview> LookAsync(string text, Guid group, PreviewShow show = PreviewShow.All)
    {
        await _portal.Get<Replicas>().Of(_portal.StoreId)!.BringUpToDateAsync(CancellationToken.None);
        var rule = SmartRules.OfEntra(text, CriteriaText.Read(CriteriaLanguage.Entra, text, CriteriaVocabulary.For(StoreKind.EntraId)))!;
        return Assert.IsType<PreviewAnswer.Ok>(
            await _portal.Get<PreviewService>().PreviewAsync(_portal.StoreId, new PreviewQuery(rule, group) { Show = show }, CancellationToken.None)).Preview;
    }
}
