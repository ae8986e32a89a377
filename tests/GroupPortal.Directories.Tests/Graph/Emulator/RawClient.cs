using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using GroupPortal.GraphEmulation;

namespace GroupPortal.Directories.Tests.Graph.Emulator;

/// <summary>Graph by hand: no SDK between the test and the wire.</summary>
internal sealed class RawClient : IDisposable
{
    public static readonly (string, string) Eventual = ("ConsistencyLevel", "eventual");

    private readonly HttpClient _http;
    private readonly Uri _endpoint;

    public RawClient(GraphEmulator emulator, string? user = null, string? clientId = null)
    {
        _endpoint = emulator.Endpoint;
        _http = new HttpClient();
        var token = user is not null ? emulator.UserToken(user) : clientId is null ? emulator.AppToken() : emulator.AppToken(clientId);
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    public Task<Answer> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync("GET", path, null, headers);

    public Task<Answer> PostAsync(string path, object body) => SendAsync("POST", path, body);

    public Task<Answer> PatchAsync(string path, object body) => SendAsync("PATCH", path, body);

    public Task<Answer> DeleteAsync(string path) => SendAsync("DELETE", path, null);

    /// <param name="path">Below v1.0; with /beta in front below that; or a whole URL.</param>
    public async Task<Answer> SendAsync(string method, string path, object? body, params (string Name, string Value)[] headers)
    {
        var url = path.StartsWith("http", StringComparison.Ordinal) ? path
            : path.StartsWith("/beta/", StringComparison.Ordinal) ? $"{_endpoint}{path[1..]}"
            : $"{_endpoint}v1.0{path}";
        using var request = new HttpRequestMessage(new HttpMethod(method), url);
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        if (body is not null)
        {
            request.Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        }

        using var response = await _http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        var isJson = response.Content.Headers.ContentType?.MediaType == "application/json";
        return new Answer((int)response.StatusCode, isJson ? JsonNode.Parse(text) : null, text, response.Headers);
    }

    /// <summary>The id of a new security group.</summary>
    public async Task<Guid> CreateGroupAsync(string name, string? rule = null, bool isUnified = false)
    {
        string[] types = [.. isUnified ? ["Unified"] : Array.Empty<string>(), .. rule is null ? Array.Empty<string>() : ["DynamicMembership"]];
        var body = new Dictionary<string, object>
        {
            ["displayName"] = name,
            ["mailNickname"] = name.Replace(" ", "", StringComparison.Ordinal),
            ["mailEnabled"] = isUnified,
            ["securityEnabled"] = true,
            ["groupTypes"] = types,
        };
        if (rule is not null)
        {
            body["membershipRule"] = rule;
            body["membershipRuleProcessingState"] = "On";
        }

        var answer = await PostAsync("/groups", body);
        Assert.True(answer.Status == 201, answer.Text);
        return Guid.Parse((string)answer.Json!["id"]!);
    }

    /// <summary>All pages, by the links as they come.</summary>
    public async Task<List<JsonNode>> AllAsync(string path, params (string Name, string Value)[] headers)
    {
        var all = new List<JsonNode>();
        for (string? next = path; next is not null;)
        {
            var page = await GetAsync(next, headers);
            Assert.True(page.Status == 200, page.Text);
            all.AddRange(page.Values!);
            next = page.NextLink;
        }

        return all;
    }

    public static object Bind(string links, params IEnumerable<Guid> ids) =>
        new Dictionary<string, object> { [links + "@odata.bind"] = ids.Select(id => $"https://graph.microsoft.com/v1.0/directoryObjects/{id}").ToArray() };

    public static object Reference(Guid id) => new Dictionary<string, object> { ["@odata.id"] = $"https://graph.microsoft.com/v1.0/directoryObjects/{id}" };

    public void Dispose() => _http.Dispose();
}
