using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Directories.Tests.Contract;
using GroupPortal.GraphEmulation;

namespace GroupPortal.Directories.Tests.Graph.Reading;

public sealed class GroupReadingTests : IAsyncLifetime
{
    private GraphTenant _graph = null!;

    private IDirectory Directory => _graph.Directory;

    private EmulatedDirectory Objects => _graph.Objects;

    public async Task InitializeAsync() => _graph = await GraphTenant.StartAsync();

    public async Task DisposeAsync() => await _graph.DisposeAsync();

    [Fact]
    public async Task A_page_of_fifty_groups_costs_one_request_and_three_for_its_owners()
    {
        var owner = Objects.AddUser("Olga Owner");
        foreach (var number in Enumerable.Range(0, 120))
        {
            var group = Objects.AddGroup($"Group {number:000}");
            Objects.AddOwner(group, owner);
            Objects.AddMember(group, owner);
        }

        var page = (await Directory.FindGroupsAsync(new GroupQuery(), CancellationToken.None)).Value();

        Assert.Equal((50, 120), (page.Items.Count, page.Total));
        Assert.All(page.Items, group => Assert.Equal("Olga Owner", group.OwnerName));
        var sent = _graph.Sent();
        Assert.Equal(["GET /v1.0/groups", .. Enumerable.Repeat("POST /v1.0/$batch", 3)], sent.Select(request => $"{request.Method} {request.Target.Split('?')[0]}"));
        Assert.DoesNotContain(_graph.Emulator.Requests, request => request.Target.Contains("/members", StringComparison.Ordinal));
        Assert.All(sent.Take(1), request => Assert.Contains("$select=", Uri.UnescapeDataString(request.Target), StringComparison.Ordinal));

        Assert.Equal("Group 050", (await Directory.FindGroupsAsync(new GroupQuery(Skip: 50), CancellationToken.None)).Value().Items[0].Name);
        Assert.Equal(4, _graph.Sent().Count);
        Assert.Equal("Group 100", (await Directory.FindGroupsAsync(new GroupQuery(Skip: 100), CancellationToken.None)).Value().Items[0].Name);
        Assert.Equal(2, _graph.Sent().Count);
        Assert.Equal(120, (await Directory.FindGroupsAsync(new GroupQuery(Skip: 200), CancellationToken.None)).Value().Total);
    }

    [Fact]
    public async Task Groups_are_sorted_by_the_time_that_graph_knows()
    {
        var times = new[] { 5, 3, 9, 1 };
        foreach (var day in times)
        {
            Objects.AddGroup($"Day {day}", ("createdDateTime", new DateTimeOffset(2026, 1, day, 0, 0, 0, TimeSpan.Zero)), ("renewedDateTime", new DateTimeOffset(2026, 1, day, 0, 0, 0, TimeSpan.Zero)));
        }

        async Task<string[]> Names(GroupQuery query) => [.. (await Directory.FindGroupsAsync(query, CancellationToken.None)).Value().Items.Select(group => group.Name)];

        Assert.Equal(["Day 1", "Day 3", "Day 5", "Day 9"], await Names(new GroupQuery(Sort: GroupSort.Changed)));
        Assert.Equal(["Day 9", "Day 5"], await Names(new GroupQuery(Sort: GroupSort.Changed, Descending: true, Take: 2)));
        _graph.Sent();
        Assert.Equal(["Day 3", "Day 1"], await Names(new GroupQuery(Sort: GroupSort.Changed, Descending: true, Skip: 2, Take: 2)));
        Assert.Equal(2, _graph.Sent().Count);
    }

