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
        using var client = portal.CreateClient();
        using var form = new FormUrlEncodedContent([new("grant_type", "password"), new("client_id", "journeys"), new("username", account), new("password", "demo")]);
        using var token = await client.PostAsync(new Uri("/GroupIDSecurityService/connect/token", UriKind.Relative), form);
        token.EnsureSuccessStatusCode();
        var access = JsonNode.Parse(await token.Content.ReadAsStringAsync())!["access_token"]!.GetValue<string>();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", access);

        var address = string.Create(CultureInfo.InvariantCulture, $"/GroupIDDataService/api/IdentityStores/{store}/Groups/{Uri.EscapeDataString(name)}/query");
        using var asked = new StringContent(new JsonArray([.. attributes.Select(attribute => (JsonNode)attribute)]).ToJsonString());
        using var answer = await client.PostAsync(new Uri(address, UriKind.Relative), asked);
        answer.EnsureSuccessStatusCode();
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["attributesBusinessObject"]!["attributesCollection"]!.AsObject();
    }
}
