using System.Text.Json.Nodes;
using GroupPortal.GraphEmulation;
using GroupPortal.GraphEmulation.Store;

namespace GroupPortal.Directories.Tests.Graph.Emulator;

/// <summary>Licences, expiration, naming policy, synchronization, the sample company, and the pages for people.</summary>
public sealed class TenantTests : IAsyncLifetime
{
    private GraphEmulator _emulator = null!;
    private RawClient _client = null!;

    public async Task InitializeAsync()
    {
        _emulator = await GraphEmulator.StartAsync(new EmulatorOptions
        {
            People = 150,
            NamingPolicy = new NamingPolicy { Prefix = "GRP-[Department]-", BlockedWords = ["GRP-IT-Payroll"] },
        });
        _client = new RawClient(_emulator);
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _emulator.DisposeAsync();
    }

    [Fact]
    public void The_company_has_groups_of_every_kind_and_the_objects_that_sample_requests_name()
    {
        var directory = _emulator.Directory;
        Assert.InRange(directory.All(ObjectKind.Group).Count, 55, 75);
        Assert.Equal(150, directory.All(ObjectKind.User).Count);
        foreach (var id in new[] { "ee3ba6e3-02be-47b2-9892-0510bceabb7b", "19a1822e-e7ef-4206-af75-1c2d8b1d15eb" })
        {
            Assert.Contains(Guid.Parse(id), directory.All(ObjectKind.User));
        }

        foreach (var id in new[] { "24bda903-2afd-408a-a55c-c18adcfb543e", "124b2528-a08a-41a1-9e8e-b1d5e6434153", "9ba5dc8f-bdf0-4cc8-bc53-5012e94508c8", "424eea5a-7781-4c46-851f-28348b597a72" })
        {
            Assert.Contains(Guid.Parse(id), directory.All(ObjectKind.Group));
        }

        Assert.NotEmpty(directory.Members(directory.Group("Everybody in Sales")));
    }

    [Fact]
    public async Task A_tenant_without_people_is_empty()
    {
        await using var empty = await GraphEmulator.StartAsync(new EmulatorOptions { People = 0 });

        Assert.All(Enum.GetValues<ObjectKind>(), kind => Assert.Empty(empty.Directory.All(kind)));
    }

    [Theory]
    [InlineData("uma", "GRP-Research-Kites", 204, null)]
    [InlineData("uma", "Kites", 422, "MissingPrefixSuffix")]
    [InlineData("hal", "GRP-IT-Payroll", 422, "ContainsBlockedWord")]
    [InlineData("ada", "Kites", 204, null)]
    public async Task The_naming_policy_is_asked_on_behalf_of_a_person(string person, string name, int status, string? code)
    {
        var answer = await _client.PostAsync("/directoryObjects/validateProperties", new { entityType = "Group", displayName = name, onBehalfOfUserId = _emulator.Directory.Person(person) });

        Assert.Equal((status, code), (answer.Status, (string?)answer.Json?["error"]?["details"]?[0]?["code"]));
    }

    [Fact]
    public async Task A_taken_nickname_is_a_conflict_unless_it_is_the_groups_own()
    {
        var group = _emulator.Directory.Group("Project Alder");
        var body = new { entityType = "Group", mailNickname = "projectalder", onBehalfOfUserId = _emulator.Directory.Person("ada") };

        var taken = await _client.PostAsync("/directoryObjects/validateProperties", body);
        var own = await _client.PostAsync($"/groups/{group}/validateProperties", body);

        var detail = taken.Json!["error"]!["details"]![0]!;
        Assert.Equal((422, "Request_UnprocessableEntity"), (taken.Status, taken.Code));
        Assert.Equal(("mailNickname", "PropertyConflict"), ((string?)detail["target"], (string?)detail["code"]));
        Assert.Equal(204, own.Status);
    }

    [Fact]
    public async Task Licences_are_assigned_to_security_enabled_groups()
    {
        var sku = (string)(await _client.GetAsync("/subscribedSkus")).Values[0]!["skuId"]!;
        var group = _emulator.Directory.Group("DemoGroup1");
        var body = new { addLicenses = new[] { new { skuId = sku, disabledPlans = Array.Empty<string>() } }, removeLicenses = Array.Empty<string>() };

        Assert.Equal(202, (await _client.PostAsync($"/groups/{group}/assignLicense", body)).Status);
        var licences = (await _client.GetAsync($"/groups/{group}?$select=assignedLicenses")).Json!["assignedLicenses"]!.AsArray();
        Assert.Equal(sku, (string?)Assert.Single(licences)!["skuId"]);
        Assert.Equal(_emulator.Directory.Members(group).Count, (int)(await _client.GetAsync("/subscribedSkus")).Values[0]!["consumedUnits"]!);
        Assert.Equal(400, (await _client.PostAsync($"/groups/{_emulator.Directory.Group("Project Alder")}/assignLicense", body)).Status);
        Assert.Equal(202, (await _client.PostAsync($"/groups/{group}/assignLicense", new { addLicenses = Array.Empty<object>(), removeLicenses = new[] { sku } })).Status);
    }

