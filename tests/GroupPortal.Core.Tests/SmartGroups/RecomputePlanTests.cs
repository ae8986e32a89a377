using GroupPortal.Core.Directories;
using GroupPortal.Core.Directories.Writes;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using GroupPortal.Core.SmartGroups;
using GroupPortal.Core.Tests.Plans;

namespace GroupPortal.Core.Tests.SmartGroups;

public sealed class RecomputePlanTests
{
    private static readonly PlanWorld World = PlanWorld.OfAd();

    [Fact]
    public void Those_come_whom_the_rule_selects_and_those_go_whom_it_does_not()
    {
        var (ada, uma, hal) = (Person("Ada"), Person("Uma"), Person("Hal"));

        var plan = RecomputePlanner.Plan(Guid.NewGuid(), Facts([ada, uma], selected: [uma, hal]));

        Assert.Equal([(PlanAction.Add, hal.Id, StepReason.Rule), (PlanAction.Remove, ada.Id, StepReason.Rule)], plan.Steps.Select(step => (step.Action, step.Target!.Id, step.Reason)));
        Assert.Equal([0, 1], plan.Steps.Select(step => step.Ordinal));
        Assert.Equal((1L, 1L, 2L), (plan.Guard.Adds, plan.Guard.Removes, plan.Guard.Present));
    }

    [Fact]
    public void Where_everybody_is_in_his_place_there_is_no_line()
    {
        var ada = Person("Ada");

        Assert.Empty(RecomputePlanner.Plan(Guid.NewGuid(), Facts([ada], selected: [ada])).Steps);
    }

    [Fact]
    public void A_group_is_never_its_own_member()
    {
        var facts = Facts([], selected: [Person("Ada")]);
        var self = facts.Group.Id;

        var plan = RecomputePlanner.Plan(Guid.NewGuid(), facts with { Selected = new Dictionary<Guid, SelectedObject> { [self] = new(self, ObjectKind.Group, "Self", facts.Group.Dn) } });

        Assert.Empty(plan.Steps);
    }

    [Fact]
    public void A_group_that_would_close_a_loop_is_a_refused_line()
    {
        var outer = new SelectedObject(Guid.NewGuid(), ObjectKind.Group, "Outer", "CN=Outer,DC=demo,DC=local");

        var plan = RecomputePlanner.Plan(Guid.NewGuid(), Facts([], selected: [outer]) with { Ancestors = new HashSet<Guid> { outer.Id } });

        Assert.Equal("MemberLoops", Assert.Single(plan.Steps).Problem?.Code);
        Assert.Equal(0, plan.Guard.Adds);
    }

    [Fact]
    public void Members_that_are_written_elsewhere_follow_no_rule_here()
    {
        var facts = Facts([], selected: [Person("Ada")]);

        var plan = RecomputePlanner.Plan(Guid.NewGuid(), facts with { Group = facts.Group with { Authority = GroupAuthority.OnPremises } });

        Assert.False(plan.IsApplicable);
        Assert.Equal("KeptOnPremises", Assert.Single(plan.Problems).Code);
    }

    [Fact]
    public void Adds_are_written_before_removes_in_chunks_of_a_thousand()
    {
        var leaving = Enumerable.Range(0, 1500).Select(number => Person($"Leaving {number}")).ToArray();
        var joining = Enumerable.Range(0, 1500).Select(number => Person($"Joining {number}")).ToArray();

        var writes = WriteBatches.Of(RecomputePlanner.Plan(Guid.NewGuid(), Facts(leaving, joining)), WriteRules.ActiveDirectory).Cast<DirectoryWrite.ChangeMembers>().ToList();

        Assert.Equal([1000, 1000, 1000], writes.Select(write => write.Members.Count));
        Assert.Equal(1500, writes.SelectMany(write => write.Members).TakeWhile(member => member.Add).Count());
    }

    [Fact]
    public void Whom_nobody_can_read_stays_and_is_said_to()
    {
        var (ada, uma) = (Person("Ada"), Person("Uma"));
        var facts = Facts([ada, uma], selected: []);

        var plan = RecomputePlanner.Plan(Guid.NewGuid(), facts with { Leaving = facts.Leaving.Where(pair => pair.Key == ada.Id).ToDictionary() });

        Assert.Equal((uma.Id, "MemberUnreadable"), Assert.Single(plan.Steps, step => step.Problem is not null) is { } step ? (step.Target!.Id, step.Problem!.Code) : default);
        Assert.Equal((1, 1L, 2L), (plan.WriteCount, plan.Guard.Removes, plan.Guard.Present));
    }

    [Fact]
    public void Removals_by_data_that_has_shrunk_are_held_and_additions_are_not()
    {
        var people = Enumerable.Range(0, 100).Select(number => Person($"Person {number}")).ToArray();

        Assert.Equal(["Shrunk"], RecomputePlanner.Plan(Guid.NewGuid(), Facts(people, people[1..]) with { IsShrunk = true }).Guard.Holds);
        Assert.Empty(RecomputePlanner.Plan(Guid.NewGuid(), Facts(people, [.. people, Person("New")]) with { IsShrunk = true }).Guard.Holds);
    }

    [Fact]
    public void The_same_facts_give_the_same_hash_and_others_another()
    {
        var (ada, uma) = (Person("Ada"), Person("Uma"));
        var facts = Facts([ada], selected: [ada, uma]);

        Assert.Equal(RecomputePlanner.Plan(Guid.NewGuid(), facts).Hash, RecomputePlanner.Plan(Guid.NewGuid(), facts).Hash);
        Assert.NotEqual(RecomputePlanner.Plan(Guid.NewGuid(), facts).Hash, RecomputePlanner.Plan(Guid.NewGuid(), facts with { Present = new HashSet<Guid>() }).Hash);
    }

    private static SelectedObject Person(string label) => new(Guid.NewGuid(), ObjectKind.User, label, $"CN={label},DC=demo,DC=local");

    private static RecomputeFacts Facts(SelectedObject[] present, SelectedObject[] selected) => new(
        PlanWorld.Ad, World.State(2, World.Ada), present.Select(one => one.Id).ToHashSet(), selected.ToDictionary(one => one.Id),
        present.ToDictionary(one => one.Id, one => new StepTarget(one.Id, one.Kind, one.Label, one.Dn)));
}
