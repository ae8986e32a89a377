using System.Net;
using GroupPortal.Tests;

namespace GroupPortal.Web.Tests.Security;

[Collection(PortalFixture.Collection)]
public sealed class SecurityHeadersTests(PortalFixture fixture)
{
    [Theory]
    [InlineData("/sign-in", HttpStatusCode.OK)]
    [InlineData("/", HttpStatusCode.Redirect)]
    [InlineData("/health", HttpStatusCode.OK)]
    [InlineData("/favicon.svg", HttpStatusCode.OK)]
    [InlineData("/assets/theme/tokens.css", HttpStatusCode.OK)]
    [InlineData("/_framework/blazor.web.js", HttpStatusCode.OK)]
    [InlineData("/GroupIDDataService/api/none", HttpStatusCode.Unauthorized)]
    public async Task Every_response_has_the_security_headers(string path, HttpStatusCode status)
    {
        using var client = fixture.Portal.CreateClient();
        using var response = await client.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal(status, response.StatusCode);
        AssertSecurityHeaders(response);
    }

    [Fact]
    public async Task So_has_a_missing_page()
    {
        using var client = fixture.Portal.CreateClient();
        using var signedIn = await client.SignInAsync("uma");
        using var response = await client.GetAsync(new Uri("/no-such-page", UriKind.Relative));

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        AssertSecurityHeaders(response);
    }

    [Fact]
    public async Task Only_our_own_scripts_and_our_own_sockets_are_allowed()
    {
        using var client = fixture.Portal.CreateClient();
        using var response = await client.GetAsync(new Uri("/sign-in", UriKind.Relative));
        var directives = Policy(response).Split("; ");

        Assert.Contains("script-src 'self'", directives);
        Assert.Contains("default-src 'self'", directives);
        Assert.Contains("frame-ancestors 'none'", directives);
        Assert.Contains("object-src 'none'", directives);
        Assert.Contains($"connect-src 'self' ws://{fixture.Portal.Address.Authority} wss://{fixture.Portal.Address.Authority}", directives);
    }

    private static void AssertSecurityHeaders(HttpResponseMessage response)
    {
        Assert.Contains("script-src 'self';", Policy(response), StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("same-origin", Assert.Single(response.Headers.GetValues("Referrer-Policy")));
        Assert.Single(response.Headers.GetValues("Permissions-Policy"));
    }

    private static string Policy(HttpResponseMessage response) =>
        Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
}
