using System.Net;
using GroupPortal.Tests;
using GroupPortal.Web.Auth;

namespace GroupPortal.Web.Tests.Auth;

public sealed class DemoAccountsTests
{
    [Theory]
    [InlineData("http://localhost:5080", true)]
    [InlineData("http://127.0.0.1:0", true)]
    [InlineData("http://127.9.9.9:80", true)]
    [InlineData("https://[::1]:443", true)]
    [InlineData("http://0.0.0.0:80", false)]
    [InlineData("http://[::]:80", false)]
    [InlineData("http://*:80", false)]
    [InlineData("http://+:80", false)]
    [InlineData("http://10.0.0.4:80", false)]
    [InlineData("http://portal.example:80", false)]
    [InlineData("http://localhost.evil.example:80", false)]
    public void Loopback_is_an_address_of_this_machine_alone(string address, bool loopback) =>
        Assert.Equal(loopback, LoopbackListeners.IsLoopback(address));

    [Fact]
    public async Task Without_a_demo_password_there_are_no_demo_accounts()
    {
        await using var portal = await PortalProcess.StartAsync(("Demo:Password", ""));
        using var client = portal.CreateClient();
        using var response = await client.SignInAsync("ada", "");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.DoesNotContain("demo-ada", await client.GetStringAsync(new Uri("/sign-in", UriKind.Relative)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_survives_a_restart_and_a_crash()
    {
        await using var portal = await PortalProcess.StartAsync();
        using var client = portal.CreateClient();
        using var signedIn = await client.SignInAsync("ada");

        await portal.StopAsync();
        await portal.StartAgainAsync();
        await portal.KillAsync();
        await portal.StartAgainAsync();
        using var home = await client.GetAsync(new Uri("/", UriKind.Relative));

        Assert.Equal(HttpStatusCode.OK, home.StatusCode);
    }
}
