using System.Net;
using GroupPortal.Tests;

namespace GroupPortal.Web.Tests.Auth;

[Collection(PortalFixture.Collection)]
public sealed class SignInTests(PortalFixture fixture) : IDisposable
{
    private readonly HttpClient _client = fixture.Portal.CreateClient();

    public void Dispose() => _client.Dispose();

    [Theory]
    [InlineData("ada")]
    [InlineData("ida")]
    [InlineData("hal")]
    [InlineData("uma")]
    [InlineData("ADA")]
    public async Task A_demo_account_gets_in_with_the_demo_password(string name)
    {
        using var response = await _client.SignInAsync(name);

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await StatusOfHomeAsync());
    }

    [Fact]
    public async Task A_demo_button_needs_no_password()
    {
        using var response = await _client.PostFormAsync("/sign-in", "demo-hal");

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await StatusOfHomeAsync());
    }

    [Theory]
    [InlineData("ada", "wrong")]
    [InlineData("ada", "")]
    [InlineData("nobody", "demo")]
    [InlineData("", "demo")]
    public async Task A_wrong_pair_is_refused_in_the_same_words_and_sets_no_cookie(string name, string password)
    {
        using var response = await _client.SignInAsync(name, password);
        var page = await response.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("do not match", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, await StatusOfHomeAsync());
    }

    [Fact]
    public async Task The_cookie_is_out_of_reach_of_scripts_and_of_other_sites()
    {
        using var response = await _client.SignInAsync("ada");
        var cookie = response.Headers.GetValues("Set-Cookie").Single(value => value.StartsWith("GroupPortal=", StringComparison.Ordinal));

        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("/groups?page=2", "/groups?page=2")]
    [InlineData("https://evil.example/", "/")]
    [InlineData("//evil.example", "/")]
    [InlineData(@"/\evil.example", "/")]
    [InlineData("javascript:alert(1)", "/")]
    public async Task Signing_in_leads_to_a_page_of_this_portal_only(string asked, string got)
    {
        using var response = await _client.SignInAsync("ada", returnUrl: asked);

        Assert.Equal(got, new Uri(fixture.Portal.Address, response.Headers.Location!).PathAndQuery);
        Assert.Equal(fixture.Portal.Address.Authority, new Uri(fixture.Portal.Address, response.Headers.Location!).Authority);
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused()
    {
        using var content = new FormUrlEncodedContent(
            [new("_handler", "sign-in"), new("Input.Name", "ada"), new("Input.Password", "demo")]);
        using var response = await _client.PostAsync(new Uri("/sign-in", UriKind.Relative), content);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Signing_out_by_a_request_from_elsewhere_is_refused()
    {
        using var signedIn = await _client.SignInAsync("ada");
        using var response = await _client.PostAsync(new Uri("/sign-out", UriKind.Relative), content: null);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await StatusOfHomeAsync());
    }

    private async Task<HttpStatusCode> StatusOfHomeAsync()
    {
        using var response = await _client.GetAsync(new Uri("/", UriKind.Relative));
        return response.StatusCode;
    }
}
