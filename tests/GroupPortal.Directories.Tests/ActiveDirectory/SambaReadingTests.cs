using GroupPortal.ActiveDirectory;
using GroupPortal.ActiveDirectory.Reading;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Directories.Tests.Contract;
using GroupPortal.Directories.Tests.Ldap;
using GroupPortal.Ldap;
using GroupPortal.TestDirectories;
using GroupPortal.Tests;

namespace GroupPortal.Directories.Tests.ActiveDirectory;

/// <summary>What is Active Directory's own in reading: primary groups, protection, the schema, what may not be read.</summary>
public sealed class SambaReadingTests(SambaFixture fixture) : DirectoryTests(fixture), IClassFixture<SambaFixture>
{
    [Fact]
    public async Task The_catalog_is_the_live_schemas()
    {
        Assert.Null(await Directory.CheckAsync(CancellationToken.None));

        Assert.True(Directory.Capabilities.HasMailNickname);
        Assert.Equal(1000, Directory.Capabilities.MembersPerWrite);
        Assert.All(["extensionAttribute1", "company"], name => Assert.False(Directory.Catalog.TryGet(name, out _), name));
        Assert.Equal((false, 1024, true), Limits("description"));
        Assert.Equal((false, 64, true), Limits("name"));
        Assert.Equal((false, 64, true), Limits("mailNickname"));
        Assert.Equal((false, 256, true), Limits("sAMAccountName"));
        Assert.Equal((true, 1123, true), Limits("proxyAddresses"));
        Assert.False(Directory.Catalog["objectSid"].IsWritable);
        Assert.Equal(AttributeSyntax.Number, Directory.Catalog["gidNumber"].Syntax);
        Assert.True(Directory.Catalog["sAMAccountName"].IsUnique);
        Assert.All(["member", "memberOf", "managedBy", "nTSecurityDescriptor", "sIDHistory"], name =>
            Assert.False(Directory.Catalog.TryGet(name, out var definition) && definition.IsWritable, name));
        (bool, int?, bool) Limits(string name) => Directory.Catalog[name] is var one ? (one.IsMultiValued, one.MaximumLength, one.IsWritable) : default;
    }

    [Fact]
    public async Task Nothing_is_contacted_before_the_first_question_and_nobody_answering_is_an_error()
    {
        var options = Clients.OptionsFor(fixture.Controller) with { Servers = [new LdapServer("127.0.0.1", 1, LdapSecurity.Ldaps)] };
        await using var nowhere = DomainDirectory.Open(SambaFixture.Store, options, TimeProvider.System);

        Assert.True(nowhere.Catalog.TryGet(AttributeNames.Description, out _));
        Assert.False(nowhere.Capabilities.HasMailNickname);
        Assert.NotNull(await nowhere.CheckAsync(CancellationToken.None));
        Assert.IsType<DirectoryAnswer<GroupState?>.Failed>(await nowhere.GetGroupAsync(Guid.NewGuid(), CancellationToken.None));
        Assert.IsType<DirectoryAnswer<IReadOnlySet<Guid>>.Failed>(await nowhere.MemberIdsAsync(Guid.NewGuid(), CancellationToken.None));
        Assert.IsType<DirectoryAnswer<Page<GroupSummary>>.Failed>(await nowhere.FindGroupsAsync(new GroupQuery(), CancellationToken.None));
    }

    [Fact]
    public async Task A_base_that_is_not_the_servers_is_told()
    {
        var store = SambaFixture.Store with { BaseDn = "DC=other,DC=local" };
        await using var other = DomainDirectory.Open(store, Clients.OptionsFor(fixture.Controller), TimeProvider.System);

        var error = await other.CheckAsync(CancellationToken.None);

        Assert.Contains("DC=other,DC=local", Assert.IsType<DirectoryError.NotFound>(error).Message, StringComparison.Ordinal);
        Assert.IsType<DirectoryAnswer<GroupState?>.Failed>(await other.GetGroupAsync(Guid.NewGuid(), CancellationToken.None));
    }

    [Fact]
    public async Task A_version_names_the_servers_database_and_its_change_number() =>
        Assert.Matches("^[0-9a-f]{32}:[1-9][0-9]*$", (await CreateAsync()).Version.Directory);

