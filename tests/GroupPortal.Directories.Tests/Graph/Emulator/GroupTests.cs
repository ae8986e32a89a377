using System.Text.Json.Nodes;
using GroupPortal.Directories.Tests.Ldap.Support;
using GroupPortal.GraphEmulation;
using GroupPortal.GraphEmulation.Store;

namespace GroupPortal.Directories.Tests.Graph.Emulator;

/// <summary>Groups come, change, go and come back.</summary>
public sealed class GroupTests(EmulatorFixture fixture) : IClassFixture<EmulatorFixture>, IDisposable
{
    private readonly GraphEmulator _emulator = fixture.Emulator;
    private readonly RawClient _client = new(fixture.Emulator);

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task A_new_group_has_defaults_and_what_is_not_default_only_when_selected()
    {
        var group = await _client.CreateGroupAsync("Defaults", isUnified: true);

        var plain = (await _client.GetAsync($"/groups/{group}")).Json!.AsObject();
        var selected = (await _client.GetAsync($"/groups/{group}?$select=allowExternalSenders,displayName")).Json!.AsObject();

        Assert.Equal("Public", (string?)plain["visibility"]);
        Assert.Equal("Defaults@5cjshm.onmicrosoft.com", (string?)plain["mail"]);
        Assert.False(plain.ContainsKey("allowExternalSenders"));
        Assert.False((bool?)selected["allowExternalSenders"]);
        // What is not selected is not answered, the id neither.
        Assert.Equal(["@odata.context", "allowExternalSenders", "displayName"], selected.Select(property => property.Key));
        Assert.Equal(400, (await _client.GetAsync("/groups?$select=allowExternalSenders")).Status);
    }