    [Fact]
    public async Task Each_type_is_listed_by_itself_and_marked_with_who_writes_it()
    {
        var wanted = new Dictionary<EntraGroupType, Guid>
        {
            [EntraGroupType.Security] = Objects.AddGroup("Security"),
            [EntraGroupType.Distribution] = Objects.AddGroup("Distribution", ("mailEnabled", true), ("securityEnabled", false), ("mail", "distribution@contoso.example")),
            [EntraGroupType.Microsoft365] = Objects.AddGroup("Unified", ("mailEnabled", true), ("groupTypes", new[] { "Unified" })),
            [EntraGroupType.Teams] = Objects.AddGroup("Team", ("mailEnabled", true), ("groupTypes", new[] { "Unified" }), ("resourceProvisioningOptions", new[] { "Team" })),
        };
        foreach (var (type, id) in wanted)
        {
            var group = Assert.Single((await Directory.FindGroupsAsync(new GroupQuery(GroupTypes: [(int)type]), CancellationToken.None)).Value().Items);
            Assert.Equal((id, (int)type), (group.Id, group.GroupType));
            Assert.Equal(type == EntraGroupType.Distribution ? GroupAuthority.Exchange : GroupAuthority.Directory, group.Authority);
            var state = (await Directory.GetGroupAsync(id, CancellationToken.None)).Value()!;
            Assert.Equal((group.GroupType, group.Authority), (state.GroupType, state.Authority));
        }

        Assert.Equal(3, (await Directory.FindGroupsAsync(new GroupQuery(GroupTypes: [4, 8, 32]), CancellationToken.None)).Value().Total);
        Assert.Equal(4, (await Directory.FindGroupsAsync(new GroupQuery(GroupTypes: [4, 8, 16, 32]), CancellationToken.None)).Value().Total);
        Assert.Empty((await Directory.FindGroupsAsync(new GroupQuery(GroupTypes: [7]), CancellationToken.None)).Value().Items);
        Assert.Equal("Team", Assert.Single((await Directory.FindGroupsAsync(new GroupQuery("tea", [16, 32]), CancellationToken.None)).Value().Items).Name);
    }

    [Fact]
    public async Task A_group_tells_its_rule_its_protection_and_where_it_comes_from()
    {
        var dynamic = Objects.AddGroup(
            "Dynamic", ("groupTypes", new[] { "DynamicMembership" }), ("membershipRule", "user.department -eq \"Sales\""), ("membershipRuleProcessingState", "On"));
        var wasDynamic = Objects.AddGroup("Static again", ("membershipRule", "user.department -eq \"Sales\""), ("membershipRuleProcessingState", "Paused"));
        var role = Objects.AddGroup("Role", ("isAssignableToRole", true));
        var synchronised = Objects.AddGroup("Synchronised", ("onPremisesSyncEnabled", true));

        async Task<GroupState> Group(Guid id) => (await Directory.GetGroupAsync(id, CancellationToken.None)).Value()!;

        Assert.Equal((Membership.Dynamic, "On"), ((await Group(dynamic)).Membership, (await Group(dynamic)).Attributes.First(AttributeNames.RuleProcessing)));
        Assert.Equal(Membership.Static, (await Group(wasDynamic)).Membership);
        Assert.True((await Group(role)).IsProtected);
        Assert.Equal(GroupAuthority.OnPremises, (await Group(synchronised)).Authority);
        var list = (await Directory.FindGroupsAsync(new GroupQuery(), CancellationToken.None)).Value().Items.ToDictionary(group => group.Id);
        Assert.Equal((true, false), (list[dynamic].IsDynamic, list[wasDynamic].IsDynamic));
        Assert.True(list[role].IsProtected);
        Assert.Equal(GroupAuthority.OnPremises, list[synchronised].Authority);
    }

