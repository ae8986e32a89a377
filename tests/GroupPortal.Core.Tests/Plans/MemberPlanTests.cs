using GroupPortal.Core.Access;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using static GroupPortal.Core.Tests.Plans.PlanWorld;

namespace GroupPortal.Core.Tests.Plans;

public sealed class MemberPlanTests
{
    private const int Global = -2147483646;
    private const int DomainLocal = -2147483644;
    private const int Universal = -2147483640;

    [Fact]
    public void Adding_makes_one_line_per_member()
    {
        var (world, group, facts) = Ad();
        facts = facts with { PresentMembers = new HashSet<Guid> { world.Uma.Id } };

        var plan = Plan(Members(group, ChangeMode.Add, "Ada Winter", "Uma Devi", "nobody"), facts);

        Assert.Equal([PlanAction.Add, PlanAction.NoChange, PlanAction.Add], plan.Steps.Select(step => step.Action));
        Assert.Equal([null, null, "MemberNotFound"], plan.Steps.Select(step => step.Problem?.Code));
        Assert.True(plan.IsApplicable);
    }

    [Fact]
    public void The_same_member_twice_is_sent_once_even_by_two_names()
    {
        var (world, group, facts) = Ad();

        var plan = Plan(Members(group, ChangeMode.Add, "Uma Devi", world.Uma.Id.ToString()), facts);

        Assert.Equal([null, "MemberTwice"], plan.Steps.Select(step => step.Problem?.Code));
        Assert.Equal(1, plan.WriteCount);
    }

    [Fact]
    public void A_list_that_replaces_adds_keeps_and_removes()
    {
        var (world, group, facts) = Ad();
        var zoe = world.Person("Zoe", "zoe");
        facts = facts with
        {
            Group = group with { MemberCount = 2 },
            PresentMembers = new HashSet<Guid> { world.Uma.Id, zoe.Id },
            LeavingMembers = new Dictionary<Guid, DirectoryObject> { [world.Uma.Id] = world.Uma, [zoe.Id] = zoe },
        };

        var plan = Plan(Members(group, ChangeMode.Set, "Ada Winter", "Uma Devi"), facts);

        Assert.Equal(
            [("Ada Winter", PlanAction.Add), ("Uma Devi", PlanAction.NoChange), ("Zoe", PlanAction.Remove)],
            plan.Steps.Select(step => (step.Target!.Label, step.Action)));
    }

    [Fact]
    public void Nobody_is_removed_while_the_new_list_names_somebody_unknown()
    {
        var (world, group, facts) = Ad();
        facts = facts with
        {
            Group = group with { MemberCount = 1 },
            PresentMembers = new HashSet<Guid> { world.Uma.Id },
            LeavingMembers = new Dictionary<Guid, DirectoryObject> { [world.Uma.Id] = world.Uma },
        };

        var plan = Plan(Members(group, ChangeMode.Set, "Uma Dewi"), facts);

        Assert.Equal(["MemberNotFound", "RemoveHeldBack"], plan.Steps.Select(step => step.Problem?.Code));
        Assert.Equal(0, plan.WriteCount);
    }

    [Fact]
    public void What_a_directory_does_not_check_is_refused_here()
    {
        var (world, group, facts) = Ad();
        var outer = world.Group("Outer", Universal);
        world.Of(ObjectKind.OrganizationalUnit, "Staff");
        var self = new DirectoryObject(group.Id, ObjectKind.Group, "DemoGroup", group.Dn) { GroupType = Universal };
        world.Ambiguous("Smith", world.Ada, world.Uma);
        facts = facts with
        {
            Ancestors = new HashSet<Guid> { outer.Id },
            References = new Dictionary<string, ReferenceMatch>(facts.References, StringComparer.OrdinalIgnoreCase) { ["self"] = new ReferenceMatch.Found(self) },
        };

        var plan = Plan(Members(group, ChangeMode.Add, "Outer", "Staff", "self", "Smith"), facts);

        Assert.Equal(["MemberLoops", "MemberKindAd", "MemberIsSelf", "MemberAmbiguous"], plan.Steps.Select(step => step.Problem?.Code));
    }

    [Theory]
    [InlineData(Global, Global, null)]
    [InlineData(Global, Universal, "GlobalTakesGlobal")]
    [InlineData(Global, DomainLocal, "GlobalTakesGlobal")]
    [InlineData(Universal, Global, null)]
    [InlineData(Universal, Universal, null)]
    [InlineData(Universal, DomainLocal, "UniversalTakesNoLocal")]
    [InlineData(DomainLocal, Global, null)]
    [InlineData(DomainLocal, Universal, null)]
    [InlineData(DomainLocal, DomainLocal, null)]
    public void Scopes_nest_as_in_one_domain(int outer, int inner, string? code)
    {
        var world = OfAd();
        var group = world.State(outer, world.Ada);
        world.Group("Inner", inner);

        Assert.Equal(code, Assert.Single(Plan(Members(group, ChangeMode.Add, "Inner"), world.Facts() with { Group = group }).Steps).Problem?.Code);
    }

