using GroupPortal.Directories.Tests.Ldap.Support;
using GroupPortal.GraphEmulation;
using GroupPortal.GraphEmulation.Store;

namespace GroupPortal.Directories.Tests.Graph.Emulator;

/// <summary>The buckets by a clock that the test moves: exact numbers.</summary>
public sealed class ThrottleTests
{
    private readonly FakeClock _clock = new();

    [Theory]
    [InlineData("GET", "/users", 2)]
    [InlineData("GET", "/users?$select=id", 1)]
    [InlineData("GET", "/users?$select=id&$top=5", 1)]
    [InlineData("GET", "/users?$expand=manager", 3)]
    [InlineData("GET", "/users/{user}", 1)]
    [InlineData("GET", "/groups", 1)]
    [InlineData("GET", "/groups/{group}/members", 3)]
    [InlineData("GET", "/groups/{group}/members?$select=id", 2)]
    [InlineData("GET", "/groups/{group}/members?$select=id&$top=10", 1)]
    [InlineData("GET", "/groups/{group}/transitiveMembers", 5)]
    [InlineData("GET", "/users/{user}/transitiveMemberOf", 2)]
    [InlineData("POST", "/users/{user}/checkMemberGroups", 4)]
    [InlineData("POST", "/directoryObjects/getByIds?$select=id", 2)]
    [InlineData("DELETE", "/groups/{group}", 1)]
    public async Task A_request_costs_what_Microsofts_table_says(string method, string path, int units)
    {
        await using var emulator = await StartAsync(new EmulatorOptions());
        using var client = new RawClient(emulator);
        path = path.Replace("{user}", emulator.Directory.Person("uma").ToString(), StringComparison.Ordinal)
            .Replace("{group}", emulator.Directory.Group("DemoGroup1").ToString(), StringComparison.Ordinal);

        var answer = await client.SendAsync(method, path, method == "POST" ? new { groupIds = Array.Empty<string>(), ids = Array.Empty<string>() } : null);

        Assert.True(answer.Status < 300, answer.Text);
        Assert.Equal($"{units}", answer.Header("x-ms-resource-unit"));
    }

    [Fact]
    public async Task Writes_run_out_and_come_back_evenly()
    {
        await using var emulator = await StartAsync(new EmulatorOptions { WritesPer150Seconds = 15 });
        using var client = new RawClient(emulator);
        var group = emulator.Directory.Group("DemoGroup1");

        for (var number = 0; number < 15; number++)
        {
            Assert.Equal(204, (await client.PatchAsync($"/groups/{group}", new { description = $"{number}" })).Status);
        }

        var refused = await client.PatchAsync($"/groups/{group}", new { description = "one too many" });
        Assert.Equal((429, "TooManyRequests", "10"), (refused.Status, refused.Code, refused.Header("Retry-After")));
        Assert.Equal("WriteLimitExceeded", refused.Header("x-ms-throttle-information"));
        Assert.StartsWith("Tenant_Application/", refused.Header("x-ms-throttle-scope"), StringComparison.Ordinal);
        Assert.Equal(200, (await client.GetAsync($"/groups/{group}")).Status);
        Assert.Equal("14", emulator.Directory.Value(group, "description"));

        _clock.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(429, (await client.PatchAsync($"/groups/{group}", new { description = "still" })).Status);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(204, (await client.PatchAsync($"/groups/{group}", new { description = "again" })).Status);
        Assert.Equal(429, (await client.PatchAsync($"/groups/{group}", new { description = "and out" })).Status);
    }

    [Fact]
    public async Task Another_application_has_a_bucket_of_its_own()
    {
        await using var emulator = await StartAsync(new EmulatorOptions { WritesPer150Seconds = 1 });
        using var first = new RawClient(emulator, clientId: "first");
        using var second = new RawClient(emulator, clientId: "second");
        var group = emulator.Directory.Group("DemoGroup1");

        Assert.Equal(204, (await first.PatchAsync($"/groups/{group}", new { description = "1" })).Status);
        Assert.Equal(429, (await first.PatchAsync($"/groups/{group}", new { description = "2" })).Status);
        Assert.Equal(204, (await second.PatchAsync($"/groups/{group}", new { description = "3" })).Status);
    }

    [Theory]
    [InlineData(1, 20, 1)]
    [InlineData(7, 20, 7)]
    [InlineData(7, 1, 1)]
    [InlineData(7, 10, 4)]
    public async Task A_PATCH_of_members_costs_as_set(int costOfTwenty, int members, int writes)
    {
        await using var emulator = await StartAsync(new EmulatorOptions { WritesPer150Seconds = 7, WritesOfTwentyMembers = costOfTwenty });
        using var client = new RawClient(emulator);
        var group = emulator.Directory.AddGroup("Costly");

        Assert.Equal(204, (await client.PatchAsync($"/groups/{group}", RawClient.Bind("members", emulator.Directory.All(ObjectKind.User).Take(members)))).Status);
        var left = 0;
        while ((await client.PatchAsync($"/groups/{group}", new { description = "one write" })).Status == 204)
        {
            left++;
        }

        Assert.Equal(7 - writes, left);
    }

    [Fact]
    public async Task Reads_run_out_too_and_usage_is_told_from_eight_tenths()
    {
        await using var emulator = await StartAsync(new EmulatorOptions { ResourceUnitsPerTenSeconds = 10 });
        using var client = new RawClient(emulator);

        var told = new List<string?>();
        for (var number = 0; number < 10; number++)
        {
            told.Add((await client.GetAsync("/groups?$top=1")).Header("x-ms-throttle-limit-percentage"));
        }

        var refused = await client.GetAsync("/groups?$top=1");
        Assert.Equal([null, null, null, null, null, null, null, "0.80", "0.90", "1.00"], told);
        Assert.Equal((429, "1", "ResourceUnitLimitExceeded"), (refused.Status, refused.Header("Retry-After"), refused.Header("x-ms-throttle-information")));
    }

    [Fact]
    public async Task Time_can_run_faster()
    {
        await using var emulator = await StartAsync(new EmulatorOptions { WritesPer150Seconds = 15, ThrottleSpeed = 100 });
        using var client = new RawClient(emulator);
        var group = emulator.Directory.Group("DemoGroup1");
        for (var number = 0; number < 15; number++)
        {
            await client.PatchAsync($"/groups/{group}", new { description = $"{number}" });
        }

        Assert.Equal(429, (await client.PatchAsync($"/groups/{group}", new { description = "out" })).Status);
        _clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal(204, (await client.PatchAsync($"/groups/{group}", new { description = "in" })).Status);
    }

    [Fact]
    public async Task Low_priority_leaves_what_is_reserved()
    {
        await using var emulator = await StartAsync(new EmulatorOptions { WritesPer150Seconds = 10, ReservedFromLowPriority = 0.2 });
        using var client = new RawClient(emulator);
        var path = $"/groups/{emulator.Directory.Group("DemoGroup1")}";

        var statuses = new List<int>();
        for (var number = 0; number < 9; number++)
        {
            statuses.Add((await client.SendAsync("PATCH", path, new { description = "low" }, ("x-ms-throttle-priority", "Low"))).Status);
        }

        Assert.Equal([204, 204, 204, 204, 204, 204, 204, 204, 429], statuses);
        Assert.Equal(204, (await client.SendAsync("PATCH", path, new { description = "high" }, ("x-ms-throttle-priority", "High"))).Status);
    }

    private Task<GraphEmulator> StartAsync(EmulatorOptions options) => GraphEmulator.StartAsync(options with { People = 40, TimeProvider = _clock, Throttles = true });
}
