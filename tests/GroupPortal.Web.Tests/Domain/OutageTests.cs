using System.Net;
using GroupPortal.TestDirectories;
using GroupPortal.Tests;
using GroupPortal.Web.Tests.Api;

namespace GroupPortal.Web.Tests.Domain;

/// <summary>
/// The domain controller goes away in the middle of adding a thousand members, and comes back. Nobody does anything: the
/// change is finished, once, and until then nobody is told that it is.
/// </summary>
public sealed class OutageTests(OutagePortal domain) : IClassFixture<OutagePortal>
{
    /// <summary>Only the modify of a thousand members is as long.</summary>
    private const int LargeRequest = 40_000;

    private const int Running = 1;

    /// <summary>Whoever connects is thrown out.</summary>
    private static readonly FaultMode Away = new FaultMode.ResetAfter(0);

    /// <summary>The modify reaches the server, and nothing comes back any more.</summary>
    private static readonly FaultMode LostAnswer = new FaultMode.AwaitRequest(LargeRequest).Then(new FaultMode.DropAnswerThenClose().Then(Away));

    [SambaFact]
    public async Task The_answer_is_lost_and_what_was_done_is_not_done_again()
    {
        var (group, work) = await BeginAsync(LostAnswer);
        await WaitingAsync(group, work);
        Assert.Equal(1000, (await domain.MembersAsync(group)).Count);

        domain.Network.Mode = new FaultMode.Pass();

        await FinishedAsync(group, work);
        Assert.Equal(1, Writes(group));
    }

    [SambaFact]
    public async Task Half_of_the_request_is_lost_and_it_is_sent_again()
    {
        var (group, work) = await BeginAsync(new FaultMode.AwaitRequest(LargeRequest).Then(new FaultMode.BlackHole()));
        await Eventually.IsAsync(() => domain.Network.Mode is FaultMode.BlackHole);
        domain.Network.ResetConnections();
        domain.Network.Mode = Away;
        await WaitingAsync(group, work);
        Assert.Empty(await domain.MembersAsync(group));

        domain.Network.Mode = new FaultMode.Pass();

        await FinishedAsync(group, work);
        Assert.Equal(2, Writes(group));
    }