    [Theory]
    [InlineData("displayName", null)]
    [InlineData("mailNickname", null)]
    [InlineData("mailEnabled", null)]
    [InlineData("securityEnabled", null)]
    [InlineData("mailNickname", "two words")]
    [InlineData("mailNickname", "comma,")]
    [InlineData("mailNickname", "ümlaut")]
    [InlineData("visibility", "Hidden")]
    [InlineData("groupTypes", "Unified")]
    [InlineData("allowExternalSenders", "true")]
    [InlineData("resourceProvisioningOptions", "Team")]
    public async Task A_create_with_a_wrong_value_is_refused(string property, string? value)
    {
        var body = new JsonObject { ["displayName"] = "W", ["mailNickname"] = "w", ["mailEnabled"] = false, ["securityEnabled"] = true };
        body[property] = value;

        var answer = await _client.PostAsync("/groups", body);

        Assert.Equal((400, "Request_BadRequest"), (answer.Status, answer.Code));
        Assert.Contains(property, answer.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Owners_and_members_of_a_create_are_twenty_at_most_and_each_but_once()
    {
        var people = _emulator.Directory.All(ObjectKind.User);

        Assert.Equal(201, (await CreateWithAsync("R1", people.Take(5), people.Skip(5).Take(15))).Status);
        Assert.Equal(400, (await CreateWithAsync("R2", people.Take(5), people.Skip(5).Take(16))).Status);
        var twice = await CreateWithAsync("R3", [people[0]], [people[1], people[1]]);

        Assert.EndsWith("can only be present once as an add/remove change.", twice.Message, StringComparison.Ordinal);
        var made = _emulator.Directory.Group("R1");
        Assert.Equal(people.Take(5), _emulator.Directory.Owners(made));
        Assert.Equal(people.Skip(5).Take(15), _emulator.Directory.Members(made));
    }

    [Fact]
    public async Task A_person_owns_what_he_creates_and_may_not_name_himself()
    {
        using var uma = new RawClient(_emulator, "uma");
        var self = _emulator.Directory.Person("uma");

        var group = await uma.CreateGroupAsync("Umas");
        var body = new Dictionary<string, object>
        {
            ["displayName"] = "Self", ["mailNickname"] = "self", ["mailEnabled"] = false, ["securityEnabled"] = true,
            ["owners@odata.bind"] = new[] { $"https://graph.microsoft.com/v1.0/users/{self}" },
        };
        var named = await uma.PostAsync("/groups", body);

        Assert.Equal([self], _emulator.Directory.Owners(group));
        Assert.Equal((400, "Request contains a property with duplicate values."), (named.Status, named.Message));
        Assert.Empty(_emulator.Directory.Owners(await _client.CreateGroupAsync("Apps")));
    }

    [Fact]
    public async Task An_administrator_owns_what_he_creates_only_if_it_is_a_Microsoft_365_group()
    {
        using var ada = new RawClient(_emulator, "ada");

        Assert.Empty(_emulator.Directory.Owners(await ada.CreateGroupAsync("Adas security")));
        Assert.Equal([_emulator.Directory.Person("ada")], _emulator.Directory.Owners(await ada.CreateGroupAsync("Adas shared", isUnified: true)));
    }

    [Fact]
    public async Task A_person_changes_only_groups_that_he_owns()
    {
        using var uma = new RawClient(_emulator, "uma");

        Assert.Equal(204, (await uma.PatchAsync($"/groups/{_emulator.Directory.Group("Project Alder")}", new { description = "Umas" })).Status);
        Assert.Equal(403, (await uma.PatchAsync($"/groups/{_emulator.Directory.Group("App Ledger Users")}", new { description = "Umas" })).Status);
    }

    [Fact]
    public async Task What_Exchange_stores_is_changed_apart_and_answered_with_200()
    {
        var group = await _client.CreateGroupAsync("Apart", isUnified: true);

        Assert.Equal(204, (await _client.PatchAsync($"/groups/{group}", new { description = "main" })).Status);
        Assert.Equal(200, (await _client.PatchAsync($"/groups/{group}", new { allowExternalSenders = true })).Status);
        Assert.Equal(400, (await _client.PatchAsync($"/groups/{group}", new { allowExternalSenders = false, description = "mixed" })).Status);
        Assert.Equal((true, "main"), (_emulator.Directory.Value(group, "allowExternalSenders"), _emulator.Directory.Value(group, "description")));
    }

    [Fact]
    public async Task Some_things_never_change()
    {
        var group = (string)(await _client.PostAsync("/groups", new { displayName = "U", mailNickname = "u", mailEnabled = false, securityEnabled = true, uniqueName = "u-1" })).Json!["id"]!;

        Assert.Equal(400, (await _client.PatchAsync($"/groups/{group}", new { uniqueName = "u-2" })).Status);
        Assert.Equal(400, (await _client.PatchAsync($"/groups/{group}", new { groupTypes = new[] { "Unified" } })).Status);
        Assert.Equal(400, (await _client.PatchAsync($"/groups/{group}", new { mailNickname = "with.dot" })).Status);
        Assert.Equal(group, (string?)(await _client.GetAsync("/groups(uniqueName='u-1')")).Json!["id"]);
        Assert.Equal(409, (await _client.PostAsync("/groups", new { displayName = "U2", mailNickname = "u2", mailEnabled = false, securityEnabled = true, uniqueName = "u-1" })).Status);
    }

    [Fact]
    public async Task A_group_is_made_once_by_its_unique_name()
    {
        var body = new { displayName = "Upsert", mailNickname = "upsert", mailEnabled = false, securityEnabled = true };

        Assert.Equal(404, (await _client.PatchAsync("/groups(uniqueName='upsert-1')", body)).Status);
        Assert.Equal(201, (await _client.SendAsync("PATCH", "/groups(uniqueName='upsert-1')", body, ("Prefer", "create-if-missing"))).Status);
        Assert.Equal(204, (await _client.SendAsync("PATCH", "/groups(uniqueName='upsert-1')", new { description = "again" }, ("Prefer", "create-if-missing"))).Status);
        var made = (await _client.GetAsync("/groups(uniqueName='upsert-1')?$select=displayName,description")).Json!;
        Assert.Equal(("Upsert", "again"), ((string?)made["displayName"], (string?)made["description"]));
    }

    [Fact]
    public async Task A_person_cannot_create_without_end()
    {
        await using var emulator = await GraphEmulator.StartAsync(new EmulatorOptions { People = 10, MostGroupsOfPerson = 2 });
        using var uma = new RawClient(emulator, "uma");
        await uma.DeleteAsync($"/groups/{await uma.CreateGroupAsync("First")}");
        await uma.CreateGroupAsync("Second");

        var third = await uma.PostAsync("/groups", new { displayName = "Third", mailNickname = "third", mailEnabled = false, securityEnabled = true });

        Assert.Equal((403, "Directory_QuotaExceeded"), (third.Status, third.Code));
    }

    [Fact]
    public async Task A_deleted_group_comes_back_with_its_members()
    {
        var people = _emulator.Directory.All(ObjectKind.User);
        var group = await _client.CreateGroupAsync("Phoenix", isUnified: true);
        await _client.PatchAsync($"/groups/{group}", RawClient.Bind("members", people.Take(3)));

        Assert.Equal(204, (await _client.DeleteAsync($"/groups/{group}")).Status);
        Assert.Equal(404, (await _client.GetAsync($"/groups/{group}")).Status);
        Assert.Contains(group.ToString(), (await _client.GetAsync("/directory/deletedItems/microsoft.graph.group?$top=999")).All("id"));
        Assert.Equal(200, (await _client.SendAsync("POST", $"/directory/deletedItems/{group}/restore", null)).Status);

        Assert.Equal(people.Take(3), _emulator.Directory.Members(group));
        Assert.Equal(200, (await _client.GetAsync($"/groups/{group}")).Status);
        await _client.DeleteAsync($"/groups/{group}");
        Assert.Equal(204, (await _client.DeleteAsync($"/directory/deletedItems/{group}")).Status);
        Assert.Equal(404, (await _client.SendAsync("POST", $"/directory/deletedItems/{group}/restore", null)).Status);
    }

    [Fact]
    public async Task A_new_group_is_not_found_at_once_where_replication_lags()
    {
        var clock = new FakeClock();
        await using var emulator = await GraphEmulator.StartAsync(new EmulatorOptions { People = 10, TimeProvider = clock, ReplicationLag = TimeSpan.FromSeconds(5) });
        using var client = new RawClient(emulator);
        var group = await client.CreateGroupAsync("Young");
        var person = RawClient.Reference(emulator.Directory.Person("uma"));

        Assert.Equal(404, (await client.GetAsync($"/groups/{group}")).Status);
        var added = await client.PostAsync($"/groups/{group}/members/$ref", person);
        Assert.Equal((400, "The source resource object or one of the objects being referenced don't exist."), (added.Status, added.Message));
        clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(200, (await client.GetAsync($"/groups/{group}")).Status);
        Assert.Equal(204, (await client.PostAsync($"/groups/{group}/members/$ref", person)).Status);
    }

    [Fact]
    public async Task A_team_needs_an_owner_and_an_older_group()
    {
        var clock = new FakeClock();
        await using var emulator = await GraphEmulator.StartAsync(new EmulatorOptions { People = 10, TimeProvider = clock, TeamDelay = TimeSpan.FromSeconds(20) });
        using var client = new RawClient(emulator);
        var group = await client.CreateGroupAsync("Crew", isUnified: true);
        // As the SDKs write it, with its type.
        var settings = new Dictionary<string, object> { ["@odata.type"] = "#microsoft.graph.team", ["memberSettings"] = new { allowCreateUpdateChannels = true } };

        Assert.Equal(404, (await client.SendAsync("PUT", $"/groups/{group}/team", settings)).Status);
        clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(400, (await client.SendAsync("PUT", $"/groups/{group}/team", settings)).Status);
        await client.PostAsync($"/groups/{group}/owners/$ref", RawClient.Reference(emulator.Directory.Person("uma")));

        Assert.Equal(201, (await client.SendAsync("PUT", $"/groups/{group}/team", settings)).Status);
        Assert.Equal(409, (await client.SendAsync("PUT", $"/groups/{group}/team", settings)).Status);
        Assert.Equal(["Team"], (string[])emulator.Directory.Value(group, "resourceProvisioningOptions")!);
        Assert.Equal(200, (await client.GetAsync($"/groups/{group}/team")).Status);
    }

    private Task<Answer> CreateWithAsync(string name, IEnumerable<Guid> owners, IEnumerable<Guid> members) => _client.PostAsync("/groups", new Dictionary<string, object>
    {
        ["displayName"] = name,
        ["mailNickname"] = name,
        ["mailEnabled"] = false,
        ["securityEnabled"] = true,
        ["owners@odata.bind"] = owners.Select(id => $"https://graph.microsoft.com/v1.0/users/{id}").ToArray(),
        ["members@odata.bind"] = members.Select(id => $"https://graph.microsoft.com/v1.0/users('{id}')").ToArray(),
    });
}