    [Fact]
    public async Task What_exchange_keeps_is_asked_of_one_microsoft_365_group_only()
    {
        var (unified, security) = (Objects.AddGroup("Unified", ("mailEnabled", true), ("groupTypes", new[] { "Unified" })), Objects.AddGroup("Security"));

        Assert.NotNull((await Directory.GetGroupAsync(security, CancellationToken.None)).Value());
        Assert.Equal(2, _graph.Sent().Count);
        Assert.Equal("false", (await Directory.GetGroupAsync(unified, CancellationToken.None)).Value()!.Attributes.First("hideFromAddressLists"));
        Assert.Equal(3, _graph.Sent().Count);
        await Directory.GetGroupsAsync([unified, security], CancellationToken.None);
        Assert.DoesNotContain(_graph.Sent(), request => request.Target.Contains("hideFromAddressLists", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Members_are_counted_and_not_read()
    {
        var group = Objects.AddGroup("Many");
        foreach (var number in Enumerable.Range(0, 1500))
        {
            Objects.AddMember(group, Objects.AddUser($"Person {number}"));
        }

        Objects.AddMember(group, Objects.AddServicePrincipal("Sync"));

        Assert.Equal(1501, (await Directory.GetGroupAsync(group, CancellationToken.None)).Value()!.MemberCount);
        Assert.Equal(1501, (await Directory.GetGroupsAsync([group], CancellationToken.None)).Value()[group].MemberCount);
        Assert.All(
            _graph.Emulator.Requests.Where(request => request.Target.Contains("/members", StringComparison.Ordinal)),
            request => Assert.Contains("top=1&", request.Target, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_hundred_groups_are_read_in_eleven_requests()
    {
        var owner = Objects.AddUser("Olga Owner");
        var groups = Enumerable.Range(0, 100).Select(number => Objects.AddGroup($"Group {number}")).ToList();
        groups.ForEach(group => Objects.AddOwner(group, owner));

        var states = (await Directory.GetGroupsAsync([.. groups, Guid.NewGuid(), owner], CancellationToken.None)).Value();

        Assert.Equal(groups.Order(), states.Keys.Order());
        Assert.All(states.Values, state => Assert.Equal(owner, Assert.Single(state.Owners).Id));
        Assert.Equal(11, _graph.Sent().Count);
    }

    [Fact]
    public async Task Three_hundred_addresses_are_resolved_in_a_few_requests_and_names_are_not_asked_for()
    {
        var people = Enumerable.Range(0, 300).Select(number => Objects.AddUser($"Person {number}", ("userPrincipalName", $"p{number}@contoso.example"))).ToList();

        var found = (await Directory.ResolveAsync([.. Enumerable.Range(0, 300).Select(number => $"P{number}@contoso.example")], [], CancellationToken.None)).Value();

        Assert.Equal(people, Enumerable.Range(0, 300).Select(number => Assert.IsType<ReferenceMatch.Found>(found[$"P{number}@contoso.example"]).Object.Id));
        Assert.Single(_graph.Sent());
    }

    [Fact]
    public async Task A_thousand_ids_are_resolved_in_one_request()
    {
        var devices = Enumerable.Range(0, 1000).Select(number => Objects.AddDevice($"Laptop {number}")).ToList();

        var found = (await Directory.ResolveAsync([.. devices.Select(id => id.ToString())], [], CancellationToken.None)).Value();

        Assert.All(devices, id => Assert.Equal(ObjectKind.Device, Assert.IsType<ReferenceMatch.Found>(found[id.ToString()]).Object.Kind));
        Assert.Single(_graph.Sent());
    }

    [Fact]
    public async Task All_kinds_are_found_in_one_request_in_the_order_of_names()
    {
        Objects.AddUser("Delta One");
        Objects.AddGroup("Delta Two");
        Objects.AddDevice("Delta Four");
        Objects.AddServicePrincipal("Delta Three");
        Objects.AddContact("Delta Five");

        var found = (await Directory.FindAsync(new ObjectQuery("delt", []), CancellationToken.None)).Value();

        Assert.Equal(["Delta Five", "Delta Four", "Delta One", "Delta Three", "Delta Two"], found.Items.Select(item => item.Name));
        Assert.Equal(
            [ObjectKind.Contact, ObjectKind.Device, ObjectKind.User, ObjectKind.ServicePrincipal, ObjectKind.Group], found.Items.Select(item => item.Kind));
        Assert.Equal(5, found.Total);
        Assert.Single(_graph.Sent());
    }
}
