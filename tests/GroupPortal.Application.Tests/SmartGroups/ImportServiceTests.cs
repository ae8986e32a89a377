using GroupPortal.Application.Groups;
using GroupPortal.Application.SmartGroups;
using GroupPortal.Application.SmartGroups.Import;
using GroupPortal.Application.Tests.Support;
using GroupPortal.Core.Criteria;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using GroupPortal.Core.SmartGroups;
using GroupPortal.Core.SmartGroups.Import;

namespace GroupPortal.Application.Tests.SmartGroups;

public sealed class ImportServiceTests
{
    private static T Ok<T>(DirectoryAnswer<T> answer) => Assert.IsType<DirectoryAnswer<T>.Ok>(answer).Value;

    /// <summary>With the languages themselves, in place of which the portal of these tests has a simple one.</summary>
    private static ImportService ServiceOf(TestPortal portal) =>
        new(portal.Get<StoreRegistry>(), portal.Reader, new RuleReader(), portal.Get<PreviewService>());

    private static async Task<IReadOnlyList<ImportedGroup>> ImportAsync(TestPortal portal, string text)
    {
        var reading = QueryImport.Read(text, portal.Store.Vocabulary);
        Assert.Empty(reading.Problems);
        return Ok(await ServiceOf(portal).ResolveAsync(portal.StoreId, reading.Queries, (_, _) => Task.CompletedTask, CancellationToken.None));
    }

    private static async Task<Guid> GroupAsync(TestPortal portal, string name, IEnumerable<Guid>? members = null) =>
        (await portal.DoAsync(Requests.Create(name, members))).GroupId!.Value;

    [Fact]
    public async Task Every_name_of_a_file_leads_to_somebody_or_stays_open()
    {
        await using var portal = await TestPortal.StartAsync();
        var id = await GroupAsync(portal, "Night Shift");
        var uma = await portal.FindAsync("uma");

        var imported = await ImportAsync(portal, """
            [{ "Name": "Night Shift", "Criteria": "(department Present)", "Include": ["uma"], "Exclude": ["nobody.at.all"], "Owners": ["hal"] },
             { "Name": "No Such Group", "Criteria": "(department Present)" }]
            """);

        Assert.Equal(id, imported[0].Group!.Id);
        Assert.Equal(uma.Id, Assert.Single(imported[0].References, one => one.Role == ImportRole.Include).Meant!.Id);
        Assert.Equal("nobody.at.all", Assert.Single(imported[0].Open).Reference);
        Assert.Equal(ImportRole.Group, Assert.Single(imported[1].Open).Role);
        Assert.All(imported, one => Assert.False(one.IsReady));
        Assert.All(imported, one => Assert.Null(ImportRequests.Of(one, "ada")));
    }

    [Fact]
    public async Task A_name_that_is_settled_by_hand_closes_the_question_everywhere()
    {
        await using var portal = await TestPortal.StartAsync();
        await GroupAsync(portal, "Night Shift");
        var imported = await ImportAsync(portal, """
            [{ "Name": "Night Shift", "Criteria": "(department Present)", "Exclude": ["nobody.at.all"] },
             { "Name": "Nicht Schift", "Criteria": "(title Present)", "Exclude": ["NOBODY.at.all"] }]
            """);
        var service = ServiceOf(portal);

        imported = Ok(await service.SettleAsync(portal.StoreId, imported, ImportRole.Exclude, "nobody.at.all", null, CancellationToken.None));
        Assert.True(imported[0].IsReady);
        Assert.Equal(ImportRole.Group, Assert.Single(imported[1].Open).Role);

        imported = Ok(await service.SettleAsync(portal.StoreId, imported, ImportRole.Group, "Nicht Schift", imported[0].Group!.AsObject(), CancellationToken.None));
        Assert.Equal(imported[0].Query.Place, imported[1].SameAs);
        Assert.False(imported[1].IsReady);
    }

    [Fact]
    public async Task What_is_saved_is_the_whole_rule_and_a_group_that_changed_meanwhile_is_refused()
    {
        await using var portal = await TestPortal.StartAsync();
        var id = await GroupAsync(portal, "Night Shift");
        var (uma, hal) = (await portal.FindAsync("uma"), await portal.FindAsync("hal"));

        var imported = Assert.Single(await ImportAsync(portal, """
            [{ "Name": "Night Shift", "LdapFilter": "(department=*eng*)", "ObjectTypes": "6,7", "StartPath": [{ "Value": "OU=Groups,DC=demo,DC=local", "Scope": 1 }],
               "Include": [{ "Value": "uma", "Reason": "cover" }], "Exclude": ["hal"], "Owners": ["uma"] }]
            """));

        var request = ImportRequests.Of(imported, "ada")!;
        string[] Of(string name) => [.. Assert.Single(request.Attributes, one => one.Name == name).Values];
        Assert.Equal((PlanKind.Update, id, true), (request.Kind, request.GroupId!.Value, request.IsStrict));
        Assert.Equal(imported.Group!.Version.ETag, request.ExpectedETag);
        Assert.Equal(["2"], Of(AttributeNames.ManagedGroupType));
        Assert.Equal(["(department=*eng*)"], Of(AttributeNames.Criteria));
        Assert.Equal(["ldap"], Of(AttributeNames.CriteriaLanguage));
        Assert.Equal(["6", "7"], Of(AttributeNames.ObjectTypes));
        Assert.Equal(["1;OU=Groups,DC=demo,DC=local"], Of(AttributeNames.StartPath));
        Assert.Equal([$"{uma.Id:D}||ada|cover"], Of(AttributeNames.Include));
        Assert.Equal([$"{hal.Id:D}||ada"], Of(AttributeNames.Exclude));
        Assert.Equal([uma.Id.ToString("D")], Assert.Single(request.Owners, one => one.Mode == ChangeMode.Add).References);

        await portal.DoAsync(Requests.Update(id, false, ("description", "changed")));
        Assert.IsType<PlanAnswer.VersionMismatch>(await portal.Groups.PlanAsync(portal.StoreId, request, TestPortal.From(null), CancellationToken.None));
    }

