using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using GroupPortal.Tests;

namespace GroupPortal.EndToEnd.Tests;

/// <summary>What a script sees of a portal that a browser has changed.</summary>
internal static class ApiView
{
    /// <summary>The attributes of one group, as the groups API answers them.</summary>
    public static async Task<JsonObject> GroupByApiAsync(this PortalProcess portal, string account, int store, string name, params string[] attributes)
    {
        using var client = await portal.SignInByApiAsync(account);
        var address = string.Create(CultureInfo.InvariantCulture, $"/GroupIDDataService/api/IdentityStores/{store}/Groups/{Uri.EscapeDataString(name)}/query");
        using var asked = new StringContent(new JsonArray([.. attributes.Select(attribute => (JsonNode)attribute)]).ToJsonString());
        using var answer = await client.PostAsync(new Uri(address, UriKind.Relative), asked);
        answer.EnsureSuccessStatusCode();
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["attributesBusinessObject"]!["attributesCollection"]!.AsObject();
    }

    /// <summary>A new smart group without members, as a script makes it; answers its id.</summary>
    public static async Task<Guid> CreateSmartByApiAsync(this PortalProcess portal, string account, int store, string name, string criteria)
    {
        var attributes = new JsonObject { ["GroupType"] = Values("-2147483640"), ["IMSGManagedGroupType"] = Values("2"), ["IMSGCriteria"] = Values(criteria) };
        var body = new JsonObject { ["GroupName"] = name, ["AttributesCollection"] = new JsonObject { ["AttributesCollection"] = attributes } };
        var answer = await portal.SendByApiAsync(account, HttpMethod.Post, string.Create(CultureInfo.InvariantCulture, $"{store}/Groups/DynamicGroup"), body);
        return Guid.Parse(answer["data"]!.GetValue<string>());
    }

    public static Task ChangeRuleByApiAsync(this PortalProcess portal, string account, int store, Guid group, string criteria) =>
        portal.SendByApiAsync(
            account, HttpMethod.Patch, string.Create(CultureInfo.InvariantCulture, $"{store}/Groups/{group:D}"),
            new JsonObject { ["AttributesCollection"] = new JsonObject { ["AttributesCollection"] = new JsonObject { ["IMSGCriteria"] = Values(criteria) } } });

    private static JsonArray Values(string value) => [new JsonObject { ["Value"] = value, ["Action"] = 0 }];

    private static async Task<JsonNode> SendByApiAsync(this PortalProcess portal, string account, HttpMethod method, string path, JsonObject body)
    {
        using var client = await portal.SignInByApiAsync(account);
        using var content = new StringContent(body.ToJsonString());
        using var request = new HttpRequestMessage(method, new Uri("/GroupIDDataService/api/IdentityStores/" + path, UriKind.Relative)) { Content = content };
        using var answer = await client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!;
    }

    private static async Task<HttpClient> SignInByApiAsync(this PortalProcess portal, string account)
    {
        var client = portal.CreateClient();
        using var form = new FormUrlEncodedContent([new("grant_type", "password"), new("client_id", "journeys"), new("username", account), new("password", "demo")]);
        using var token = await client.PostAsync(new Uri("/GroupIDSecurityService/connect/token", UriKind.Relative), form);
        token.EnsureSuccessStatusCode();
        var access = JsonNode.Parse(await token.Content.ReadAsStringAsync())!["access_token"]!.GetValue<string>();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", access);
        return client;
    }
}
