using GroupPortal.Application.Groups;
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

/// <summary>A rule is saved only while it does what its author has seen; on the real languages, replica and embedded directory.</summary>
public sealed class PreviewBindingTests : IAsyncLifetime
{
    private TestPortal _portal = null!;

    public async Task InitializeAsync() => _portal = await TestPortal.StartEvaluatingAsync();

    public Task DisposeAsync() => _portal.DisposeAsync().AsTask();

    [Fact]
    public async Task The_rule_that_was_looked_at_is_saved()
    {
        var group = await CreateAsync("Readers");
        var rule = Marked("x1");
        await MarkAsync("x1");

        var plan = await _portal.PlanAsync(Saving(group, rule, (await LookAsync(rule, group)).Hash));
        var result = await _portal.DoAsync(plan);

        Assert.Equal(StepStatus.Done, result.Status);
        Assert.Equal(rule.Text, (await _portal.GroupAsync(group)).Attributes.First(AttributeNames.Criteria));
    }

    [Fact]
    public async Task A_rule_that_selects_others_by_the_time_it_is_planned_is_not_planned_and_shows_the_new_numbers()
    {
        var group = await CreateAsync("Readers");
        var rule = Marked("x2");
        var looked = await LookAsync(rule, group);
        await MarkAsync("x2");
        _portal.Store.Written.Clear();

        var answer = Assert.IsType<PlanAnswer.PreviewChanged>(await PlanAsync(Saving(group, rule, looked.Hash)));

        Assert.Equal((0, 1), (looked.Counts.Joining, answer.Now.Counts.Joining));
        Assert.Empty(_portal.Store.Written);
        Assert.Empty((await _portal.GroupAsync(group)).Attributes[AttributeNames.Criteria]);

        // The new numbers have been looked at: with them it goes.
        Assert.IsType<PlanAnswer.Planned>(await PlanAsync(Saving(group, rule, answer.Now.Hash)));
    }

    [Fact]
    public async Task A_rule_that_selects_others_between_plan_and_apply_is_not_written()
    {
        var group = await CreateAsync("Readers");
        var rule = Marked("x3");
        var plan = await _portal.PlanAsync(Saving(group, rule, (await LookAsync(rule, group)).Hash));
        await MarkAsync("x3");
        _portal.Store.Written.Clear();

        var answer = Assert.IsType<ApplyAnswer.PreviewChanged>(await _portal.ApplyAsync(plan.Id));

        Assert.Equal(1, answer.Now.Counts.Joining);
        Assert.Empty(_portal.Store.Written);
        Assert.Equal(Membership.Static, (await _portal.GroupAsync(group)).Membership);
        Assert.Equal(PlanState.Planned, (await _portal.Groups.GetProgressAsync(plan.Id, CancellationToken.None))!.State);
    }

    [Fact]
    public async Task Somebody_who_joined_by_hand_since_is_noticed()
    {
        var group = await SmartAsync(Marked("x4"));
        var rule = Marked("x4") with { ObjectTypes = [QueryObjectType.Groups, QueryObjectType.Contacts] };
        var looked = await LookAsync(rule, group);
        var uma = await _portal.FindAsync("uma");
        await JoinBehindThePortalAsync(group, uma);

        var answer = Assert.IsType<PlanAnswer.PreviewChanged>(await PlanAsync(Saving(group, rule, looked.Hash)));

        Assert.Equal((0, 1), (looked.Counts.Leaving, answer.Now.Counts.Leaving));
    }

    [Fact]
    public async Task A_part_of_the_rule_that_somebody_else_changed_since_is_noticed_though_nobody_moves_by_it_alone()
    {
        var group = await SmartAsync(Marked("x5"));
        var kept = Marked("x5");
        var changed = kept with { Criteria = Read("(description Contains \"x6\")"), Text = "(description Contains \"x6\")" };
        var looked = await LookAsync(changed, group);
        // Only the criteria are in the request: what else belongs to the rule is what stands when it is applied.
        var request = Requests.Update(group, false, (AttributeNames.Criteria, changed.Text)) with { PreviewHash = looked.Hash };
        var plan = await _portal.PlanAsync(request);
        var uma = await _portal.FindAsync("uma");
        await _portal.DoAsync(Requests.Update(group, false, (AttributeNames.Include, RuleValues.Write(new MembershipException(uma.Id, "on leave", null, "ida")))));

        var answer = Assert.IsType<ApplyAnswer.PreviewChanged>(await _portal.ApplyAsync(plan.Id));

        Assert.Equal(looked.Counts.Joining + 1, answer.Now.Counts.Joining);
        Assert.Equal(kept.Text, (await _portal.GroupAsync(group)).Attributes.First(AttributeNames.Criteria));
    }

    [Fact]
    public async Task A_group_that_is_not_there_yet_is_bound_too()
    {
        var rule = Marked("x7");
        var looked = await LookAsync(rule, null);
        var request = Requests.Create("Bound") with { Attributes = SmartRules.Changes(rule), PreviewHash = looked.Hash };
        var plan = await _portal.PlanAsync(request);
        await MarkAsync("x7");
        _portal.Store.Written.Clear();

        Assert.IsType<ApplyAnswer.PreviewChanged>(await _portal.ApplyAsync(plan.Id));
        Assert.Empty(_portal.Store.Written);

        var again = await _portal.PlanAsync(request with { PreviewHash = (await LookAsync(rule, null)).Hash });
        Assert.Equal(StepStatus.Done, (await _portal.DoAsync(again)).Status);
    }

