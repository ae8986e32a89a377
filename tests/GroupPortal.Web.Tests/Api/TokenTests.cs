using System.Net;
using System.Text.Json.Nodes;
using GroupPortal.Web.Api.Tokens;
using GroupPortal.Web.Tests.Components;

using GroupPortal.Web.Auth;

namespace GroupPortal.Web.Tests.Api;

[Collection(ApiPortal.Collection)]
public sealed class TokenTests(ApiPortal api)
{
    private static readonly Uri Address = new("/GroupIDSecurityService/connect/token", UriKind.Relative);

    [Theory]
    [InlineData("client_id")]
    [InlineData("client_Id")]
    [InlineData("CLIENT_ID")]
    public async Task A_password_gives_tokens_of_the_documented_shape(string clientKey)
    {
        var (status, answer) = await AskAsync(("grant_type", "password"), (clientKey, "c"), ("client_secret", "s"), ("username", "ida"), ("password", "demo"), ("identity_store_id", "2"));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(1200, answer["expires_in"]!.GetValue<int>());
        Assert.Equal("Bearer", answer["token_type"]!.GetValue<string>());
        Assert.Equal("directorymanager.api groupid_identity offline_access openid profile", answer["scope"]!.GetValue<string>());
        Assert.NotEqual(answer["access_token"]!.GetValue<string>(), answer["refresh_token"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_refresh_token_gives_new_ones_once()
    {
        var (_, first) = await AskAsync(("grant_type", "password"), ("client_id", "c"), ("username", "ida"), ("password", "demo"));
        var refresh = first["refresh_token"]!.GetValue<string>();

        var (status, second) = await AskAsync(("grant_type", "refresh_token"), ("client_id", "c"), ("refresh_token", refresh));
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(200, await UseAsync(second));

        var (again, error) = await AskAsync(("grant_type", "refresh_token"), ("client_id", "c"), ("refresh_token", refresh));
        Assert.Equal((HttpStatusCode.BadRequest, "invalid_grant"), (again, error["error"]!.GetValue<string>()));
        // Used twice, it may have been stolen: all that came of the sign-in is void.
        Assert.Equal(401, await UseAsync(second));
    }

    [Theory]
    [InlineData("password", "ida", "wrong", "invalid_grant")]
    [InlineData("password", "nobody", "demo", "invalid_grant")]
    [InlineData("password", "ida", "", "invalid_request")]
    [InlineData("password", "", "demo", "invalid_request")]
    [InlineData("client_credentials", "ida", "demo", "unsupported_grant_type")]
    [InlineData("", "ida", "demo", "invalid_request")]
    public async Task Everything_else_is_refused_in_the_words_of_the_standard(string grant, string name, string password, string error)
    {
        var (status, answer) = await AskAsync(("grant_type", grant), ("client_id", "c"), ("username", name), ("password", password));

        Assert.Equal((HttpStatusCode.BadRequest, error), (status, answer["error"]!.GetValue<string>()));
        Assert.False(string.IsNullOrEmpty(answer["error_description"]!.GetValue<string>()));
    }

    [Fact]
    public async Task An_unknown_store_is_refused() =>
        Assert.Equal("invalid_request", (await AskAsync(("grant_type", "password"), ("username", "ida"), ("password", "demo"), ("identity_store_id", "9"))).Answer["error"]!.GetValue<string>());

    [Fact]
    public async Task A_request_that_is_no_form_is_refused()
    {
        using var client = api.Portal.CreateClient();
        using var content = new StringContent("""{ "grant_type": "password" }""");
        using var response = await client.PostAsync(Address, content);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Guessing_is_stopped_and_others_are_not()
    {
        for (var index = 0; index < GuessLimit.MostFailures; index++)
        {
            Assert.Equal(HttpStatusCode.BadRequest, (await AskAsync(("grant_type", "password"), ("username", "guessed"), ("password", "wrong"))).Status);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await AskAsync(("grant_type", "password"), ("username", "Guessed"), ("password", "wrong"))).Status);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(("grant_type", "password"), ("username", "ida"), ("password", "demo"))).Status);
    }

    private async Task<(HttpStatusCode Status, JsonNode Answer)> AskAsync(params (string Key, string Value)[] form)
    {
        using var client = api.Portal.CreateClient();
        using var content = new FormUrlEncodedContent(form.Select(field => KeyValuePair.Create(field.Key, field.Value)));
        using var response = await client.PostAsync(Address, content);
        Assert.Equal("no-store", response.Headers.CacheControl?.ToString());
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }

    private async Task<int> UseAsync(JsonNode tokens) =>
        (await api.Nobody.SendAsync(HttpMethod.Get, ApiClient.Ad, "/Domain%20Users", null, ("Authorization", "Bearer " + tokens["access_token"]!.GetValue<string>()))).Http;
}