    [Fact]
    public async Task The_expiration_policy_gives_its_groups_a_date()
    {
        var group = _emulator.Directory.Group("Project Alder");
        var policy = (string)(await _client.GetAsync("/groupLifecyclePolicies")).Values[0]!["id"]!;

        Assert.True((bool)(await _client.PostAsync($"/groupLifecyclePolicies/{policy}/addGroup", new { groupId = group })).Json!["value"]!);
        Assert.False((bool)(await _client.PostAsync($"/groupLifecyclePolicies/{policy}/addGroup", new { groupId = group })).Json!["value"]!);
        Assert.Single((await _client.GetAsync($"/groups/{group}/groupLifecyclePolicies")).Values);
        var before = (DateTimeOffset)_emulator.Directory.Value(group, "expirationDateTime")!;
        Assert.Equal(204, (await _client.SendAsync("POST", $"/groups/{group}/renew", null)).Status);
        Assert.True((DateTimeOffset)_emulator.Directory.Value(group, "expirationDateTime")! > before);
        Assert.True((bool)(await _client.PostAsync($"/groupLifecyclePolicies/{policy}/removeGroup", new { groupId = group })).Json!["value"]!);
        Assert.Null(_emulator.Directory.Value(group, "expirationDateTime"));
    }

    [Fact]
    public async Task A_synchronized_group_is_the_domains_until_the_cloud_takes_it()
    {
        var group = _emulator.Directory.Group("Domain Ledger Operators");
        Assert.False((bool)(await _client.GetAsync($"/beta/groups/{group}/onPremisesSyncBehavior")).Json!["isCloudManaged"]!);
        var refused = await _client.PatchAsync($"/groups/{group}", new { description = "mine" });
        Assert.Equal(400, refused.Status);
        Assert.StartsWith("Unable to update the specified properties for on-premises mastered", refused.Message, StringComparison.Ordinal);

        Assert.Equal(204, (await _client.PatchAsync($"/beta/groups/{group}/onPremisesSyncBehavior", new { isCloudManaged = true })).Status);

        Assert.True((bool)(await _client.GetAsync($"/beta/groups/{group}/onPremisesSyncBehavior")).Json!["isCloudManaged"]!);
        Assert.Equal(204, (await _client.PatchAsync($"/groups/{group}", new { description = "mine" })).Status);
    }

    [Fact]
    public async Task The_tenant_names_its_domain_and_settings()
    {
        Assert.Contains("5cjshm.onmicrosoft.com", (await _client.GetAsync("/organization")).Values[0]!["verifiedDomains"]!.AsArray().Select(domain => (string?)domain!["name"]));
        var values = (await _client.GetAsync("/groupSettings")).Values[0]!["values"]!.AsArray();
        Assert.Contains(values, value => (string?)value!["name"] == "PrefixSuffixNamingRequirement" && (string?)value["value"] == "GRP-[Department]-[GroupName]");
    }

    [Fact]
    public async Task The_pages_for_people_show_requests_and_take_faults()
    {
        using var http = new HttpClient();
        await _client.GetAsync("/users?$top=2");

        var summary = JsonNode.Parse(await http.GetStringAsync(new Uri(_emulator.Endpoint, "_emulator/")))!;
        var requests = JsonNode.Parse(await http.GetStringAsync(new Uri(_emulator.Endpoint, "_emulator/requests")))!["requests"]!.AsArray();
        using var fault = new StringContent("""{"kind":"ServiceUnavailable","path":"/users?$top=2","retryAfter":4}""");
        await http.PostAsync(new Uri(_emulator.Endpoint, "_emulator/faults"), fault);
        var failed = await _client.GetAsync("/users?$top=2");

        Assert.Equal(150, (int)summary["objects"]!["users"]!);
        Assert.Equal("/v1.0/users?$top=2", (string?)requests[^1]!["target"]);
        Assert.Equal((503, "4"), (failed.Status, failed.Header("Retry-After")));
    }
}