    [Fact]
    public async Task A_listed_group_gets_the_values_that_nearly_all_its_members_share()
    {
        await using var portal = await TestPortal.StartAsync();
        var people = await portal.PeopleAsync(50);
        var alike = people.Where(one => one.Department is not null).GroupBy(one => one.Department).MaxBy(group => group.Count())!.ToList();
        Assert.True(alike.Count >= 3);
        await GroupAsync(portal, "Alike", alike.Select(one => one.Id));
        await GroupAsync(portal, "Mixed", people.DistinctBy(one => one.Department).Select(one => one.Id));

        var imported = await ImportAsync(portal, "Alike\nMixed");

        Assert.Equal(RuleOrigin.Shared, imported[0].Origin);
        Assert.True(imported[0].IsReady);
        Assert.Contains(
            new Criterion.Compare("department", CompareOperator.Equals, alike[0].Department!),
            imported[0].Query.Reading!.Root is Criterion.AllOf all ? all.Parts : [imported[0].Query.Reading!.Root!]);
        Assert.Null(imported[1].Origin);
        Assert.False(imported[1].IsReady);
    }

    [Fact]
    public async Task A_smart_group_on_a_list_keeps_the_rule_that_it_has()
    {
        await using var portal = await TestPortal.StartAsync();
        await GroupAsync(portal, "Night Shift");
        var uma = await portal.FindAsync("uma");
        var query = Assert.Single(await ImportAsync(portal, """[{ "Name": "Night Shift", "Criteria": "(department Present)", "ObjectTypes": "7", "Exclude": ["uma"] }]"""));
        var smart = query with
        {
            Group = query.Group! with
            {
                Attributes = ImportRequests.Of(query, "ada")!.Attributes.Aggregate(query.Group.Attributes, (all, one) => all.With(one.Name, [.. one.Values])),
            },
        };

        Assert.Equal(Membership.Smart, smart.Group!.Membership);
        var rule = portal.Get<RuleReader>().RuleOf(smart.Group, portal.Store.Vocabulary)!;
        Assert.Equal(("(department Present)", uma.Id), (rule.Text, Assert.Single(rule.Exclude).Id));
        Assert.Equal([QueryObjectType.Contacts], rule.ObjectTypes);
    }

    [Theory]
    [InlineData(false, 0, 3)]
    [InlineData(true, 3, 0)]
    public async Task Nobody_is_lost_when_a_static_group_gets_a_rule(bool isSmart, int leaving, int kept)
    {
        await using var portal = await TestPortal.StartAsync();
        await GroupAsync(portal, "Night Shift");
        var imported = Assert.Single(await ImportAsync(portal, """[{ "Name": "Night Shift", "Criteria": "(department Present)" }]"""));
        if (isSmart)
        {
            imported = imported with { Group = imported.Group! with { Attributes = imported.Group.Attributes.With(AttributeNames.ManagedGroupType, "2") } };
        }

        PreviewQuery? asked = null;
        var service = new ImportService(portal.Get<StoreRegistry>(), portal.Reader, portal.Get<RuleReader>(), (_, query, _) =>
        {
            asked = query;
            return Task.FromResult<PreviewAnswer>(new PreviewAnswer.Ok(
                new Preview("hash", default, new PreviewCounts(12, 5, 3, 7, 0), [], GuardVerdict.Nothing, [], [], 0, [])));
        });

        var preview = await service.PreviewAsync(portal.StoreId, imported, "ada", PreviewShow.Joining, 50, 25, CancellationToken.None);

        Assert.Equal((5, leaving, 7, kept), (preview.Joining, preview.Leaving, preview.Staying, preview.Kept));
        Assert.Equal((imported.Group!.Id, PreviewShow.Joining, 50, 25), (asked!.Group!.Value, asked.Show, asked.Skip, asked.Take));
    }

    [Fact]
    public async Task Entras_own_rule_is_taken_over_and_gives_way()
    {
        await using var portal = await TestPortal.StartAsync(StoreKind.EntraId);
        await GroupAsync(portal, "Night Shift");
        var imported = Assert.Single(await ImportAsync(portal, """[{ "Name": "Night Shift", "Criteria": "(department Present)" }]"""));
        imported = imported with { Group = imported.Group! with { Attributes = imported.Group.Attributes.With(AttributeNames.MembershipRule, "(user.department -eq \"Sales\")") } };

        Assert.Empty(Assert.Single(ImportRequests.Of(imported, "ada")!.Attributes, one => one.Name == AttributeNames.MembershipRule).Values);
    }

    [Fact]
    public async Task A_directory_that_does_not_answer_is_no_file_without_groups()
    {
        await using var portal = await TestPortal.StartAsync();
        portal.Store.ReadError = new DirectoryError.Unavailable();
        var reading = QueryImport.Read("Sales", portal.Store.Vocabulary);

        var answer = await ServiceOf(portal).ResolveAsync(portal.StoreId, reading.Queries, (_, _) => Task.CompletedTask, CancellationToken.None);

        Assert.IsType<DirectoryAnswer<IReadOnlyList<ImportedGroup>>.Failed>(answer);
    }
}
