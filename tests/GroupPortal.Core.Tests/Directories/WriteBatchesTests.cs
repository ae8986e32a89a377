using GroupPortal.Core.Directories;
using GroupPortal.Core.Directories.Writes;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;

namespace GroupPortal.Core.Tests.Directories;

/// <summary>Which requests a plan becomes where Microsoft Graph takes 20 references in one.</summary>
public sealed class WriteBatchesTests
{
    [Fact]
    public void Ten_thousand_members_are_five_hundred_writes()
    {
        var writes = Graph(Update(Members(PlanAction.Add, 10_000)));

        Assert.Equal(500, writes.Count);
        Assert.All(writes, write => Assert.Equal(20, Assert.IsType<DirectoryWrite.ChangeMembers>(write).Members.Count));
    }

    [Fact]
    public void A_new_group_with_twenty_members_is_one_write()
    {
        var create = Assert.IsType<DirectoryWrite.CreateGroup>(Assert.Single(Graph(Create([], Members(PlanAction.Add, 20)))));

        Assert.Equal((0, 20), (create.Owners.Count, create.Members.Count));
    }

    [Theory]
    [InlineData(1, 19, 1)]
    [InlineData(2, 19, 2)]
    [InlineData(1, 10_000, 501)]
    [InlineData(20, 20, 2)]
    [InlineData(25, 20, 3)]
    [InlineData(45, 0, 3)]
    public void A_create_takes_twenty_owners_and_members_together_and_owners_go_first(int owners, int members, int writes)
    {
        var all = Graph(Create(Owners(PlanAction.Add, owners), Members(PlanAction.Add, members)));
        var create = Assert.IsType<DirectoryWrite.CreateGroup>(all[0]);

        Assert.Equal(writes, all.Count);
        Assert.Equal(Math.Min(20, owners + members), create.Owners.Count + create.Members.Count);
        Assert.Equal(Math.Min(20, owners), create.Owners.Count);
        Assert.Equal(owners + members, References(all).Count());
        Assert.All(all.Skip(1), write => Assert.InRange(References([write]).Count(), 1, 20));
        Assert.Equal(all.Skip(1).OrderBy(write => write is DirectoryWrite.ChangeOwners ? 0 : 1), all.Skip(1));
    }

    [Fact]
    public void Five_attributes_are_one_write() =>
        Assert.Equal(5, Assert.IsType<DirectoryWrite.ModifyGroup>(Assert.Single(Graph(Update(
            Attribute("displayName"), Attribute("description"), Attribute("mailNickname"), Attribute("visibility"), Attribute("theme"))))).Attributes.Count);

    [Fact]
    public void What_exchange_keeps_is_a_write_of_its_own_after_the_others()
    {
        var writes = Graph(Update(Attribute("hideFromAddressLists", KeptBy.Exchange), Attribute("description"), Attribute("allowExternalSenders", KeptBy.Exchange)));

        Assert.Equal(["1", "0 2"], writes.Cast<DirectoryWrite.ModifyGroup>().Select(write => string.Join(' ', write.Steps)));
        Assert.Equal([0, 1], writes.Select(write => write.Ordinal));
    }

    [Fact]
    public void A_new_group_comes_without_what_exchange_keeps_and_its_team_comes_last()
    {
        var plan = Create([], [Attribute("displayName"), Attribute("allowExternalSenders", KeptBy.Exchange), Attribute(AttributeNames.Team, KeptBy.Teams), .. Members(PlanAction.Add, 21)]);

        Assert.Equal(
            [nameof(DirectoryWrite.CreateGroup), nameof(DirectoryWrite.ModifyGroup), nameof(DirectoryWrite.ChangeMembers), nameof(DirectoryWrite.MakeTeam)],
            Graph(plan).Select(write => write.GetType().Name));
        Assert.Equal([0, 1, 2, 3], Graph(plan).Select(write => write.Ordinal));
    }

    [Fact]
    public void Those_who_come_and_those_who_go_are_apart_and_come_first()
    {
        var writes = Graph(Update([.. Members(PlanAction.Remove, 21), .. Members(PlanAction.Add, 1), .. Owners(PlanAction.Remove, 1), .. Owners(PlanAction.Add, 1)]));

        Assert.Equal(
            ["owners +1", "owners -1", "members +1", "members -20", "members -1"],
            writes.Select(write => write is DirectoryWrite.ChangeOwners owners ? Said("owners", owners.Owners) : Said("members", ((DirectoryWrite.ChangeMembers)write).Members)));
    }

    [Fact]
    public void A_change_of_type_is_the_team_and_nothing_else() =>
        Assert.Equal(0, Assert.IsType<DirectoryWrite.MakeTeam>(Assert.Single(Graph(Update(Attribute(AttributeNames.GroupType, KeptBy.Teams))))).Step);

    [Fact]
    public void Elsewhere_come_and_go_share_a_write() =>
        Assert.Equal(2, Assert.IsType<DirectoryWrite.ChangeMembers>(Assert.Single(WriteBatches.Of(
            Number(Update([.. Members(PlanAction.Remove, 1), .. Members(PlanAction.Add, 1)])), WriteRules.EntraId))).Members.Count);

    private static IReadOnlyList<DirectoryWrite> Graph(GroupPlan plan) => WriteBatches.Of(Number(plan), WriteRules.Graph);

    private static string Said(string path, IReadOnlyList<ReferenceWrite> references) =>
        $"{path} {(references.All(one => one.Add) ? '+' : references.Any(one => one.Add) ? '±' : '-')}{references.Count}";

    private static IEnumerable<Guid> References(IEnumerable<DirectoryWrite> writes) => writes.SelectMany(write => write switch
    {
        DirectoryWrite.CreateGroup create => create.Owners.Concat(create.Members),
        DirectoryWrite.ChangeOwners owners => owners.Owners,
        DirectoryWrite.ChangeMembers members => members.Members,
        _ => [],
    }).Select(one => one.Id).Distinct();

    private static GroupPlan Update(params IReadOnlyList<PlanStep> steps) => new()
    {
        Id = Guid.NewGuid(),
        StoreId = 3,
        Kind = PlanKind.Update,
        GroupId = Guid.NewGuid(),
        GroupName = "Sales",
        GroupDn = "CN=Sales,DC=demo,DC=example",
        Steps = steps,
    };

    private static GroupPlan Create(IReadOnlyList<PlanStep> owners, IReadOnlyList<PlanStep> others) =>
        Update([new PlanStep(0, PlanAction.Create, string.Empty, [], ["CN=Sales"]), .. owners, .. others]) with { Kind = PlanKind.Create, GroupId = null };

    private static GroupPlan Number(GroupPlan plan) => plan with { Steps = [.. plan.Steps.Select((step, ordinal) => step with { Ordinal = ordinal })] };

    private static PlanStep Attribute(string name, KeptBy keptBy = KeptBy.Directory) => new(0, PlanAction.Set, name, [], ["x"]) { KeptBy = keptBy };

    private static PlanStep[] Members(PlanAction action, int count) => Lines(AttributeNames.Members, action, count);

    private static PlanStep[] Owners(PlanAction action, int count) => Lines(AttributeNames.Owners, action, count);

    private static PlanStep[] Lines(string path, PlanAction action, int count) =>
    [
        .. Enumerable.Range(0, count).Select(_ => new PlanStep(0, action, path, action == PlanAction.Remove ? ["x"] : [], action == PlanAction.Remove ? [] : ["x"])
        {
            Target = new StepTarget(Guid.NewGuid(), ObjectKind.User, "x", "CN=x"),
        }),
    ];
}
