using System.Text.Json.Nodes;
using GroupPortal.Directories.Tests.Ldap.Support;
using GroupPortal.GraphEmulation;
using GroupPortal.GraphEmulation.Store;

namespace GroupPortal.Directories.Tests.Graph.Emulator;

public sealed class DeltaTests : IAsyncLifetime
{
    private readonly FakeClock _clock = new();
    private GraphEmulator _emulator = null!;
    private RawClient _client = null!;

    private EmulatedDirectory Directory => _emulator.Directory;

    public async Task InitializeAsync()
    {
        _emulator = await GraphEmulator.StartAsync(new EmulatorOptions { People = 60, TimeProvider = _clock, DeltaPageSize = 25 });
        _client = new RawClient(_emulator);
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _emulator.DisposeAsync();
    }

    [Theory]
    [InlineData("users", ObjectKind.User)]
    [InlineData("devices", ObjectKind.Device)]
    [InlineData("contacts", ObjectKind.Contact)]
    [InlineData("servicePrincipals", ObjectKind.ServicePrincipal)]
    public async Task The_first_round_tells_everything_page_by_page(string set, ObjectKind kind)
    {
        var (told, link) = await RoundAsync($"/{set}/delta?$select=displayName");

        Assert.Equal(Directory.All(kind).Select(id => id.ToString()), told.Select(one => (string)one["id"]!));
        Assert.Empty((await RoundAsync(link)).Told);
    }

    [Fact]
    public async Task Groups_come_with_their_members_in_parts()
    {
        var group = Directory.AddGroup("Large");
        foreach (var person in Directory.All(ObjectKind.User))
        {
            Directory.AddMember(group, person);
        }

        var (told, _) = await RoundAsync("/groups/delta?$select=displayName,members");

        var parts = told.Where(one => (string)one["id"]! == group.ToString()).ToList();
        Assert.True(parts.Count > 2, $"{parts.Count} parts");
        Assert.Equal(Directory.Members(group).Select(id => id.ToString()), parts.SelectMany(part => part["members@delta"]!.AsArray()).Select(member => (string)member!["id"]!));
        Assert.Equal(
            Directory.All(ObjectKind.Group).Sum(id => Directory.Members(id).Count),
            told.Sum(one => (one["members@delta"] as JsonArray)?.Count ?? 0));
    }

    [Fact]
    public async Task The_next_round_tells_what_changed_and_nothing_else()
    {
        var (group, other) = (Directory.Group("DemoGroup1"), Directory.Group("DemoGroup2"));
        var (_, link) = await RoundAsync("/groups/delta?$select=displayName,description,members");
        // Not enabled: no rule takes the newcomer in.
        var (joined, left) = (Directory.AddUser("Newcomer", ("accountEnabled", false)), Directory.Members(group)[0]);

        Directory.AddMember(group, joined);
        Directory.RemoveMember(group, left);
        Directory.Set(other, "displayName", "Renamed");
        Directory.Set(Directory.Group("Lunch"), "mailNickname", "not-followed");
        var made = Directory.AddGroup("Made since");
        Directory.Delete(Directory.Group("Orphaned Share"));
        var gone = Directory.Group("Cycling");
        Directory.Delete(gone, permanently: true);
        var (told, _) = await RoundAsync(link);

        Assert.Equal(5, told.Count);
        var members = One(told, group)["members@delta"]!.AsArray();
        Assert.Equal([(joined.ToString(), null), (left.ToString(), "deleted")], members.Select(member => ((string)member!["id"]!, (string?)member["@removed"]?["reason"])));
        Assert.Equal("Renamed", (string?)One(told, other)["displayName"]);
        Assert.Equal("Made since", (string?)One(told, made)["displayName"]);
        Assert.Equal("deleted", (string?)One(told, gone)["@removed"]!["reason"]);
        Assert.Single(told, one => (string?)one["@removed"]?["reason"] == "changed");
    }

    [Fact]
    public async Task Values_never_set_are_left_out_and_a_minimal_answer_has_what_changed()
    {
        var person = Directory.Person("uma");
        var (told, link) = await RoundAsync("/users/delta?$select=displayName,faxNumber,department");
        Assert.False(One(told, person).AsObject().ContainsKey("faxNumber"));

        Directory.Set(person, "department", null);
        var whole = (await _client.GetAsync(link)).Values[0]!.AsObject();
        var minimal = (await _client.GetAsync(link, ("Prefer", "return=minimal"))).Values[0]!.AsObject();

        Assert.Equal(["department", "displayName", "id"], whole.Select(property => property.Key).Order());
        Assert.Equal(["department", "id"], minimal.Select(property => property.Key).Order());
    }

