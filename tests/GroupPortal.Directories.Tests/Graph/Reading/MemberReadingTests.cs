using GroupPortal.Core.Directories;
using GroupPortal.Directories.Tests.Contract;
using GroupPortal.GraphEmulation;

namespace GroupPortal.Directories.Tests.Graph.Reading;

public sealed class MemberReadingTests : IAsyncLifetime
{
    private GraphTenant _graph = null!;

    private IDirectory Directory => _graph.Directory;

    public async Task InitializeAsync() => _graph = await GraphTenant.StartAsync(new EmulatorOptions { People = 0, MostPerPage = 999 });

    public async Task DisposeAsync() => await _graph.DisposeAsync();

    [Fact]
    public async Task A_member_list_is_complete_over_several_pages_and_with_service_principals()
    {
        var group = _graph.Objects.AddGroup("Many");
        var wanted = Enumerable.Range(0, 2100).Select(number => _graph.Objects.AddUser($"Person {number}")).ToHashSet();
        wanted.Add(_graph.Objects.AddServicePrincipal("Sync"));
        wanted.Add(_graph.Objects.AddDevice("Laptop"));
        foreach (var member in wanted)
        {
            _graph.Objects.AddMember(group, member);
        }

        var found = (await Directory.MemberIdsAsync(group, CancellationToken.None)).Value();

        Assert.Equal(wanted.Order(), found.Order());
        Assert.Equal(3, _graph.Sent().Count);
    }

    [Fact]
    public async Task Of_a_small_group_the_candidates_are_told_in_one_request_and_of_a_large_one_in_two()
    {
        var (small, large) = (_graph.Objects.AddGroup("Small"), _graph.Objects.AddGroup("Large"));
        var people = Enumerable.Range(0, 1500).Select(number => _graph.Objects.AddUser($"Person {number}")).ToList();
        foreach (var person in people)
        {
            _graph.Objects.AddMember(large, person);
        }

        _graph.Objects.AddMember(small, people[3]);
        Assert.Equal([people[3]], (await Directory.WhichAreMembersAsync(small, [people[3], people[4]], CancellationToken.None)).Value());
        Assert.Single(_graph.Sent());

        var candidates = people.Skip(900).Append(Guid.NewGuid()).Take(200).ToList();
        var found = (await Directory.WhichAreMembersAsync(large, [.. candidates, Guid.NewGuid()], CancellationToken.None)).Value();
        Assert.Equal(candidates.Order(), found.Order());
        Assert.Equal(2, _graph.Sent().Count);
    }

    [Fact]
    public async Task Above_a_group_are_all_groups_that_contain_it_through_others_and_nothing_else()
    {
        var groups = Enumerable.Range(0, 4).Select(number => _graph.Objects.AddGroup($"Level {number}")).ToList();
        for (var level = 0; level < 3; level++)
        {
            _graph.Objects.AddMember(groups[level + 1], groups[level]);
        }

        _graph.Objects.AddGroup("Beside");
        Assert.Equal(groups.Skip(1).Order(), (await Directory.AncestorsAsync(groups[0], CancellationToken.None)).Value().Order());
        Assert.Single(_graph.Sent());
        Assert.Empty((await Directory.AncestorsAsync(Guid.NewGuid(), CancellationToken.None)).Value());
    }

    [Fact]
    public async Task The_groups_of_a_person_are_one_request_and_those_of_anything_else_three()
    {
        var group = _graph.Objects.AddGroup("Holder");
        var (person, device) = (_graph.Objects.AddUser("Ana"), _graph.Objects.AddDevice("Laptop"));
        _graph.Objects.AddMember(group, person);
        _graph.Objects.AddMember(group, device);

        Assert.Equal(group, Assert.Single((await Directory.MemberOfAsync(person, 0, 50, CancellationToken.None)).Value().Items).Id);
        Assert.Single(_graph.Sent());
        Assert.Equal(group, Assert.Single((await Directory.MemberOfAsync(device, 0, 50, CancellationToken.None)).Value().Items).Id);
        Assert.Equal(3, _graph.Sent().Count);
    }

    [Fact]
    public async Task A_far_page_of_members_costs_ids_once_and_leafing_on_one_request_a_page()
    {
        var group = _graph.Objects.AddGroup("Many");
        var people = Enumerable.Range(0, 2500).Select(number => _graph.Objects.AddUser($"Person {number:0000}")).ToList();
        foreach (var person in people)
        {
            _graph.Objects.AddMember(group, person);
        }

        async Task<Page<DirectoryObject>> Page(int skip) => (await Directory.MembersAsync(new MemberQuery(group, Skip: skip, Take: 50), CancellationToken.None)).Value();

        Assert.Equal((2500, 50), ((await Page(0)).Total, (await Page(50)).Items.Count));
        Assert.Equal(people[100], (await Page(100)).Items[0].Id);
        Assert.Equal(3, _graph.Sent().Count);
        Assert.Equal(people.Skip(2400).Take(50), (await Page(2400)).Items.Select(item => item.Id));
        Assert.Equal(4, _graph.Sent().Count);
        Assert.Equal(people.Skip(1200).Take(50), (await Page(1200)).Items.Select(item => item.Id));
        Assert.Single(_graph.Sent());
        Assert.Equal(50, (await Page(2450)).Items.Count);
        Assert.Empty((await Page(2500)).Items);
    }

    [Fact]
    public async Task A_page_of_a_thousand_is_whole_although_graph_gives_a_row_less()
    {
        var group = _graph.Objects.AddGroup("Many");
        var people = Enumerable.Range(0, 1001).Select(number => _graph.Objects.AddUser($"Person {number:0000}")).ToList();
        foreach (var person in people)
        {
            _graph.Objects.AddMember(group, person);
        }

        var page = (await Directory.MembersAsync(new MemberQuery(group, Take: 1000), CancellationToken.None)).Value();

        Assert.Equal(people.Take(1000), page.Items.Select(item => item.Id));
        Assert.Equal(1001, page.Total);
    }
}
