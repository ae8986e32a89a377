using GroupPortal.Application.Access;
using GroupPortal.Application.Groups;
using GroupPortal.Application.Tests.Support;
using GroupPortal.Core.Access;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;

namespace GroupPortal.Application.Tests.Groups;

public sealed class GroupReaderTests
{
    private static T Ok<T>(DirectoryAnswer<T> answer) => Assert.IsType<DirectoryAnswer<T>.Ok>(answer).Value;

    [Fact]
    public async Task A_group_that_the_portal_knows_nothing_of_has_the_defaults()
    {
        await using var portal = await TestPortal.StartAsync();
        var first = Ok(await portal.Reader.ListAsync(portal.StoreId, new GroupQuery(), CancellationToken.None)).Items[0];

        var group = await portal.GroupAsync(first.Group.Id);

        Assert.Equal((GroupSecurityType.Private, Membership.Static, 0L), (group.SecurityType, group.Membership, group.Version.Portal));
    }

    [Fact]
    public async Task Reading_one_group_is_one_directory_read_and_one_statement()
    {
        await using var portal = await TestPortal.StartAsync();
        var id = (await portal.DoAsync(Requests.Create("Night Shift"))).GroupId!.Value;
        var reads = portal.Store.GroupReads;
        portal.Statements.Reset();

        await portal.GroupAsync(id);

        Assert.Equal((1, 1), (portal.Store.GroupReads - reads, portal.Statements.Reads));
    }

    [Fact]
    public async Task A_page_of_groups_takes_one_statement_for_all_their_security_types()
    {
        await using var portal = await TestPortal.StartAsync();
        var id = (await portal.DoAsync(Requests.Create("Night Shift"))).GroupId!.Value;
        await portal.DoAsync(Requests.Update(id, false, ("XGroupSecurity", "Public")));
        portal.Statements.Reset();

        var page = Ok(await portal.Reader.ListAsync(portal.StoreId, new GroupQuery(Take: 200), CancellationToken.None));

        Assert.Equal(1, portal.Statements.Reads);
        Assert.Equal(id, Assert.Single(page.Items, item => item.SecurityType == GroupSecurityType.Public).Group.Id);
    }

    [Fact]
    public async Task Additional_owners_are_owners_everywhere()
    {
        await using var portal = await TestPortal.StartAsync();
        var uma = await portal.FindAsync("uma");
        var id = (await portal.DoAsync(Requests.Create("Night Shift"))).GroupId!.Value;

        await portal.DoAsync(Requests.Owners(id, ChangeMode.Add, uma.Id));

        var group = await portal.GroupAsync(id);
        Assert.Equal(["Ada Winter", "Uma Devi"], group.Owners.Select(owner => owner.Label));
        Assert.Equal(["Ada Winter", "Uma Devi"], Ok(await portal.Reader.GetManyAsync(portal.StoreId, [id], CancellationToken.None))[id].Owners.Select(owner => owner.Label));
        var relation = await portal.Get<GroupAccess>().RelationAsync(portal.StoreId, group, TestPortal.Uma, CancellationToken.None);
        Assert.Equal(GroupRelation.Owner, Ok(relation));
        var owned = Ok(await portal.Reader.OwnedAsync(portal.StoreId, TestPortal.Uma, new GroupQuery(Take: 200), CancellationToken.None));
        Assert.Contains(owned.Items, item => item.Group.Id == id);
        Assert.Equal(owned.Items.Select(item => item.Group.Label).Order(StringComparer.OrdinalIgnoreCase), owned.Items.Select(item => item.Group.Label));

        await portal.DoAsync(Requests.Owners(id, ChangeMode.Remove, uma.Id));
        Assert.Equal(["Ada Winter"], (await portal.GroupAsync(id)).Owners.Select(owner => owner.Label));
    }

    [Fact]
    public async Task Owned_groups_can_be_searched_and_paged()
    {
        await using var portal = await TestPortal.StartAsync();
        var uma = await portal.FindAsync("uma");
        foreach (var name in new[] { "Zebra Watch", "Aardvark Watch" })
        {
            var id = (await portal.DoAsync(Requests.Create(name))).GroupId!.Value;
            await portal.DoAsync(Requests.Owners(id, ChangeMode.Add, uma.Id));
        }

        var found = Ok(await portal.Reader.OwnedAsync(portal.StoreId, TestPortal.Uma, new GroupQuery("watch", Skip: 1, Take: 1), CancellationToken.None));

        Assert.Equal((2L, "Zebra Watch"), (found.Total, found.Items.Single().Group.Label));
    }

    [Fact]
    public async Task Nobody_owns_anything_where_nobody_matches()
    {
        await using var portal = await TestPortal.StartAsync();
        var stranger = new Person("stranger", "Stranger", PortalRole.User);

        Assert.Empty(Ok(await portal.Reader.OwnedAsync(portal.StoreId, stranger, new GroupQuery(), CancellationToken.None)).Items);
    }

    [Fact]
    public async Task The_portal_keeps_info_of_entra_groups()
    {
        await using var portal = await TestPortal.StartAsync(StoreKind.EntraId);
        var id = (await portal.DoAsync(Requests.Create("Night Shift"))).GroupId!.Value;

        await portal.DoAsync(Requests.Update(id, false, ("info", "Ring twice")));

        Assert.Equal("Ring twice", (await portal.GroupAsync(id)).Attributes.First("info"));
    }

    [Fact]
    public async Task An_unknown_store_has_nothing()
    {
        await using var portal = await TestPortal.StartAsync(withWorker: false);

        var answer = await portal.Reader.FindAsync(99, new ObjectQuery("a", []), CancellationToken.None);

        Assert.IsType<DirectoryError.NotFound>(Assert.IsType<DirectoryAnswer<Page<DirectoryObject>>.Failed>(answer).Error);
    }

    [Fact]
    public async Task Wrong_settings_of_a_store_stop_the_start_and_name_their_keys()
    {
        await using var portal = await TestPortal.StartAsync(withWorker: false);
        var options = new StoreOptions { Naming = new NamingRules(Pattern: "("), Guard = new(RemovePercent: 0), DefaultContainer = "OU=Elsewhere,DC=x" };

        var refused = Assert.Throws<Microsoft.Extensions.Options.OptionsValidationException>(() => new StoreRegistry([portal.Store], _ => options));

        Assert.Equal(3, refused.Failures.Count(failure => failure.StartsWith("Directories:2:", StringComparison.Ordinal)));
    }
}
