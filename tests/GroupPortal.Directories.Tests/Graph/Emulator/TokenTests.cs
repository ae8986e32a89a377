using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using GroupPortal.Directories.Tests.Ldap.Support;
using GroupPortal.GraphEmulation;
using GroupPortal.GraphEmulation.Tokens;

namespace GroupPortal.Directories.Tests.Graph.Emulator;

public sealed class TokenTests
{
    [Fact]
    public async Task An_application_gets_a_token_for_its_secret_and_reads_with_it()
    {
        await using var emulator = await GraphEmulator.StartAsync(new EmulatorOptions { People = 10, ClientSecret = "s3cret" });
        using var http = new HttpClient();

        var answer = await AskAsync(http, emulator, ("grant_type", "client_credentials"), ("client_id", "portal"), ("client_secret", "s3cret"), ("scope", "https://graph.microsoft.com/.default"));
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string?)answer.Json["access_token"]);
        var users = await http.GetAsync(new Uri(emulator.Endpoint, "v1.0/users"));

        Assert.Equal(HttpStatusCode.OK, users.StatusCode);
        Assert.Equal("Bearer", (string?)answer.Json["token_type"]);
        Assert.Equal((TokenKind.App, "portal"), (emulator.Requests[^1].Token!.Value, emulator.Requests[^1].Subject));
    }

    [Fact]
    public async Task A_wrong_secret_is_told_as_Entra_tells_it()
    {
        await using var emulator = await GraphEmulator.StartAsync(new EmulatorOptions { People = 0 });
        using var http = new HttpClient();

        var answer = await AskAsync(http, emulator, ("grant_type", "client_credentials"), ("client_id", "portal"), ("client_secret", "guess"));

        Assert.Equal(401, answer.Status);
        Assert.Equal("invalid_client", (string?)answer.Json["error"]);
        Assert.StartsWith("AADSTS7000215: Invalid client secret provided.", (string?)answer.Json["error_description"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_person_calls_for_himself_with_a_delegated_token()
    {
        await using var emulator = await GraphEmulator.StartAsync(new EmulatorOptions { People = 10 });
        using var http = new HttpClient();

        var answer = await AskAsync(http, emulator, ("grant_type", "password"), ("client_id", "portal"), ("client_secret", "emulator"), ("username", "uma@5cjshm.onmicrosoft.com"), ("password", "any"));
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string?)answer.Json["access_token"]);
        var me = JsonNode.Parse(await http.GetStringAsync(new Uri(emulator.Endpoint, "v1.0/me")))!;

        Assert.Equal("Uma Devi", (string?)me["displayName"]);
        Assert.Equal((TokenKind.Delegated, emulator.Directory.Person("uma").ToString()), (emulator.Requests[^1].Token!.Value, emulator.Requests[^1].Subject));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("made.up.token")]
    public async Task Without_a_token_of_this_server_nothing_is_answered(string? token)
    {
        await using var emulator = await GraphEmulator.StartAsync(new EmulatorOptions { People = 10 });
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);

        var response = await http.GetAsync(new Uri(emulator.Endpoint, "v1.0/users"));

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("InvalidAuthenticationToken", (string?)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["error"]!["code"]);
        Assert.False(emulator.Requests[^1].WasHandled);
    }

    [Fact]
    public async Task A_token_ends_after_an_hour()
    {
        var clock = new FakeClock();
        await using var emulator = await GraphEmulator.StartAsync(new EmulatorOptions { People = 10, TimeProvider = clock });
        using var client = new RawClient(emulator);

        Assert.Equal(200, (await client.GetAsync("/users")).Status);
        clock.Advance(TimeSpan.FromMinutes(61));

        Assert.Equal((401, "InvalidAuthenticationToken"), ((await client.GetAsync("/users")).Status, (await client.GetAsync("/users")).Code));
    }

    private static async Task<(int Status, JsonNode Json)> AskAsync(HttpClient http, GraphEmulator emulator, params (string, string)[] form)
    {
        using var content = new FormUrlEncodedContent(form.Select(pair => KeyValuePair.Create(pair.Item1, pair.Item2)));
        using var response = await http.PostAsync(new Uri(emulator.Endpoint, $"{emulator.TenantId}/oauth2/v2.0/token"), content);
        return ((int)response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }
}
