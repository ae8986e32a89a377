using GroupPortal.Tests;

namespace GroupPortal.Web.Tests.Api;

/// <summary>
/// The real portal, ended by SIGKILL at each point of an apply. Whatever the point, the next start finishes what was begun:
/// nothing lost, nothing twice. The points are those of Jobs/RunnerProbe.
/// </summary>
public sealed class CrashTests
{
    private static readonly string[] TwoPeople = ["hal", "uma"];

    [Theory]
    [InlineData("AfterDispatchRow")]
    [InlineData("AfterSend")]
    [InlineData("BeforeClose")]
    [InlineData("AfterClose")]
    public async Task A_create_that_was_cut_off_is_finished_by_the_next_start(string point)
    {
        var body = Bodies.Group("Night Shift", ("XGroupSecurity", ["Public"]), ("members", TwoPeople));
        await using var portal = await StartAsync(point);
        await CutOffAsync(portal, client => client.CreateAsync(ApiClient.Ad, body));

        await portal.StartAgainAsync();

        using var again = await ApiClient.SignInAsync(portal, "ada");
        await WaitForAsync(again, "Night Shift", "XGroupSecurity", "Public");
        Assert.Equal(2, (await again.ValuesAsync(ApiClient.Ad, "Night Shift", "members")).Distinct().Count());
        Assert.Equal("AlreadyExists", (await again.CreateAsync(ApiClient.Ad, body)).ErrorCode);
    }

    [Theory]
    [InlineData("AfterDispatchRow:2")]
    [InlineData("AfterSend:2")]
    [InlineData("AfterAnswerRow")]
    [InlineData("AfterSend:3")]
    [InlineData("BeforeClose:2")]
    public async Task A_change_that_was_cut_off_between_two_writes_is_finished_by_the_next_start(string point)
    {
        await using var portal = await StartAsync(point);
        using (var client = await ApiClient.SignInAsync(portal, "ada"))
        {
            await client.NewGroupAsync(ApiClient.Ad, "Day Shift");
        }

        var body = Bodies.Change(1, ("description", ["cut off"]), ("XGroupSecurity", ["Public"]), ("members", TwoPeople));
        await CutOffAsync(portal, client => client.PatchAsync(ApiClient.Ad, "Day Shift", body));

        await portal.StartAgainAsync();

        using var again = await ApiClient.SignInAsync(portal, "ada");
        await WaitForAsync(again, "Day Shift", "XGroupSecurity", "Public");
        Assert.Equal(["cut off"], await again.ValuesAsync(ApiClient.Ad, "Day Shift", "description"));
        var members = await again.ValuesAsync(ApiClient.Ad, "Day Shift", "members");
        Assert.Equal(2, members.Length);
        Assert.Equal(2, members.Distinct().Count());
    }

    private static Task<PortalProcess> StartAsync(string point) =>
        PortalProcess.StartAsync(("Embedded:People", "50"), ("Testing:Enabled", "true"), ("Testing:KillAt", point));

    /// <summary>Sends a request that never gets an answer, and waits for the end of the process.</summary>
    private static async Task CutOffAsync(PortalProcess portal, Func<ApiClient, Task<ApiAnswer>> send)
    {
        using var client = await ApiClient.SignInAsync(portal, "ada");
        await Assert.ThrowsAsync<HttpRequestException>(() => send(client));
        await portal.EndedAsync();
        portal.Set("Testing:Enabled", "false");
    }

    /// <summary>The resumed plan runs beside the first requests: asks until its last line, which the portal keeps, stands.</summary>
    private static async Task WaitForAsync(ApiClient client, string group, string attribute, string value)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            var answer = await client.GetAsync(ApiClient.Ad, group, attribute);
            var values = answer.Http == 200 ? answer.Body!["attributesBusinessObject"]!["attributesCollection"]![attribute]!.AsArray() : [];
            if (values.Any(one => one!["value"]!.GetValue<string>() == value))
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), limit.Token);
        }
    }
}
