using GroupPortal.GraphEmulation;
using GroupPortal.GraphEmulation.Store;

namespace GroupPortal.Directories.Tests.Graph.Emulator;

/// <summary>Graph's errors, one by one: status, code and words.</summary>
public sealed class ErrorTests(EmulatorFixture fixture) : IClassFixture<EmulatorFixture>, IDisposable
{
    private readonly GraphEmulator _emulator = fixture.Emulator;
    private readonly RawClient _client = new(fixture.Emulator);

    private IReadOnlyList<Guid> People => _emulator.Directory.All(ObjectKind.User);

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task An_error_has_Graphs_envelope()
    {
        var answer = await _client.SendAsync("GET", $"/groups/{Guid.Empty}", null, ("client-request-id", "5d7c1f2e-0000-4000-8000-000000000001"));

        Assert.Equal(404, answer.Status);
        var inner = answer.Json!["error"]!["innerError"]!;
        Assert.Equal("5d7c1f2e-0000-4000-8000-000000000001", (string?)inner["client-request-id"]);
        Assert.Equal(answer.Header("request-id"), (string?)inner["request-id"]);
        Assert.Equal("5d7c1f2e-0000-4000-8000-000000000001", answer.Header("client-request-id"));
        Assert.NotNull((string?)inner["date"]);
    }

    [Theory]
    [InlineData("members")]
    [InlineData("owners")]
    public async Task Who_is_there_is_not_added_again(string links)
    {
        var group = await _client.CreateGroupAsync("Twice " + links);
        Assert.Equal(204, (await _client.PostAsync($"/groups/{group}/{links}/$ref", RawClient.Reference(People[0]))).Status);

        Expect(
            await _client.PostAsync($"/groups/{group}/{links}/$ref", RawClient.Reference(People[0])),
            400,
            "Request_BadRequest",
            $"One or more added object references already exist for the following modified properties: '{links}'.");
    }

    [Fact]
    public async Task One_duplicate_refuses_all_twenty()
    {
        var group = await _client.CreateGroupAsync("Twenty");
        await _client.PostAsync($"/groups/{group}/members/$ref", RawClient.Reference(People[7]));

        Expect(
            await _client.PatchAsync($"/groups/{group}", RawClient.Bind("members", People.Take(20))),
            400,
            "Request_BadRequest",
            "One or more added object references already exist for the following modified properties: 'members'.");
        Assert.Equal([People[7]], _emulator.Directory.Members(group));

        Expect(
            await _client.PatchAsync($"/groups/{group}", RawClient.Bind("members", [.. People.Skip(20).Take(5), Guid.Parse("99999999-0000-4000-8000-000000000000")])),
            404,
            "Request_ResourceNotFound",
            "Resource '99999999-0000-4000-8000-000000000000' does not exist or one of its queried reference-property objects are not present.");
        Assert.Equal([People[7]], _emulator.Directory.Members(group));
    }

    [Fact]
    public async Task Twenty_one_are_too_many()
    {
        var group = await _client.CreateGroupAsync("Twenty one");

        Assert.Equal((400, "Request_BadRequest"), Short(await _client.PatchAsync($"/groups/{group}", RawClient.Bind("members", People.Take(21)))));
        Assert.Equal(204, (await _client.PatchAsync($"/groups/{group}", RawClient.Bind("members", People.Take(20)))).Status);
        Assert.Equal(People.Take(20), _emulator.Directory.Members(group));
    }

    [Fact]
    public async Task Who_is_not_there_cannot_be_removed()
    {
        var group = await _client.CreateGroupAsync("Nobody");

        Expect(
            await _client.DeleteAsync($"/groups/{group}/members/{People[0]}/$ref"),
            400,
            "Request_BadRequest",
            "One or more removed object references do not exist for the following modified properties: 'members'.");
        Expect(
            await _client.DeleteAsync($"/groups/{group}/members/99999999-0000-4000-8000-000000000001/$ref"),
            404,
            "Request_ResourceNotFound",
            "Resource '99999999-0000-4000-8000-000000000001' does not exist or one of its queried reference-property objects are not present.");
    }

    [Fact]
    public async Task The_last_owner_stays()
    {
        var group = await _client.CreateGroupAsync("Owned");
        await _client.PatchAsync($"/groups/{group}", RawClient.Bind("owners", People[0], People[1]));

        Assert.Equal(204, (await _client.DeleteAsync($"/groups/{group}/owners/{People[0]}/$ref")).Status);
        Expect(
            await _client.DeleteAsync($"/groups/{group}/owners/{People[1]}/$ref"),
            400,
            "Request_BadRequest",
            "The group must have at least one owner, hence this owner cannot be removed.");
    }