    [Fact]
    public async Task Those_whose_primary_group_it_is_are_members()
    {
        var everybody = await FindGroupAsync("Domain Users");
        var person = People.First(one => one.AccountName == "ada");

        var ids = (await Directory.MemberIdsAsync(everybody.Id, CancellationToken.None)).Value();
        var page = (await Directory.MembersAsync(new MemberQuery(everybody.Id, "ada"), CancellationToken.None)).Value();
        var memberOf = (await Directory.MemberOfAsync(person.Id, 0, 1000, CancellationToken.None)).Value();
        var groups = (await Directory.FindGroupsAsync(new GroupQuery(Member: person.Id, Take: 200), CancellationToken.None)).Value();

        Assert.True(ids.Count > 1000);
        Assert.Contains(person.Id, ids);
        Assert.Equal(ids.Count, (await GroupAsync(everybody.Id)).MemberCount);
        Assert.Contains(page.Items, item => item.Id == person.Id);
        Assert.Contains(memberOf.Items, item => item.Id == everybody.Id);
        Assert.Equal(memberOf.Items.Select(item => item.Id).Order(), groups.Items.Select(item => item.Id).Order());
        Assert.Equal(memberOf.Total, groups.Total);
    }

    [Fact]
    public async Task Members_are_found_by_what_their_name_in_the_group_does_not_say()
    {
        var person = People.First(one => one.AccountName is not null && !one.Name.StartsWith(one.AccountName, StringComparison.OrdinalIgnoreCase));
        var group = await CreateAsync(members: [person, People[0], People[1]]);

        var found = (await Directory.MembersAsync(new MemberQuery(group.Id, person.AccountName!), CancellationToken.None)).Value();

        Assert.Contains(found.Items, item => item.Id == person.Id);
    }

    [Fact]
    public async Task Administrators_groups_and_what_they_contain_are_protected()
    {
        var administrators = await FindGroupAsync("Domain Admins");
        var inner = await CreateAsync();
        var middle = await CreateAsync(members: [inner.AsObject()]);
        var other = await CreateAsync();
        await AsAdministratorAsync($"dn: {administrators.Dn}\nchangetype: modify\nadd: member\nmember: {middle.Dn}\n");

        Assert.True(administrators.IsProtected);
        Assert.True((await GroupAsync(administrators.Id)).IsProtected);
        Assert.True((await GroupAsync(middle.Id)).IsProtected);
        Assert.True((await GroupAsync(inner.Id)).IsProtected);
        var many = (await Directory.GetGroupsAsync([inner.Id, other.Id], CancellationToken.None)).Value();
        Assert.Equal((true, false), (many[inner.Id].IsProtected, many[other.Id].IsProtected));
    }

    [Fact]
    public async Task What_may_not_be_read_is_neither_empty_nor_absent()
    {
        var hidden = await CreateAsync(members: [People[0]]);
        var open = await CreateAsync(members: [People[0]]);
        // Allows nobody anything: a self-relative SECURITY_DESCRIPTOR with a DACL of no entries that inherits none.
        byte[] nobody = [1, 0, 4, 0x90, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 20, 0, 0, 0, 2, 0, 8, 0, 0, 0, 0, 0];
        await using (var administrator = new LdapClient(Clients.OptionsFor(fixture.Controller), TimeProvider.System))
        {
            var request = new LdapRequest.Modify(
                LdapName.FromGuid(hidden.Id),
                [new LdapModification(LdapChange.Replace, new LdapAttribute("nTSecurityDescriptor", [new ReadOnlyMemory<byte>(nobody)]))])
            {
                Controls = [LdapControls.SecurityDescriptorParts(4)],
            };
            Assert.True(Assert.IsType<LdapAnswer.Answered>(await administrator.SendAsync(request, CancellationToken.None)).Result.IsSuccess);
        }

        var options = Clients.OptionsFor(fixture.Controller) with
        {
            Credential = new LdapCredential(SambaDomainController.Lowly.BindName, SambaDomainController.Lowly.Password),
        };
        await using var lowly = DomainDirectory.Open(SambaFixture.Store, options, TimeProvider.System);

        Assert.IsType<DirectoryError.AccessDenied>(
            Assert.IsType<DirectoryAnswer<GroupState?>.Failed>(await lowly.GetGroupAsync(hidden.Id, CancellationToken.None)).Error);
        Assert.IsType<DirectoryError.AccessDenied>(
            Assert.IsType<DirectoryAnswer<IReadOnlySet<Guid>>.Failed>(await lowly.MemberIdsAsync(hidden.Id, CancellationToken.None)).Error);
        Assert.IsType<DirectoryAnswer<Page<DirectoryObject>>.Failed>(await lowly.MembersAsync(new MemberQuery(hidden.Id), CancellationToken.None));
        var many = Assert.IsType<DirectoryAnswer<IReadOnlyDictionary<Guid, GroupState>>.Partial>(
            await lowly.GetGroupsAsync([hidden.Id, open.Id, Guid.NewGuid()], CancellationToken.None));
        Assert.Equal([open.Id], many.Value.Keys);
        Assert.IsType<DirectoryError.AccessDenied>(many.Why);
        Assert.Equal(1, (await lowly.GetGroupAsync(open.Id, CancellationToken.None)).Value()!.MemberCount);
    }