    [SambaTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_controller_itself_ends_and_is_started_again(bool suddenly)
    {
        // Suddenly means while it works on the request, or right after: it comes to the same.
        var (group, work) = await BeginAsync(LostAnswer);
        await Eventually.IsAsync(() => domain.Network.Mode is not FaultMode.AwaitRequest);
        await (suddenly ? domain.Controller.KillAsync() : domain.Controller.StopAsync());
        await WaitingAsync(group, work);

        await domain.Controller.StartAgainAsync();
        domain.Network.Mode = new FaultMode.Pass();

        await FinishedAsync(group, work);
    }

    [SambaFact]
    public async Task Before_anything_was_sent_it_fails_at_once_and_nothing_is_left_to_do()
    {
        var group = await NewGroupAsync();
        domain.Network.Mode = new FaultMode.Refuse();
        domain.Network.ResetConnections();

        var change = await domain.Ada.PatchAsync(ApiClient.Ad, group, Bodies.Change(1, ("description", ["too soon"])));
        var creation = await domain.Ada.CreateAsync(ApiClient.Ad, Bodies.Group(group + " 2"));

        foreach (var answer in new[] { change, creation })
        {
            Assert.Equal((503, "Unavailable"), (answer.Http, answer.ErrorCode));
            Assert.StartsWith("The directory did not answer.", answer.Message, StringComparison.Ordinal);
            Assert.EndsWith($"(Nobody answers at ldaps://{domain.Network.EndPoint}. Is the server running, and is the port right? (Connection refused))", answer.Message, StringComparison.Ordinal);
        }

        await BackAsync();
        Assert.Equal(404, (await domain.Ada.GetAsync(ApiClient.Ad, group + " 2")).Http);
        Assert.Empty(await domain.Ada.ValuesAsync(ApiClient.Ad, group, "description"));
        Assert.Equal(0, domain.Ask($"""SELECT COUNT(*) FROM "Plans" WHERE "State" = {Running}"""));
    }

    [SambaFact]
    public async Task The_portal_starts_without_its_domain_and_lets_people_in_when_it_is_back()
    {
        domain.Network.Mode = new FaultMode.BlackHole();
        await using var portal = await PortalProcess.StartAsync(DomainSettings.For(domain.Controller, domain.Network.EndPoint));
        using var client = portal.CreateClient();
        using var page = await client.GetAsync(new Uri("/sign-in", UriKind.Relative));
        Assert.True(page.IsSuccessStatusCode);

        domain.Network.Mode = new FaultMode.Refuse();
        domain.Network.ResetConnections();
        var password = SambaDomainController.Person("ada").Password;
        using var refused = await client.SignInAsync("ada", password);
        Assert.Contains("does not answer", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        domain.Network.Mode = new FaultMode.Pass();
        await Eventually.IsAsync(async () =>
        {
            using var welcome = await client.SignInAsync("ada", password);
            return welcome.StatusCode == HttpStatusCode.Redirect;
        });
    }

    /// <summary>A server that did not answer is left in peace for a second.</summary>
    private async Task BackAsync()
    {
        domain.Network.Mode = new FaultMode.Pass();
        await Eventually.IsAsync(async () => (await domain.Ada.GetAsync(ApiClient.Ad, "DemoGroup1")).Http == 200);
    }

    /// <summary>A group, and a thousand members on their way to it when the network gets ill.</summary>
    private async Task<(string Group, Task<ApiAnswer> Work)> BeginAsync(FaultMode fault)
    {
        var group = await NewGroupAsync();
        domain.Network.Mode = fault;
        return (group, domain.Ada.PatchAsync(ApiClient.Ad, group, Bodies.Change(1, ("members", [.. domain.Thousand]))));
    }

    private async Task<string> NewGroupAsync()
    {
        await BackAsync();
        var group = Bodies.NewName("Outage");
        await domain.Ada.NewGroupAsync(ApiClient.Ad, group);
        return group;
    }

    /// <summary>The portal has asked in vain, and still says that it is at work.</summary>
    private async Task WaitingAsync(string group, Task work)
    {
        var before = domain.Network.Connections;
        await Eventually.IsAsync(() => domain.Network.Connections > before + 1);
        Assert.False(work.IsCompleted);
        Assert.Equal(Running, domain.Ask($"""SELECT "State" FROM "Plans" WHERE "GroupName" = {group} AND "Kind" = 1"""));
        Assert.Equal(0, Changes(group));
    }

    private async Task FinishedAsync(string group, Task<ApiAnswer> work)
    {
        var answer = await work;
        Assert.True(answer is { Http: 200, Status: 0 }, answer.Text[..Math.Min(answer.Text.Length, 2000)]);
        var lines = answer.Detail("members")["details"]!.AsArray();
        Assert.Equal(1000, lines.Count);
        Assert.All(lines, line => Assert.Equal(0, line!["status"]!.GetValue<int>()));

        var members = await domain.MembersAsync(group);
        Assert.Equal(domain.Thousand.Order(StringComparer.OrdinalIgnoreCase), members.Order(StringComparer.OrdinalIgnoreCase), StringComparer.OrdinalIgnoreCase);
        Assert.Equal(1, Changes(group));
    }

    private long Changes(string group) => domain.Ask($"""SELECT COUNT(*) FROM "History" WHERE "GroupName" = {group} AND "Kind" = 1""");

    private long Writes(string group) => domain.Ask(
        $"""SELECT COUNT(*) FROM "Journal" j JOIN "Plans" p ON p."Id" = j."PlanId" WHERE p."GroupName" = {group} AND p."Kind" = 1""");
}