    [Fact]
    public async Task A_hundred_owners_are_the_most()
    {
        var group = await _client.CreateGroupAsync("Crowded");
        foreach (var twenty in People.Take(100).Chunk(20))
        {
            Assert.Equal(204, (await _client.PatchAsync($"/groups/{group}", RawClient.Bind("owners", twenty))).Status);
        }

        Expect(
            await _client.PostAsync($"/groups/{group}/owners/$ref", RawClient.Reference(People[100])),
            403,
            "Directory_QuotaExceeded",
            "Unable to perform operation as '101' would exceed the maximum quota count '100' for forward-link 'owners'.");
    }

    [Fact]
    public async Task A_nickname_is_unique_among_Microsoft_365_groups()
    {
        await _client.CreateGroupAsync("Only One", isUnified: true);
        var second = new { displayName = "Only One", mailNickname = "onlyone", mailEnabled = true, securityEnabled = false, groupTypes = new[] { "Unified" } };

        Expect(await _client.PostAsync("/groups", second), 400, "Request_BadRequest", "Another object with the same value for property mailNickname already exists.");
        Assert.Equal(201, (await _client.PostAsync("/groups", new { displayName = "Only One", mailNickname = "onlyone", mailEnabled = false, securityEnabled = true })).Status);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Exchanges_groups_cannot_be_created(bool isSecurity) => Expect(
        await _client.PostAsync("/groups", new { displayName = "Mail", mailNickname = "mail", mailEnabled = true, securityEnabled = isSecurity }),
        400,
        "Request_BadRequest",
        "Cannot Create a mail-enabled security groups and or distribution list.");

    [Theory]
    [InlineData("Announcements")]
    [InlineData("Leeds Building Access")]
    [InlineData("Domain Ledger Operators")]
    [InlineData("Everybody in Sales")]
    public async Task Members_of_some_groups_are_not_Graphs_to_change(string name)
    {
        var group = _emulator.Directory.Group(name);

        Expect(
            await _client.PostAsync($"/groups/{group}/members/$ref", RawClient.Reference(People[^1])),
            403,
            "Authorization_RequestDenied",
            "Insufficient privileges to complete the operation.");
    }

    [Fact]
    public async Task A_name_that_is_no_property_is_refused()
    {
        var read = await _client.GetAsync("/groups?$select=displayName,colour");
        var filter = await _client.GetAsync("/groups?$filter=colour eq 'red'");
        var write = await _client.PostAsync("/groups", new { displayName = "C", mailNickname = "c", mailEnabled = false, securityEnabled = true, colour = "red" });

        Expect(read, 400, "BadRequest", "Parsing OData Select and Expand failed: Could not find a property named 'colour' on type 'microsoft.graph.group'.");
        Expect(filter, 400, "BadRequest", "Invalid filter clause: Could not find a property named 'colour' on type 'microsoft.graph.group'.");
        Assert.Equal((400, "Request_BadRequest"), Short(write));
    }

    [Fact]
    public async Task A_link_is_not_written_without_its_ref()
    {
        var group = await _client.CreateGroupAsync("Contained");

        Expect(await _client.PostAsync($"/groups/{group}/members", RawClient.Reference(People[0])), 400, "BadRequest", "Write requests are only supported on contained entities");
    }

    [Fact]
    public async Task A_method_that_a_path_does_not_know_is_405()
    {
        Assert.Equal((405, "Request_BadRequest"), Short(await _client.DeleteAsync("/organization")));
        Assert.Equal((400, "BadRequest"), Short(await _client.GetAsync("/colours")));
    }

    [Theory]
    [InlineData("(user.shoeSize -eq \"44\")")]
    [InlineData("user.department -eq")]
    [InlineData("(user.department -eq ) -and (user.city -eq \"Graz\")")]
    [InlineData("(user.department -eq \"Sales\"")]
    [InlineData("department -eq \"Sales\"")]
    public async Task An_invalid_rule_is_refused_when_it_is_saved(string rule)
    {
        var body = new
        {
            displayName = "D", mailNickname = "d", mailEnabled = false, securityEnabled = true, groupTypes = new[] { "DynamicMembership" },
            membershipRule = rule, membershipRuleProcessingState = "On",
        };

        var answer = await _client.PostAsync("/groups", body);

        Assert.Equal((400, "Request_BadRequest"), Short(answer));
        Assert.StartsWith("Dynamic membership rule validation error:", answer.Message, StringComparison.Ordinal);
    }

    private static (int, string?) Short(Answer answer) => (answer.Status, answer.Code);

    private static void Expect(Answer answer, int status, string code, string message) =>
        Assert.Equal((status, code, message), (answer.Status, answer.Code, answer.Message));
}