    [Fact]
    public async Task The_feed_tells_each_object_once_as_it_is_now_and_refuses_another_servers_cookie()
    {
        var first = await CreateAsync();
        var start = (await LastAsync(0)).Cookie;
        var group = await CreateAsync();
        group = await ChangeAsync(group, Plan.Set(group, AttributeNames.Description, "x"));

        var changed = (await Directory.ChangesAsync(start, 1000, CancellationToken.None)).Value().Where(change => change.ObjectId == group.Id).ToList();
        Assert.False(Assert.Single(changed).Deleted);
        await ApplyAsync(Plan.Delete(Directory.Store, group), group);
        var deleted = (await Directory.ChangesAsync(start, 1000, CancellationToken.None)).Value().Where(change => change.ObjectId == group.Id).ToList();
        Assert.Equal((true, ObjectKind.Group), Assert.Single(deleted) is var one ? (one.Deleted, one.Kind) : default);
        Assert.True(deleted[0].Cookie > changed[0].Cookie);
        Assert.DoesNotContain((await Directory.ChangesAsync(start, 1000, CancellationToken.None)).Value(), change => change.ObjectId == first.Id);

        var other = start ^ (1L << 50);
        Assert.IsType<DirectoryError.Conflict>(
            Assert.IsType<DirectoryAnswer<IReadOnlyList<DirectoryChange>>.Failed>(await Directory.ChangesAsync(other, 1000, CancellationToken.None)).Error);
    }

    [Fact]
    public async Task Containers_are_those_in_which_groups_stand()
    {
        var children = (await Directory.ContainersAsync(SambaDomainController.BaseDn, CancellationToken.None)).Value();

        Assert.Contains(children, node => node is { Name: "Staff", HasChildren: true });
        Assert.Contains(children, node => node.Name == "Groups");
        Assert.Contains(children, node => node is { Name: "Users", HasChildren: false });
        Assert.DoesNotContain(children, node => node.Name is "System" or "Builtin" or "Program Data" or "LostAndFound");
        Assert.NotEmpty((await Directory.ContainersAsync(children.First(node => node.Name == "Staff").Dn, CancellationToken.None)).Value());
        Assert.True((await Directory.ContainerExistsAsync($"CN=Users,{SambaDomainController.BaseDn}", CancellationToken.None)).Value());
        Assert.False((await Directory.ContainerExistsAsync(People[0].Dn, CancellationToken.None)).Value());
    }

    [Fact]
    public async Task People_are_found_by_name_account_and_address_and_more_than_a_thousand_are_said_to_be_more()
    {
        var ada = People.First(one => one.AccountName == "ada");
        foreach (var text in new[] { "ada", ada.UserPrincipalName!, ada.Mail!, ada.Name })
        {
            var found = (await Directory.FindAsync(new ObjectQuery(text, [ObjectKind.User]), CancellationToken.None)).Value();
            Assert.Contains(found.Items, item => item == ada);
            Assert.True(found.TotalIsExact);
        }

        var all = (await Directory.FindAsync(new ObjectQuery(string.Empty, [ObjectKind.User], 5), CancellationToken.None)).Value();
        Assert.Equal((5, false), (all.Items.Count, all.TotalIsExact));
        Assert.Equal("ada", ada.AccountName);
    }