    [Fact]
    public async Task Latest_tells_nothing_but_where_to_begin()
    {
        var latest = await _client.GetAsync("/users/delta?$deltatoken=latest&$select=displayName");
        Directory.Set(Directory.Person("hal"), "displayName", "Hal the Second");
        var (told, _) = await RoundAsync(latest.DeltaLink!);

        Assert.Empty(latest.Values);
        Assert.Equal("Hal the Second", (string?)Assert.Single(told)["displayName"]);
    }

    [Fact]
    public async Task What_reads_do_not_find_yet_is_told_and_no_round_passes_it_by()
    {
        await using var slow = await GraphEmulator.StartAsync(new EmulatorOptions { People = 10, TimeProvider = _clock, ReplicationLag = TimeSpan.FromSeconds(5) });
        using var client = new RawClient(slow);
        var latest = await client.GetAsync("/groups/delta?$deltatoken=latest&$select=displayName");
        var group = await client.CreateGroupAsync("Late");

        Assert.Equal(404, (await client.GetAsync($"/groups/{group}")).Status);
        Assert.Equal([group.ToString()], (await client.GetAsync(latest.DeltaLink!)).All("id"));
    }

    [Fact]
    public async Task A_manager_is_told_when_selected()
    {
        var (uma, hal, ada) = (Directory.Person("uma"), Directory.Person("hal"), Directory.Person("ada"));
        Directory.SetManager(uma, ada);
        var (_, link) = await RoundAsync("/users/delta?$select=displayName,manager");
        Directory.SetManager(uma, hal);

        var links = Assert.Single((await RoundAsync(link)).Told)["manager@delta"]!.AsArray();

        Assert.Equal([(hal.ToString(), false), (ada.ToString(), true)], links.Select(one => ((string)one!["id"]!, one["@removed"] is not null)));
    }

    [Fact]
    public async Task Some_groups_are_followed_by_their_ids()
    {
        var (one, two) = (Directory.Group("DemoGroup1"), Directory.Group("Lunch"));
        var (told, link) = await RoundAsync($"/groups/delta?$select=displayName&$filter=id eq '{one}' or id eq '{two}'");
        Directory.Set(Directory.Group("Cycling"), "displayName", "Not followed");

        Assert.Equal(new[] { one, two }.Select(id => id.ToString()).Order(), told.Select(group => (string)group["id"]!).Order());
        Assert.Empty((await RoundAsync(link)).Told);
        Assert.Equal(400, (await _client.GetAsync("/groups/delta?$filter=displayName eq 'Lunch'")).Status);
        var many = string.Join(" or ", Enumerable.Range(0, 51).Select(_ => $"id eq '{Guid.NewGuid()}'"));
        Assert.Equal(400, (await _client.GetAsync("/groups/delta?$filter=" + many)).Status);
    }

    [Theory]
    [InlineData("too old", "resyncRequired")]
    [InlineData("forgotten", "syncStateNotFound")]
    [InlineData("made up", "syncStateNotFound")]
    public async Task A_token_that_is_no_longer_good_asks_for_a_new_beginning(string reason, string code)
    {
        var link = (await RoundAsync("/users/delta?$select=displayName")).Link;
        switch (reason)
        {
            case "too old":
                _clock.Advance(TimeSpan.FromDays(7) + TimeSpan.FromSeconds(1));
                break;
            case "forgotten":
                _emulator.ForgetDeltaTokens();
                break;
            default:
                link += "0";
                break;
        }

        using var client = new RawClient(_emulator);
        var answer = await client.GetAsync(link);

        Assert.Equal((410, code), (answer.Status, answer.Code));
        var beginning = answer.Headers.Location!.ToString();
        Assert.EndsWith("/v1.0/users/delta?$deltatoken=", beginning, StringComparison.Ordinal);
        Assert.NotEmpty((await client.GetAsync(beginning)).Values);
    }

    private static JsonNode One(IEnumerable<JsonNode> told, Guid id) => Assert.Single(told, one => (string)one["id"]! == id.ToString());

    private async Task<(List<JsonNode> Told, string Link)> RoundAsync(string path)
    {
        var told = new List<JsonNode>();
        for (var next = path; ;)
        {
            var page = await _client.GetAsync(next);
            Assert.True(page.Status == 200, page.Text);
            Assert.True(page.NextLink is null != page.DeltaLink is null, "one link of the two");
            told.AddRange(page.Values!);
            if (page.DeltaLink is { } link)
            {
                return (told, link);
            }

            next = page.NextLink!;
        }
    }
}