    [Theory]
    [InlineData(4, ObjectKind.User, null)]
    [InlineData(4, ObjectKind.Device, null)]
    [InlineData(4, ObjectKind.Contact, "MemberKindSecurity")]
    [InlineData(8, ObjectKind.Contact, null)]
    [InlineData(8, ObjectKind.Device, "MemberKindDistribution")]
    [InlineData(16, ObjectKind.User, null)]
    [InlineData(16, ObjectKind.Group, "MemberKindUnified")]
    [InlineData(32, ObjectKind.Contact, "MemberKindUnified")]
    public void Each_type_of_entra_takes_its_kinds(int type, ObjectKind kind, string? code)
    {
        var world = OfEntra();
        var group = world.State(type, world.Ada);
        world.Of(kind, "Candidate");

        Assert.Equal(code, Assert.Single(Plan(Members(group, ChangeMode.Add, "Candidate"), world.Facts() with { Group = group }).Steps).Problem?.Code);
    }

    [Fact]
    public void The_type_that_is_being_created_decides_who_may_be_in()
    {
        var world = OfEntra();
        world.Of(ObjectKind.Contact, "Candidate");
        var request = Create("Team", Set("GroupType", "16")) with { Members = [new ReferenceChange(ChangeMode.Set, ["Candidate"])] };

        Assert.Equal("MemberKindUnified", Assert.Single(Plan(request, world.Facts()).Steps, step => step.Path == "members").Problem?.Code);
    }

    [Theory]
    [InlineData(100, 49, false)]
    [InlineData(100, 50, true)]
    [InlineData(19, 18, false)]
    [InlineData(20, 10, true)]
    [InlineData(2, 2, true)]
    [InlineData(1, 1, false)]
    [InlineData(5000, 499, false)]
    [InlineData(5000, 500, true)]
    public void The_guard_holds_large_removals(int present, int removes, bool held)
    {
        var world = OfAd();
        var people = Enumerable.Range(0, removes).Select(index => world.Person($"Person {index}", $"p{index}")).ToList();
        var group = world.State(Universal, world.Ada) with { MemberCount = present };
        var facts = world.Facts() with { Group = group, PresentMembers = people.Select(person => person.Id).ToHashSet() };

        var plan = Plan(Members(group, ChangeMode.Remove, [.. people.Select(person => person.Id.ToString())]), facts);

        Assert.Equal(held, plan.Guard.IsHeld);
        Assert.Equal((removes, present), ((int)plan.Guard.Removes, (int)plan.Guard.Present));
    }

    [Fact]
    public void Adding_only_oneself_is_joining()
    {
        var (world, group, facts) = Ad();
        world.Role = PortalRole.User;
        group = group with { Owners = [world.Uma], Attributes = group.Attributes.With(AttributeNames.SecurityType, "Public") };
        facts = world.Facts() with { Group = group };

        Assert.True(Plan(Members(group, ChangeMode.Add, "Ada Winter"), facts).IsApplicable);
        Assert.Equal("NotOwner", Plan(Members(group, ChangeMode.Add, "Ada Winter", "Uma Devi"), facts).Access.Reason);
        Assert.Equal("NotOwner", Plan(Members(group, ChangeMode.Add, "Ada Winter") with { Attributes = [Set("description", "x")] }, facts).Access.Reason);
    }

    [Fact]
    public void A_hundred_thousand_members_are_planned_in_proportion()
    {
        var world = OfAd();
        var people = Enumerable.Range(0, 100_000).Select(index => new DirectoryObject(Guid.NewGuid(), ObjectKind.User, $"Person {index}", $"CN=Person {index},DC=demo,DC=local")).ToList();
        var facts = world.Facts() with
        {
            Group = world.State(Universal, world.Ada),
            References = people.ToDictionary(person => person.Id.ToString(), person => (ReferenceMatch)new ReferenceMatch.Found(person), StringComparer.OrdinalIgnoreCase),
        };

        var plan = Plan(Members(facts.Group, ChangeMode.Add, [.. people.Select(person => person.Id.ToString())]), facts);

        Assert.Equal(100_000, plan.WriteCount);
        Assert.Equal(["Adds"], plan.Guard.Holds);
    }

    private static (PlanWorld World, GroupState Group, PlanFacts Facts) Ad()
    {
        var world = OfAd();
        var group = world.State(Universal, world.Ada);
        return (world, group, world.Facts() with { Group = group });
    }

    private static GroupRequest Members(GroupState group, ChangeMode mode, params IReadOnlyList<string> references) =>
        Update(group) with { Members = [new ReferenceChange(mode, references)] };
}
