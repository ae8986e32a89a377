using System.Text.Json.Nodes;
using GroupPortal.GraphEmulation;
using GroupPortal.GraphEmulation.Faults;
using GroupPortal.GraphEmulation.Store;

namespace GroupPortal.Directories.Tests.Graph.Emulator;

public sealed class BatchTests(EmulatorFixture fixture) : IClassFixture<EmulatorFixture>, IDisposable
{
    private readonly GraphEmulator _emulator = fixture.Emulator;
    private readonly RawClient _client = new(fixture.Emulator);

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task Each_request_has_its_own_answer_and_its_own_entry_in_the_record()
    {
        var answer = await _client.PostAsync("/$batch", Batch(
            new { id = "a", method = "GET", url = "/users?$top=1&$select=id" },
            new { id = "b", method = "GET", url = $"/groups/{Guid.Empty}" },
            new { id = "c", method = "GET", url = "/users/$count", headers = new { ConsistencyLevel = "eventual" } }));

        Assert.Equal(200, answer.Status);
        var responses = Responses(answer);
        Assert.Equal((200, 404, 200), ((int)responses["a"]["status"]!, (int)responses["b"]["status"]!, (int)responses["c"]["status"]!));
        Assert.Equal("Request_ResourceNotFound", (string?)responses["b"]["body"]!["error"]!["code"]);
        Assert.Equal(_emulator.Directory.All(ObjectKind.User).Count, (int)responses["c"]["body"]!);
        var recorded = _emulator.Requests.Where(request => request.Parent == _emulator.Requests.Last(outer => outer.Target == "/v1.0/$batch").Sequence);
        Assert.Equal(["/v1.0/users?$top=1&$select=id", $"/v1.0/groups/{Guid.Empty}", "/v1.0/users/$count"], recorded.Select(request => request.Target));
    }

    [Fact]
    public async Task Members_go_in_one_batch_of_twenty()
    {
        var people = _emulator.Directory.All(ObjectKind.User).Take(20).ToList();
        var group = _emulator.Directory.AddGroup("Emptied");
        people.ForEach(person => _emulator.Directory.AddMember(group, person));

        var answer = await _client.PostAsync("/$batch", Batch([.. people.Select((person, index) => new { id = $"{index}", method = "DELETE", url = $"groups/{group}/members/{person}/$ref" })]));

        Assert.All(Responses(answer).Values, response => Assert.Equal(204, (int)response["status"]!));
        Assert.Empty(_emulator.Directory.Members(group));
    }

    [Fact]
    public async Task Twenty_one_equal_ids_and_absolute_addresses_are_refused()
    {
        var many = await _client.PostAsync("/$batch", Batch([.. Enumerable.Range(0, 21).Select(id => new { id = $"{id}", method = "GET", url = "/users" })]));
        var equal = await _client.PostAsync("/$batch", Batch(new { id = "1", method = "GET", url = "/users" }, new { id = "1", method = "GET", url = "/groups" }));
        var absolute = await _client.PostAsync("/$batch", Batch(new { id = "1", method = "GET", url = $"{_emulator.Endpoint}v1.0/users" }));
        var untyped = await _client.PostAsync("/$batch", Batch(new { id = "1", method = "POST", url = "/groups", body = new { displayName = "X" } }));

        Assert.All(new[] { many, equal, absolute, untyped }, answer => Assert.Equal((400, "BadRequest"), (answer.Status, answer.Code)));
    }

    [Fact]
    public async Task What_depends_on_a_failure_is_not_done()
    {
        var answer = await _client.PostAsync("/$batch", Batch(
            new { id = "1", method = "GET", url = $"/groups/{Guid.Empty}" },
            new { id = "2", method = "DELETE", url = $"/users/{_emulator.Directory.Person("hal")}", dependsOn = new[] { "1" } },
            new { id = "3", method = "GET", url = "/groups?$top=1" }));

        var responses = Responses(answer);
        Assert.Equal((404, 424, 200), ((int)responses["1"]["status"]!, (int)responses["2"]["status"]!, (int)responses["3"]["status"]!));
        Assert.True(_emulator.Directory.Exists(_emulator.Directory.Person("hal")));
    }

    [Fact]
    public async Task An_inner_request_is_throttled_on_its_own()
    {
        using var fault = _emulator.Faults.Inject(FaultKind.TooManyRequests, "GET", "/groups?$top=3", retryAfter: TimeSpan.FromSeconds(7));

        var responses = Responses(await _client.PostAsync("/$batch", Batch(
            new { id = "1", method = "GET", url = "/groups?$top=2" },
            new { id = "2", method = "GET", url = "/groups?$top=3" })));

        Assert.Equal((200, 429), ((int)responses["1"]["status"]!, (int)responses["2"]["status"]!));
        Assert.Equal("7", (string?)responses["2"]["headers"]!["Retry-After"]);
    }

    private static object Batch(params object[] requests) => new { requests };

    private static Dictionary<string, JsonNode> Responses(Answer answer)
    {
        Assert.True(answer.Status == 200, answer.Text);
        return answer.Json!["responses"]!.AsArray().ToDictionary(response => (string)response!["id"]!, response => response!);
    }
}
