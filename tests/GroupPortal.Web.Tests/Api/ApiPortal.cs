using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using GroupPortal.Tests;

namespace GroupPortal.Web.Tests.Api;

/// <summary>A portal with a small company for all tests of the API, and a client with a token for each demo account.</summary>
public sealed class ApiPortal : IAsyncLifetime
{
    public const string Collection = "api";

    internal PortalProcess Portal { get; private set; } = null!;

    internal ApiClient Ada { get; private set; } = null!;

    internal ApiClient Hal { get; private set; } = null!;

    internal ApiClient Uma { get; private set; } = null!;

    internal ApiClient Nobody { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Portal = await PortalProcess.StartAsync(("Embedded:People", "200"));
        Nobody = new ApiClient(Portal.CreateClient());
        Ada = await ApiClient.SignInAsync(Portal, "ada");
        Hal = await ApiClient.SignInAsync(Portal, "hal");
        Uma = await ApiClient.SignInAsync(Portal, "uma");
    }

    public async Task DisposeAsync()
    {
        foreach (var client in new[] { Ada, Hal, Uma, Nobody })
        {
            client.Dispose();
        }

        await Portal.DisposeAsync();
    }
}

[CollectionDefinition(ApiPortal.Collection)]
public sealed class ApiCollection : ICollectionFixture<ApiPortal>;

/// <summary>What the API answered.</summary>
internal sealed record ApiAnswer(int Http, JsonNode? Body, string Text, HttpResponseHeaders Headers)
{
    public int Status => Body!["status"]!.GetValue<int>();

    public string? Message => Body!["message"]?.GetValue<string>();

    public string? ErrorCode => Body!["errorCode"]?.GetValue<string>();

    public JsonArray Details => Body!["details"]!.AsArray();

    public JsonNode Detail(string name) => Details.Single(detail => detail!["name"]?.GetValue<string>() == name)!;

    public string Header(string name) => Headers.GetValues(name).Single();
}

/// <summary>Speaks to the groups API as a script does; bodies go as they are, without a Content-Type unless one is said.</summary>
internal sealed class ApiClient(HttpClient http) : IDisposable
{
    public const int Ad = 2;
    public const int Entra = 3;

    public static async Task<ApiClient> SignInAsync(PortalProcess portal, string account, string password = "demo")
    {
        var client = portal.CreateClient();
        client.Timeout = TimeSpan.FromMinutes(5);
        using var form = new FormUrlEncodedContent([new("grant_type", "password"), new("client_id", "tests"), new("username", account), new("password", password)]);
        using var response = await client.PostAsync(new Uri("/GroupIDSecurityService/connect/token", UriKind.Relative), form);
        var tokens = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", tokens["access_token"]!.GetValue<string>());
        return new ApiClient(client);
    }

    public void Dispose() => http.Dispose();

    /// <param name="path">Below Groups, with its slash: <c>/StaticGroup</c>.</param>
    public Task<ApiAnswer> SendAsync(HttpMethod method, int store, string path, string? body = null, params (string Name, string Value)[] headers) =>
        SendAsync(method, string.Create(CultureInfo.InvariantCulture, $"/GroupIDDataService/api/IdentityStores/{store}/Groups{path}"), body is null ? null : Encoding.UTF8.GetBytes(body), headers);

    public async Task<ApiAnswer> SendAsync(HttpMethod method, string address, byte[]? body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(address, UriKind.Relative));
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
        }

        foreach (var (name, value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content!.Headers.TryAddWithoutValidation(name, value);
            }
        }

        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return new ApiAnswer((int)response.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text), text, response.Headers);
    }

    public Task<ApiAnswer> CreateAsync(int store, string body, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Post, store, "/StaticGroup", body, headers);

    public Task<ApiAnswer> PatchAsync(int store, string group, string body, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Patch, store, "/" + Uri.EscapeDataString(group), body, headers);

    public Task<ApiAnswer> GetAsync(int store, string group, params string[] attributes) =>
        SendAsync(HttpMethod.Get, store, "/" + Uri.EscapeDataString(group), new JsonArray([.. attributes.Select(name => (JsonNode)name)]).ToJsonString());

    /// <summary>Creates a group with these attributes and answers its id.</summary>
    public async Task<string> NewGroupAsync(int store, string name, params (string Attribute, string[] Values)[] attributes)
    {
        var answer = await CreateAsync(store, Bodies.Group(name, attributes));
        Assert.True(answer.Http == 200 && answer.Status == 0, answer.Text);
        return answer.Body!["data"]!.GetValue<string>();
    }

    /// <summary>The values of one attribute as they stand.</summary>
    public async Task<string[]> ValuesAsync(int store, string group, string attribute)
    {
        var answer = await GetAsync(store, group, attribute);
        Assert.True(answer.Http == 200, answer.Text);
        return [.. answer.Body!["attributesBusinessObject"]!["attributesCollection"]![attribute]!.AsArray().Select(value => value!["value"]!.GetValue<string>())];
    }
}

/// <summary>Bodies of requests.</summary>
internal static class Bodies
{
    public static string Group(string? name, params (string Attribute, string[] Values)[] attributes) =>
        new JsonObject { ["GroupName"] = name, ["AttributesCollection"] = new JsonObject { ["AttributesCollection"] = Collection(0, attributes) } }.ToJsonString();

    public static string Change(int action, params (string Attribute, string[] Values)[] attributes) =>
        new JsonObject { ["AttributesCollection"] = new JsonObject { ["AttributesCollection"] = Collection(action, attributes) } }.ToJsonString();

    /// <summary>A name that no other test uses.</summary>
    public static string NewName(string start = "Group") => $"{start} {Guid.NewGuid().ToString("N")[..8]}";

    private static JsonObject Collection(int action, (string Attribute, string[] Values)[] attributes)
    {
        var collection = new JsonObject();
        foreach (var (attribute, values) in attributes)
        {
            collection[attribute] = new JsonArray([.. values.Select(value => (JsonNode)new JsonObject { ["Value"] = value, ["Action"] = action })]);
        }

        return collection;
    }
}
