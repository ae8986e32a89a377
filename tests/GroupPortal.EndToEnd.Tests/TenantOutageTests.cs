using System.Text.RegularExpressions;
using GroupPortal.GraphEmulation.Faults;
using GroupPortal.TestDirectories;
using GroupPortal.Tests;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GroupPortal.EndToEnd.Tests;

/// <summary>The way to Microsoft Graph is cut while somebody works.</summary>
[Collection(BrowserFixture.Collection)]
public sealed partial class TenantOutageTests(BrowserFixture browser, TenantFixture tenant) : IClassFixture<TenantFixture>, IAsyncLifetime
{
    private const int LongEnough = 60_000;
    private const int Members = 1000;
    private const int PerRequest = 20;

    /// <summary>What a test before has broken does not break the next.</summary>
    public Task InitializeAsync()
    {
        tenant.Network.Mode = new FaultMode.Pass();
        tenant.Graph.Faults.Clear();
        return Task.CompletedTask;
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData(false, ColorScheme.Light, 1440)]
    [InlineData(true, ColorScheme.Dark, 390)]
    public async Task A_thousand_members_join_although_the_network_is_cut_in_the_middle(bool isCarriedOut, ColorScheme theme, int width)
    {
        await using var journey = await browser.BeginAsync(tenant.Portal, theme, width);
        var page = journey.Page;
        var name = $"Everybody {Guid.NewGuid():N}"[..18];
        var group = tenant.Graph.Directory.AddGroup(name);
        var people = tenant.Graph.Directory.All(GraphEmulation.Store.ObjectKind.User).Take(Members).ToList();
        await journey.SignInAsync("ada", "/groups?store=3");
        await journey.FindGroupAsync(name);
        await journey.Tab("Members").ClickAsync();
        await journey.Button("Paste many").ClickAsync();
        var names = string.Join('\n', people.Select(person => tenant.Graph.Directory.Value(person, "userPrincipalName")));
        await page.GetByLabel("Names, mail addresses").EvaluateAsync("(area, text) => { area.value = text; }", names);
        await journey.Button("Look up").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Add 1" }).ClickAsync(new() { Timeout = LongEnough });
        await journey.Button("Review changes").ClickAsync();
        await Expect(page.GetByText($"{Members:N0} join")).ToBeVisibleAsync(new() { Timeout = LongEnough });

        // The write in the middle reaches Graph; whether it does anything there, nobody on this side hears.
        var number = 0;
        using var middle = tenant.Graph.Faults.Inject(
            FaultKind.Hold,
            matches: request => request.Method == "PATCH" && request.Target.Contains(group.ToString(), StringComparison.Ordinal) && Interlocked.Increment(ref number) == Members / PerRequest / 2,
            afterHandling: isCarriedOut);
        await journey.Button($"Apply {Members:N0} changes").ClickAsync();
        await middle.Reached;
        tenant.Network.Mode = new FaultMode.Refuse();
        tenant.Network.ResetConnections();
        await Expect(page.GetByText(Outage())).ToBeVisibleAsync(new() { Timeout = LongEnough });
        await journey.AssertAccessibleAsync();
        if (isCarriedOut)
        {
            middle.Release();
        }

        tenant.Network.Mode = new FaultMode.Pass();
        await Expect(page.GetByText($"{Members:N0} of {Members:N0} done")).ToBeVisibleAsync(new() { Timeout = LongEnough });
        await journey.AssertAccessibleAsync();
        Assert.Equal(people.Order(), tenant.Graph.Directory.Members(group).Order());
    }

    [GeneratedRegex(@"The directory has not answered since \d{1,2}:\d\d:\d\d.*Nothing is lost")]
    private static partial Regex Outage();
}
