using System.Globalization;
using System.Net;
using GroupPortal.Tests;
using GroupPortal.Web.Auth;
using GroupPortal.Web.Tests.Components;

namespace GroupPortal.Web.Tests.Auth;

public sealed class GuessLimitTests
{
    [Fact]
    public void The_limit_is_a_sliding_window_that_success_empties()
    {
        var clock = new FakeClock(DateTimeOffset.UnixEpoch);
        var limit = new GuessLimit(clock);
        for (var index = 0; index < GuessLimit.MostFailures; index++)
        {
            Assert.Null(limit.Begin("a", "1"));
            clock.Now += TimeSpan.FromSeconds(1);
        }

        Assert.Equal(GuessLimit.Window - TimeSpan.FromSeconds(GuessLimit.MostFailures), limit.Begin("A", "1"));
        Assert.Null(limit.Begin("a", "2"));
        clock.Now = DateTimeOffset.UnixEpoch + GuessLimit.Window;
        Assert.Null(limit.Begin("a", "1"));
        Assert.NotNull(limit.Begin("a", "1"));
        limit.Succeeded("a", "1");
        Assert.Null(limit.Begin("a", "1"));
    }

    [Fact]
    public void An_address_may_not_go_through_the_accounts_either()
    {
        var limit = new GuessLimit(new FakeClock(DateTimeOffset.UnixEpoch));
        for (var index = 0; index < GuessLimit.MostFailuresOfAddress; index++)
        {
            Assert.Null(limit.Begin(Account(index), "1"));
        }

        Assert.Equal(GuessLimit.Window, limit.Begin("another", "1"));
        Assert.Null(limit.Begin("another", "2"));
    }

    [Fact]
    public void Signing_in_gives_an_address_back_that_one_try_only()
    {
        var limit = new GuessLimit(new FakeClock(DateTimeOffset.UnixEpoch));
        for (var index = 0; index < GuessLimit.MostFailuresOfAddress; index++)
        {
            Assert.Null(limit.Begin("mine", "1"));
            limit.Succeeded("mine", "1");
            Assert.Null(limit.Begin(Account(index), "1"));
        }

        Assert.NotNull(limit.Begin("mine", "1"));
    }

    [Fact]
    public async Task The_sign_in_page_and_the_token_address_count_together_and_forged_headers_do_not_help()
    {
        await using var portal = await PortalProcess.StartAsync(("Embedded:People", "10"));
        for (var index = 0; index < GuessLimit.MostFailures / 2; index++)
        {
            Assert.Equal(HttpStatusCode.BadRequest, await AskForTokenAsync(portal, from: Address(index)));
            using var client = portal.CreateClient();
            client.DefaultRequestHeaders.Add("X-Forwarded-For", Address(index));
            using var refused = await client.SignInAsync("uma", "wrong");
            Assert.Equal(HttpStatusCode.OK, refused.StatusCode);
        }

        using var last = portal.CreateClient();
        using var stopped = await last.SignInAsync("UMA");

        Assert.Equal(HttpStatusCode.TooManyRequests, stopped.StatusCode);
        Assert.NotNull(stopped.Headers.RetryAfter);
        Assert.Contains("Too many attempts; try again in 5 minutes.", await stopped.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.TooManyRequests, await AskForTokenAsync(portal, from: "192.0.2.99"));
    }

    [Fact]
    public async Task A_known_proxy_is_believed_who_it_speaks_for()
    {
        await using var portal = await PortalProcess.StartAsync(("Embedded:People", "10"), ("Proxy:KnownAddresses:0", "127.0.0.1"));
        for (var index = 0; index <= GuessLimit.MostFailures; index++)
        {
            Assert.Equal(HttpStatusCode.BadRequest, await AskForTokenAsync(portal, from: Address(index)));
        }

        for (var index = 0; index < GuessLimit.MostFailures; index++)
        {
            await AskForTokenAsync(portal, from: "198.51.100.7, 192.0.2.200");
        }

        // What the client itself put in front counts for nothing.
        Assert.Equal(HttpStatusCode.TooManyRequests, await AskForTokenAsync(portal, from: "198.51.100.8, 192.0.2.200"));
    }

    private static string Account(int index) => string.Create(CultureInfo.InvariantCulture, $"account-{index}");

    private static string Address(int index) => string.Create(CultureInfo.InvariantCulture, $"192.0.2.{index}");

    private static async Task<HttpStatusCode> AskForTokenAsync(PortalProcess portal, string from)
    {
        using var client = portal.CreateClient();
        client.DefaultRequestHeaders.Add("X-Forwarded-For", from);
        using var content = new FormUrlEncodedContent([new("grant_type", "password"), new("username", "uma"), new("password", "wrong")]);
        using var response = await client.PostAsync(new Uri("/GroupIDSecurityService/connect/token", UriKind.Relative), content);
        return response.StatusCode;
    }
}