    [Fact]
    public async Task What_reading_costs_is_counted_in_searches()
    {
        var members = (await Directory.FindAsync(new ObjectQuery(string.Empty, [ObjectKind.User], 200), CancellationToken.None)).Value().Items;
        var group = await CreateAsync(members: [.. members]);
        // One that remembers nothing: what took long a moment ago would not be asked again.
        await using var directory = DomainDirectory.Open(SambaFixture.Store, Clients.OptionsFor(fixture.Controller), TimeProvider.System);
        await directory.CheckAsync(CancellationToken.None);
        using var counter = new SearchCounter();

        await directory.GetGroupAsync(group.Id, CancellationToken.None);
        Assert.Equal(3, counter.Take()); // the group, the members beyond the first fifty, and whose primary group it is

        await directory.MembersAsync(new MemberQuery(group.Id, Take: 50), CancellationToken.None);
        Assert.Equal(3, counter.Take()); // the group, whose primary group it is, and the page
        await directory.MemberIdsAsync(group.Id, CancellationToken.None);
        Assert.Equal(2, counter.Take());
        await directory.ResolveAsync([.. members.Select(one => one.Id.ToString())], [], CancellationToken.None);
        Assert.Equal(4, counter.Take()); // fifty to a search
        await directory.ResolveAsync([.. members.Select(one => one.AccountName!)], [], CancellationToken.None);
        Assert.Equal(4, counter.Take());
        await directory.NamesInUseAsync(new NameQuery(group.Dn, "x", "x", "x"), CancellationToken.None);
        Assert.Equal(2, counter.Take());
    }

    [Fact]
    public async Task Values_are_followed_range_by_range_and_from_the_beginning_when_the_group_changed()
    {
        var members = (await Directory.FindAsync(new ObjectQuery(string.Empty, [ObjectKind.User], 30), CancellationToken.None)).Value().Items;
        var group = await CreateAsync(members: [.. members.Skip(1)]);
        await using var client = new LdapClient(Clients.OptionsFor(fixture.Controller), TimeProvider.System);
        var domain = new Domain(SambaFixture.Store, client, TimeProvider.System);
        var searches = new DomainSearch(domain);
        var links = new LinkedNames(domain, searches);
        // As AD cuts at 1,500, which Samba does not.
        var first = (await searches.EntryAsync(
            LdapName.FromGuid(group.Id), ["member;range=0-9", "uSNChanged"], CancellationToken.None, LdapControls.ExtendedNames)).Value()!;

        async Task<Guid[]> Ids() => [.. (await links.AllAsync(first, "member", withIds: true, CancellationToken.None)).Value().Select(name => name.Id!.Value).Order()];
        Assert.Equal(10, LinkedNames.RangeOf(first, "member").Next);
        Assert.Equal(members.Skip(1).Select(one => one.Id).Order(), await Ids());
        await AsAdministratorAsync($"dn: {group.Dn}\nchangetype: modify\nadd: member\nmember: <GUID={members[0].Id}>\n");
        Assert.Equal(members.Select(one => one.Id).Order(), await Ids());
        Assert.Equal(members.Count, (await links.CountAsync(first, "member", CancellationToken.None)).Value());
    }

    private async Task<DirectoryChange> LastAsync(long cookie)
    {
        DirectoryChange? last = null;
        while ((await Directory.ChangesAsync(cookie, 400, CancellationToken.None)).Value() is [.., var next])
        {
            last = next;
            cookie = next.Cookie;
        }

        return last ?? throw new InvalidOperationException("Nothing ever changed.");
    }

    private async Task<GroupSummary> FindGroupAsync(string name) =>
        (await Directory.FindGroupsAsync(new GroupQuery(name), CancellationToken.None)).Value().Items.Single(group => group.Name == name);

    private async Task AsAdministratorAsync(string ldif) =>
        Assert.Equal(0, await LdapTool.For(fixture.Controller, SambaDomainController.Administrator).ModifyAsync(ldif));
}
