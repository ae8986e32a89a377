using GroupPortal.Tests;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GroupPortal.EndToEnd.Tests;

[Collection(BrowserFixture.Collection)]
public sealed class ShellTests(BrowserFixture browser)
{
    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 1280)]
    [InlineData(ColorScheme.Light, 390)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task Ada_signs_in_and_sees_the_start_page(ColorScheme theme, int width)
    {
        await using var journey = await browser.BeginAsync(theme, width);
        await journey.Page.GotoAsync("/");
        await Expect(journey.Page).ToHaveTitleAsync("Sign in · GroupPortal");
        await journey.AssertAccessibleAsync();

        await journey.SignInAsync("ada");

        await Expect(journey.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Welcome, Ada");
        await Expect(journey.Page).ToHaveTitleAsync("Welcome, Ada · GroupPortal");
        await journey.AssertAccessibleAsync();
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/groups/42?tab=members")]
    public async Task Who_is_not_signed_in_comes_to_the_sign_in_page_and_back(string path)
    {
        await using var journey = await browser.BeginAsync();
        await journey.Page.GotoAsync(path);
        await Expect(journey.Page).ToHaveURLAsync(new Uri(browser.Portal.Address, $"/sign-in?returnUrl={Uri.EscapeDataString(path)}").ToString());
    }

    [Fact]
    public async Task A_wrong_password_is_answered_in_words()
    {
        await using var journey = await browser.BeginAsync();
        await journey.Page.GotoAsync("/sign-in");
        await journey.Page.GetByLabel("Account name").FillAsync("ada");
        await journey.Page.GetByLabel("Password").FillAsync("guess");
        await journey.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();

        await Expect(journey.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("do not match");
        await Expect(journey.Page.GetByLabel("Account name")).ToHaveValueAsync("ada");
        await journey.AssertAccessibleAsync();
    }

    [Fact]
    public async Task Signing_out_ends_the_session()
    {
        await using var journey = await browser.BeginAsync();
        await journey.SignInAsync("uma");
        await journey.Page.GetByRole(AriaRole.Button, new() { Name = "account and appearance" }).ClickAsync();
        await journey.AssertAccessibleAsync();
        await journey.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();

        await Expect(journey.Page).ToHaveTitleAsync("Sign in · GroupPortal");
        await journey.Page.GotoAsync("/");
        await Expect(journey.Page).ToHaveTitleAsync("Sign in · GroupPortal");
    }

    [Fact]
    public async Task The_chosen_theme_stays_and_is_there_from_the_first_byte()
    {
        await using var journey = await browser.BeginAsync();
        await journey.SignInAsync("ada");
        await journey.Page.GetByRole(AriaRole.Button, new() { Name = "account and appearance" }).ClickAsync();
        await journey.Page.GetByRole(AriaRole.Radio, new() { Name = "Dark" }).CheckAsync();
        await Expect(journey.Page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");

        var answer = await journey.Page.ReloadAsync();

        Assert.Contains("data-theme=\"dark\"", await answer!.TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_rail_folds_and_stays_folded()
    {
        await using var journey = await browser.BeginAsync();
        await journey.SignInAsync("ada");
        await journey.Page.GetByRole(AriaRole.Button, new() { Name = "Collapse navigation" }).ClickAsync();
        await Expect(journey.Page.GetByRole(AriaRole.Button, new() { Name = "Expand navigation" })).ToBeVisibleAsync();
        await journey.AssertAccessibleAsync();

        await journey.Page.ReloadAsync();

        await Expect(journey.Page.GetByRole(AriaRole.Button, new() { Name = "Expand navigation" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_missing_page_says_so_inside_the_shell()
    {
        await using var journey = await browser.BeginAsync();
        journey.Expect("404");
        await journey.SignInAsync("ada");
        await journey.Page.GotoAsync("/no-such-page");

        await Expect(journey.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Page not found");
        await journey.AssertAccessibleAsync();
    }

    [Fact]
    public async Task The_skip_link_leads_past_the_navigation()
    {
        await using var journey = await browser.BeginAsync();
        await journey.SignInAsync("ada");
        await journey.Page.GetByRole(AriaRole.Link, new() { Name = "Skip to content" }).FocusAsync();
        await journey.Page.Keyboard.PressAsync("Enter");

        await Expect(journey.Page.Locator("main")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task A_portal_that_crashed_and_came_back_is_there_again_without_a_click()
    {
        await using var portal = await PortalProcess.StartAsync();
        await using var journey = await browser.BeginAsync(portal);
        // What Blazor and Chromium say about a server that is gone.
        foreach (var complaint in (string[])["WebSocket", "Connection", "Cannot send data", "ERR_CONNECTION", "Failed to", "circuit"])
        {
            journey.Expect(complaint);
        }

        await journey.SignInAsync("ada");
        await portal.KillAsync();
        await Expect(journey.Page.GetByRole(AriaRole.Dialog, new() { Name = "Connection lost" })).ToBeVisibleAsync();
        await portal.StartAgainAsync();

        await Expect(journey.Page.GetByRole(AriaRole.Dialog)).ToBeHiddenAsync(new() { Timeout = 60_000 });
        await Expect(journey.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Welcome, Ada");
    }
}
