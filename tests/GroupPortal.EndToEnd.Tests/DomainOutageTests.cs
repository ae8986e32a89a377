using System.Net;
using System.Text.RegularExpressions;
using GroupPortal.TestDirectories;
using GroupPortal.Tests;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GroupPortal.EndToEnd.Tests;

/// <summary>The domain goes away while somebody works. What she reads is true at every moment.</summary>
[Collection(BrowserFixture.Collection)]
public sealed partial class DomainOutageTests(BrowserFixture browser, DomainFixture domain) : IClassFixture<DomainFixture>, IAsyncLifetime
{
    private const int LongEnough = 30_000;

    /// <summary>Only the modify of a thousand members is as long.</summary>
    private const int LargeRequest = 40_000;

    /// <summary>Keeps every sentence about the plan, and every one about the outage, in the order in which they were shown.</summary>
    private const string Listen = """
        () => {
          window.told = [];
          const note = () => document.querySelectorAll(".plan-summary, .flow > .notice").forEach(e => {
            const text = e.innerText.trim();
            if (window.told.at(-1) !== text && !window.told.includes(text)) window.told.push(text);
          });
          new MutationObserver(note).observe(document.body, { childList: true, subtree: true, characterData: true });
        }
        """;

    /// <summary>What a test before has broken does not break the next.</summary>
    public async Task InitializeAsync()
    {
        domain.Network.Mode = new FaultMode.Pass();
        // Left in peace for a second after it did not answer, so one attempt may come too early.
        await Eventually.IsAsync(async () =>
        {
            using var client = domain.Portal.CreateClient();
            using var welcome = await client.SignInAsync("ada@demo.local", DomainFixture.AdaPassword);
            return welcome.StatusCode == HttpStatusCode.Redirect;
        });
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [SambaTheory]
    [InlineData(ColorScheme.Light, 1440)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task A_thousand_members_join_although_the_controller_is_restarted(ColorScheme theme, int width)
    {
        await using var journey = await browser.BeginAsync(domain.Portal, theme, width);
        var page = journey.Page;
        var group = $"Everybody {Guid.NewGuid():N}"[..16];
        await domain.NewGroupAsync(group);
        await journey.SignInAsync("ada@demo.local", "/groups?store=2", DomainFixture.AdaPassword);
        await journey.FindGroupAsync(group);
        await ReviewAThousandAsync(journey);

        await page.EvaluateAsync(Listen);
        // The modify reaches the server, and nothing comes back any more.
        domain.Network.Mode = new FaultMode.AwaitRequest(LargeRequest).Then(new FaultMode.DropAnswerThenClose().Then(new FaultMode.Refuse()));
        await journey.Button("Apply 1,000 changes").ClickAsync();
        await Eventually.IsAsync(() => domain.Network.Mode is not FaultMode.AwaitRequest);
        await domain.Controller.KillAsync();

        var outage = page.GetByText(Outage());
        await Expect(outage).ToBeVisibleAsync(new() { Timeout = LongEnough });
        await Expect(page.GetByText("0 of 1,000 done")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Progressbar)).ToBeVisibleAsync();
        await journey.AssertAccessibleAsync();

        await domain.Controller.StartAgainAsync();
        domain.Network.Mode = new FaultMode.Pass();

        await Expect(page.GetByText("1,000 of 1,000 done")).ToBeVisibleAsync(new() { Timeout = LongEnough });
        await Expect(outage).Not.ToBeVisibleAsync();
        await journey.AssertAccessibleAsync();
        var told = await page.EvaluateAsync<string[]>("window.told");
        Assert.Equal(3, told.Length);
        Assert.StartsWith("0 of 1,000 done", told[0], StringComparison.Ordinal);
        Assert.Matches(Outage(), told[1]);
        Assert.StartsWith("1,000 of 1,000 done", told[2], StringComparison.Ordinal);

        var members = await domain.ValuesAsync(group, "member");
        Assert.Equal(1000, members.Count);
        Assert.Equal(1000, members.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        await journey.Button("Done").ClickAsync();
        await journey.Tab("History").ClickAsync();
        await Expect(page.Locator(".history-entry")).ToHaveCountAsync(1);
    }

    [SambaTheory]
    [InlineData(ColorScheme.Dark, 1440)]
    [InlineData(ColorScheme.Light, 390)]
    public async Task Before_anything_was_sent_she_is_told_at_once_and_tries_again_when_it_is_back(ColorScheme theme, int width)
    {
        await using var journey = await browser.BeginAsync(domain.Portal, theme, width);
        var page = journey.Page;
        var group = $"Choir {Guid.NewGuid():N}"[..16];
        await domain.NewGroupAsync(group);
        await journey.SignInAsync("ada@demo.local", "/groups?store=2", DomainFixture.AdaPassword);
        await journey.FindGroupAsync(group);
        await page.GetByRole(AriaRole.Link, new() { Name = "Edit details" }).ClickAsync();
        await page.GetByLabel("Description").FillAsync("Sings on Mondays");
        await journey.Button("Review changes").ClickAsync();
        await Expect(page.GetByText("1 attribute changes")).ToBeVisibleAsync();

        Away();
        await journey.Button("Apply 1 change").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("The directory did not answer.");
        await journey.AssertAccessibleAsync();
        Assert.Empty(await domain.ValuesAsync(group, "description"));

        await page.GotoAsync("/");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Welcome, Ada" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("The directory did not answer.");
        await journey.AssertAccessibleAsync();
        await page.GotoAsync("/groups?store=3");
        await Expect(page.Locator(".list-link").First).ToBeVisibleAsync();
        await page.GotoAsync("/groups?store=2");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("The directory did not answer.");
        await journey.AssertAccessibleAsync();

        domain.Network.Mode = new FaultMode.Pass();
        await Eventually.IsAsync(async () =>
        {
            // Left in peace for a second after it did not answer, so one click may come too early.
            if (await page.Locator(".error button:enabled").CountAsync() > 0)
            {
                await journey.Button("Try again").ClickAsync();
            }

            await page.Locator(".list-link, .error button:enabled").First.WaitForAsync();
            return await page.Locator(".list-link").CountAsync() > 0;
        });
        await journey.FindGroupAsync(group);
    }

    [SambaFact]
    public async Task A_creation_that_could_not_begin_is_said_to_have_left_nothing()
    {
        await using var journey = await browser.BeginAsync(domain.Portal);
        var page = journey.Page;
        var group = $"Choir {Guid.NewGuid():N}"[..16];
        await journey.SignInAsync("ada@demo.local", "/groups/new", DomainFixture.AdaPassword);
        await journey.StepAsync("What kind of group?");
        await page.GetByRole(AriaRole.Radio, new() { Name = "demo.local" }).CheckAsync();
        await page.Keyboard.PressAsync("Enter");
        await journey.StepAsync("What is it called, and who can join?");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync(group);
        await Expect(page.GetByText("Free in demo.local")).ToBeVisibleAsync();
        await page.GetByLabel("Name", new() { Exact = true }).PressAsync("Enter");
        await journey.StepAsync("Who is in it?");
        await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Combobox).PressAsync("Enter");
        await journey.StepAsync("Who answers for it?");
        await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Combobox).PressAsync("Enter");
        await journey.StepAsync("What will happen");

        Away();
        await journey.Button("Create group").ClickAsync();
        await journey.StepAsync("What happened");
        await Expect(page.GetByText($"{group} was not created")).ToBeVisibleAsync();
        await Expect(page.GetByText("The directory did not answer.").First).ToBeVisibleAsync();
        await journey.AssertAccessibleAsync();
        Assert.Empty(await domain.ValuesAsync(group, "cn"));
    }

