using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;

namespace GroupPortal.Directories.Tests.Contract;

public abstract partial class DirectoryContract
{
    [Fact]
    public async Task Every_way_to_name_somebody_leads_to_him_and_the_answer_is_keyed_as_asked()
    {
        var person = People.First(one => one.UserPrincipalName is not null && one.Mail is not null);
        string?[] references =
        [
            person.Id.ToString(), person.Id.ToString("B").ToUpperInvariant(), person.Dn, person.Dn.ToUpperInvariant(),
            person.AccountName, person.UserPrincipalName!.ToUpperInvariant(), person.Mail,
        ];

        var resolved = (await Directory.ResolveAsync([.. references.OfType<string>()], [], CancellationToken.None)).Value();

        Assert.All(references.OfType<string>(), reference =>
            Assert.Equal(person.Id, Assert.IsType<ReferenceMatch.Found>(resolved[reference]).Object.Id));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("nobody at all")]
    [InlineData("*")]
    [InlineData("(objectClass=*)")]
    [InlineData("' OR 1=1 --")]
    [InlineData("nul\0")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    [InlineData("CN=nobody,DC=nowhere")]
    public async Task A_reference_to_nobody_leads_to_nobody(string reference)
    {
        var resolved = (await Directory.ResolveAsync([reference], [], CancellationToken.None)).Value();

        Assert.IsType<ReferenceMatch.NotFound>(Assert.Single(resolved).Value);
    }

    [Fact]
    public async Task A_name_that_several_have_is_ambiguous_with_its_candidates()
    {
        var label = NewName("Ambiguous");
        var first = await CreateAsync(NewName(), [(AttributeNames.DisplayName, label)]);
        var second = await CreateAsync(NewName(), [(AttributeNames.DisplayName, label)]);

        var match = (await Directory.ResolveAsync([label], [ObjectKind.Group], CancellationToken.None)).Value()[label];

        Assert.Equal(new[] { first.Id, second.Id }.Order(), Assert.IsType<ReferenceMatch.Ambiguous>(match).Candidates.Select(item => item.Id).Order());
    }

    [Fact]
    public async Task Only_the_kinds_asked_for_are_found()
    {
        var person = People[0];

        Assert.IsType<ReferenceMatch.NotFound>(
            (await Directory.ResolveAsync([person.Id.ToString()], [ObjectKind.Group], CancellationToken.None)).Value()[person.Id.ToString()]);
        var found = (await Directory.FindAsync(new ObjectQuery(person.Name, [ObjectKind.Group]), CancellationToken.None)).Value();
        Assert.All(found.Items, item => Assert.Equal(ObjectKind.Group, item.Kind));
    }

    [Fact]
    public async Task Search_finds_by_the_beginning_of_any_word_in_any_order_without_regard_to_case()
    {
        var group = await CreateAsync(NewName("Quarterly Review-Board"));
        var words = group.Name.Split(' ');

        foreach (var text in (string[])[group.Name, "QUARTERLY rev", $"boa {words[^1]} quart", "review-b"])
        {
            var found = (await Directory.FindAsync(new ObjectQuery(text, [ObjectKind.Group]), CancellationToken.None)).Value();
            Assert.Contains(found.Items, item => item.Id == group.Id);
        }

        Assert.Empty((await Directory.FindAsync(new ObjectQuery("uarterly", []), CancellationToken.None)).Value().Items);
    }

    [Fact]
    public async Task Groups_are_paged_sorted_and_counted()
    {
        var names = new[] { NewName("Paging b"), NewName("Paging a"), NewName("Paging c") };
        foreach (var name in names)
        {
            await CreateAsync(name);
        }

        async Task<string[]> Page(GroupQuery query) =>
            [.. (await Directory.FindGroupsAsync(query, CancellationToken.None)).Value().Items.Select(item => item.Name)];

        Assert.Equal([names[1], names[0], names[2]], await Page(new GroupQuery("paging")));
        Assert.Equal([names[2], names[0]], await Page(new GroupQuery("paging", Descending: true, Take: 2)));
        Assert.Equal([names[2]], await Page(new GroupQuery("paging", Skip: 2)));
        Assert.Equal([names[2], names[0]], await Page(new GroupQuery("paging", Descending: true, Take: 2, Sort: GroupSort.Name)));
        Assert.Equal(3, (await Directory.FindGroupsAsync(new GroupQuery("paging", Take: 1), CancellationToken.None)).Value().Total);
    }

    [Fact]
    public async Task Groups_are_narrowed_by_type_owner_and_member()
    {
        var type = IsTree ? "4" : "16";
        var group = await CreateAsync(attributes: [(AttributeNames.GroupType, type)], owners: [People[5]], members: [People[6]]);
        var other = await CreateAsync(owners: [People[5]]);

        async Task<Guid[]> Ids(GroupQuery query) => [.. (await Directory.FindGroupsAsync(query, CancellationToken.None)).Value().Items.Select(item => item.Id)];

        Assert.Contains(group.Id, await Ids(new GroupQuery(GroupTypes: [group.GroupType], Take: 200)));
        Assert.DoesNotContain(other.Id, await Ids(new GroupQuery(GroupTypes: [group.GroupType], Take: 200)));
        Assert.Contains(other.Id, await Ids(new GroupQuery(Owner: People[5].Id, Take: 200)));
        Assert.Contains(group.Id, await Ids(new GroupQuery(Member: People[6].Id, Take: 200)));
        Assert.Empty(await Ids(new GroupQuery(Owner: Guid.NewGuid())));
    }

    [Fact]
    public async Task The_number_of_groups_is_exact_as_they_come_and_go()
    {
        async Task<long> Total() => (await Directory.FindGroupsAsync(new GroupQuery(Take: 1), CancellationToken.None)).Value().Total;
        var before = await Total();
        var group = await CreateAsync();

        Assert.Equal(before + 1, await Total());
        await ApplyAsync(Plan.Delete(Directory.Store, group), group);
        Assert.Equal(before, await Total());
    }

    [Fact]
    public async Task Many_groups_are_read_as_one_by_one()
    {
        var one = await CreateAsync(owners: [People[0]]);
        var two = await CreateAsync(attributes: [(AttributeNames.Description, "two")]);

        var many = (await Directory.GetGroupsAsync([one.Id, two.Id, Guid.NewGuid(), People[0].Id], CancellationToken.None)).Value();

        Assert.Equal(2, many.Count);
        foreach (var group in new[] { one, two })
        {
            Assert.Equal(group.Version, many[group.Id].Version);
            Assert.Equal(
                group.Attributes.OrderBy(value => value.Key, StringComparer.Ordinal).Select(value => (value.Key, string.Join('|', value.Value))),
                many[group.Id].Attributes.OrderBy(value => value.Key, StringComparer.Ordinal).Select(value => (value.Key, string.Join('|', value.Value))));
            Assert.Equal(group.Owners, many[group.Id].Owners);
        }
    }

    [Fact]
    public async Task Names_in_use_are_told_with_their_holder_and_except_the_group_itself()
    {
        var group = await CreateAsync(attributes: WithUniqueNames);
        var attribute = IsTree ? AttributeNames.AccountName : AttributeNames.MailNickname;
        var value = group.Attributes.First(attribute)!;
        var query = new NameQuery(null, IsTree ? value : null, IsTree ? null : value, null);

        var inUse = Assert.Single((await Directory.NamesInUseAsync(query, CancellationToken.None)).Value());

        Assert.Equal((attribute, group.Id, true), (inUse.Attribute, inUse.Holder.Id, inUse.MustBeUnique));
        Assert.Empty((await Directory.NamesInUseAsync(query with { Except = group.Id }, CancellationToken.None)).Value());
    }

    [Fact]
    public async Task The_naming_context_is_the_root_of_the_containers()
    {
        var root = Assert.Single((await Directory.ContainersAsync(null, CancellationToken.None)).Value());

        Assert.Equal(DistinguishedName.Parse(Directory.Store.BaseDn), DistinguishedName.Parse(root.Dn));
        Assert.Equal(root.HasChildren, (await Directory.ContainersAsync(root.Dn, CancellationToken.None)).Value().Count > 0);
        Assert.True((await Directory.ContainerExistsAsync(root.Dn.ToUpperInvariant(), CancellationToken.None)).Value());
        Assert.False((await Directory.ContainerExistsAsync($"OU=Nowhere,{root.Dn}", CancellationToken.None)).Value());
        Assert.IsType<DirectoryAnswer<IReadOnlyList<ContainerNode>>.Failed>(await Directory.ContainersAsync($"OU=Nowhere,{root.Dn}", CancellationToken.None));
    }

    [Fact]
    public async Task Cancelled_before_it_starts_a_read_throws()
    {
        using var source = new CancellationTokenSource();
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Directory.FindAsync(new ObjectQuery("a", []), source.Token));
    }

    [Fact]
    public async Task The_directory_answers() => Assert.Null(await Directory.CheckAsync(CancellationToken.None));
}
