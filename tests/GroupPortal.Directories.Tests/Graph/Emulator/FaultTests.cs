using GroupPortal.GraphEmulation;
using GroupPortal.GraphEmulation.Faults;

namespace GroupPortal.Directories.Tests.Graph.Emulator;

public sealed class FaultTests(EmulatorFixture fixture) : IClassFixture<EmulatorFixture>, IDisposable
{
    private readonly GraphEmulator _emulator = fixture.Emulator;
    private readonly RawClient _client = new(fixture.Emulator);

    public void Dispose() => _client.Dispose();

    [Theory]
    [InlineData(FaultKind.TooManyRequests, 429)]
    [InlineData(FaultKind.ServiceUnavailable, 503)]
    [InlineData(FaultKind.Unauthorized, 401)]
    [InlineData(FaultKind.GatewayTimeout, 504)]
    public async Task The_next_requests_that_match_fail_and_then_no_more(FaultKind kind, int status)
    {
        using var fault = _emulator.Faults.Inject(kind, "GET", "/users?$top=4", count: 2, retryAfter: TimeSpan.FromSeconds(3));

        var answers = new[] { await _client.GetAsync("/groups?$top=4"), await _client.GetAsync("/users?$top=4"), await _client.GetAsync("/users?$top=4"), await _client.GetAsync("/users?$top=4") };

        Assert.Equal([200, status, status, 200], answers.Select(answer => answer.Status));
        Assert.Equal(kind == FaultKind.Unauthorized ? null : "3", answers[1].Header("Retry-After"));
        Assert.Equal((2, 0), (fault.Hits, fault.Remaining));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_dropped_answer_may_have_taken_effect(bool afterHandling)
    {
        var group = await _client.CreateGroupAsync("Dropped " + afterHandling);
        using var fault = _emulator.Faults.Inject(FaultKind.Drop, "PATCH", $"/groups/{group}", afterHandling: afterHandling);

        await Assert.ThrowsAsync<HttpRequestException>(() => _client.PatchAsync($"/groups/{group}", new { description = "written" }));

        Assert.Equal(afterHandling ? "written" : null, _emulator.Directory.Value(group, "description"));
        var recorded = _emulator.Requests.Last(request => request.Method == "PATCH" && request.Target.Contains($"{group}", StringComparison.Ordinal));
        Assert.Equal((0, afterHandling), (recorded.Status, recorded.WasHandled));
    }

    [Fact]
    public async Task A_time_out_may_have_taken_effect()
    {
        var group = await _client.CreateGroupAsync("Late");
        using var fault = _emulator.Faults.Inject(FaultKind.GatewayTimeout, "PATCH", $"/groups/{group}", afterHandling: true);

        Assert.Equal(504, (await _client.PatchAsync($"/groups/{group}", new { description = "written" })).Status);
        Assert.Equal("written", _emulator.Directory.Value(group, "description"));
    }

    [Fact]
    public async Task A_request_is_held_until_it_is_let_go()
    {
        var group = await _client.CreateGroupAsync("Held");
        using var fault = _emulator.Faults.Inject(FaultKind.Hold, "PATCH", $"/groups/{group}");

        var call = _client.PatchAsync($"/groups/{group}", new { description = "late" });
        await fault.Reached;
        Assert.False(call.IsCompleted);
        Assert.Null(_emulator.Directory.Value(group, "description"));
        Assert.Equal(200, (await _client.GetAsync("/groups?$top=1")).Status);
        fault.Release();

        Assert.Equal(204, (await call).Status);
        Assert.Equal("late", _emulator.Directory.Value(group, "description"));
    }
}