    [Fact]
    public async Task A_static_group_becomes_smart_and_keeps_those_who_were_shown_to_stay()
    {
        var uma = await _portal.FindAsync("uma");
        var group = (await _portal.DoAsync(Requests.Create("Kept", [uma.Id]))).GroupId!.Value;
        var rule = Marked("x8") with { Include = [new MembershipException(uma.Id, "Was a member before the rule", null, "ada")] };
        var looked = await LookAsync(rule, group);
        Assert.Equal(0, looked.Counts.Leaving);

        var result = await _portal.DoAsync(await _portal.PlanAsync(Saving(group, rule, looked.Hash)));

        Assert.Equal(StepStatus.Done, result.Status);
        var kept = Assert.Single((await _portal.GroupAsync(group)).Attributes[AttributeNames.Include]);
        Assert.Equal($"{uma.Id}||ada|Was a member before the rule", kept);
        Assert.Equal([uma.Id], await _portal.MembersAsync(group));
    }

    [Fact]
    public async Task A_static_group_with_a_member_who_was_not_shown_does_not_become_smart()
    {
        var uma = await _portal.FindAsync("uma");
        var group = await CreateAsync("Late");
        var rule = Marked("x9");
        var looked = await LookAsync(rule, group);
        await _portal.DoAsync(Requests.Members(group, ChangeMode.Add, uma.Id));

        Assert.IsType<PlanAnswer.PreviewChanged>(await PlanAsync(Saving(group, rule, looked.Hash)));
        Assert.Equal(Membership.Static, (await _portal.GroupAsync(group)).Membership);
    }

    [Fact]
    public async Task A_smart_group_becomes_static_and_everybody_stays()
    {
        await MarkAsync("y1");
        var group = await SmartAsync(Marked("y1"));
        await _portal.UpdateAsync(group);
        var before = await _portal.MembersAsync(group);
        Assert.NotEmpty(before);

        await _portal.DoAsync(Requests.Update(group, true, (AttributeNames.ManagedGroupType, "1")));

        var state = await _portal.GroupAsync(group);
        Assert.Equal(Membership.Static, state.Membership);
        Assert.All(AttributeNames.OfRule, name => Assert.Empty(state.Attributes[name]));
        Assert.Equal(before, await _portal.MembersAsync(group));
    }

    /// <summary>Groups whose description has a mark: the one thing that a test can change of what a rule asks for.</summary>
    private static SmartRule Marked(string mark)
    {
        var text = $"(description Contains \"{mark}\")";
        return new SmartRule { Criteria = Read(text), Text = text, Language = CriteriaLanguage.GroupId, ObjectTypes = [QueryObjectType.Groups] };
    }

    private static Criterion Read(string text) => CriteriaText.Read(CriteriaLanguage.GroupId, text, CriteriaVocabulary.For(StoreKind.ActiveDirectory)).Root!;

    private static GroupRequest Saving(Guid group, SmartRule rule, string hash) =>
        Requests.Update(group, isStrict: true) with { Attributes = SmartRules.Changes(rule), PreviewHash = hash };

    private async Task<Guid> CreateAsync(string name) => (await _portal.DoAsync(Requests.Create(name))).GroupId!.Value;

    private async Task<Guid> SmartAsync(SmartRule rule) =>
        (await _portal.DoAsync(Requests.Create($"Smart {Guid.NewGuid():N}") with { Attributes = SmartRules.Changes(rule) })).GroupId!.Value;

    /// <summary>A group that the rule selects.</summary>
    private Task MarkAsync(string mark) =>
        _portal.DoAsync(Requests.Create($"Marked {Guid.NewGuid():N}") with { Attributes = [new AttributeChange(AttributeNames.Description, ChangeMode.Set, [$"has {mark}"])] });

    private Task<PlanAnswer> PlanAsync(GroupRequest request) => _portal.Groups.PlanAsync(_portal.StoreId, request, TestPortal.From(null), CancellationToken.None);

    private async Task<Preview> LookAsync(SmartRule rule, Guid? group)
    {
        await _portal.Get<GroupPortal.Application.Replica.Replicas>().Of(_portal.StoreId)!.BringUpToDateAsync(CancellationToken.None);
        return Assert.IsType<PreviewAnswer.Ok>(await _portal.Get<PreviewService>().PreviewAsync(_portal.StoreId, new PreviewQuery(rule, group), CancellationToken.None)).Preview;
    }

    /// <summary>As an administrator's own tool would: the portal refuses a hand on a smart group.</summary>
    private async Task JoinBehindThePortalAsync(Guid group, DirectoryObject member)
    {
        var plan = new GroupPlan
        {
            Id = Guid.NewGuid(), StoreId = _portal.StoreId, Kind = PlanKind.Update, GroupId = group, GroupName = "x", GroupDn = "x",
            Steps =
            [
                new PlanStep(0, PlanAction.Add, AttributeNames.Members, [], [member.Label]) { Target = new StepTarget(member.Id, member.Kind, member.Label, member.Dn) },
            ],
        };
        foreach (var write in _portal.Store.Batch(plan))
        {
            Assert.IsType<DirectoryWriteAnswer.Applied>(await _portal.Store.WriteAsync(write, new WriteTarget(group, null), CancellationToken.None));
        }
    }
}