    [SambaFact]
    public async Task The_portal_starts_without_the_domain_and_says_why_nobody_gets_in()
    {
        Away();
        await domain.Portal.StopAsync();
        await domain.Portal.StartAgainAsync();
        await using var journey = await browser.BeginAsync(domain.Portal);
        var page = journey.Page;
        await page.GotoAsync("/");
        await page.GetByLabel("Account name").FillAsync("ada@demo.local");
        await page.GetByLabel("Password").FillAsync(DomainFixture.AdaPassword);
        await journey.Button("Sign in").ClickAsync();
        await Expect(page.GetByText("The directory does not answer, so nobody can be signed in by it.")).ToBeVisibleAsync();
        await journey.AssertAccessibleAsync();

        domain.Network.Mode = new FaultMode.Pass();
        // Left in peace for a second after it did not answer, so one attempt may come too early.
        await Eventually.IsAsync(async () =>
        {
            await page.GetByLabel("Password").FillAsync(DomainFixture.AdaPassword);
            await journey.Button("Sign in").ClickAsync();
            await page.Locator("nav, .notice-negative, [role=alert]").First.WaitForAsync();
            return await page.GetByRole(AriaRole.Navigation, new() { Name = "Main" }).CountAsync() > 0;
        });
    }

    private async Task ReviewAThousandAsync(Journey journey)
    {
        var page = journey.Page;
        var people = (await domain.Tool.ValuesAsync(SambaDomainController.BaseDn, "(sAMAccountType=805306368)", "sAMAccountName")).Take(1000).ToList();
        Assert.Equal(1000, people.Count);
        await journey.Tab("Members").ClickAsync();
        await journey.Button("Paste many").ClickAsync();
        await page.GetByLabel("Names, mail addresses").EvaluateAsync("(area, text) => { area.value = text; }", string.Join('\n', people));
        await journey.Button("Look up").ClickAsync();
        await journey.AssertAccessibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Add 1" }).ClickAsync(new() { Timeout = LongEnough });
        await journey.Button("Review changes").ClickAsync();
        await Expect(page.GetByText("1,000 join")).ToBeVisibleAsync(new() { Timeout = LongEnough });
        await journey.AssertAccessibleAsync();
    }

    private void Away()
    {
        domain.Network.Mode = new FaultMode.Refuse();
        domain.Network.ResetConnections();
    }

    [GeneratedRegex(@"The directory has not answered since \d{1,2}:\d\d:\d\d.*Nothing is lost.*tries until \d{1,2}:\d\d:\d\d")]
    private static partial Regex Outage();
}
