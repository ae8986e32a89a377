using GroupPortal.Tests;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GroupPortal.EndToEnd.Tests;

/// <summary>Groups of a tenant of Entra ID, through Microsoft Graph; at each step the tenant itself is asked whether it is true.</summary>
[Collection(BrowserFixture.Collection)]
public sealed class TenantGroupTests(BrowserFixture browser, TenantFixture tenant) : IClassFixture<TenantFixture>
{
    private const string Store = "5cjshm.onmicrosoft.com";

    /// <summary>Teams is asked once, and three times more ten seconds apart.</summary>
    private static readonly LocatorAssertionsToBeVisibleOptions AfterThreeAttempts = new() { Timeout = 60_000 };

    [Theory]
    [InlineData("Security", 4, ColorScheme.Light, 1440)]
    [InlineData("Microsoft 365", 16, ColorScheme.Dark, 390)]
    public async Task A_group_is_created_with_members_and_owners(string kind, int type, ColorScheme theme, int width)
    {
        await using var journey = await browser.BeginAsync(tenant.Portal, theme, width);
        var page = journey.Page;
        var name = $"Tenant {Guid.NewGuid():N}"[..20];
        await BeginAsync(journey, type);
        await page.Keyboard.PressAsync("Enter");
        await NameAsync(journey, name);
        await journey.StepAsync("Who is in it?");
        await journey.ChooseAsync("uma", "Uma Devi");
        await journey.ChooseAsync("hal", "Hal Reyes");
        await journey.Button("Next").ClickAsync();
        await journey.StepAsync("Who answers for it?");
        await journey.Button("Next").ClickAsync();
        await journey.StepAsync("What will happen");
        Assert.Null(tenant.Find(name));
        await journey.Button("Create with 2 members").ClickAsync();
        await Expect(page.GetByText($"{name} is created")).ToBeVisibleAsync();
        await journey.StepAsync("What happened");

        var group = Assert.NotNull(tenant.Find(name));
        var made = tenant.Graph.Directory.Object(group);
        Assert.Equal(type == 16 ? ["Unified"] : [], made["groupTypes"]!.AsArray().Select(one => one!.ToString()));
        Assert.Equal(type != 16, (bool)made["securityEnabled"]!);
        Assert.Equal(new[] { "uma", "hal" }.Select(tenant.Graph.Directory.Person), tenant.Graph.Directory.Members(group));
        Assert.Equal([tenant.Graph.Directory.Person("ada")], tenant.Graph.Directory.Owners(group));

        await page.GetByRole(AriaRole.Link, new() { Name = "Open the group" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = name })).ToBeVisibleAsync();
        await Expect(page.GetByText(kind, new() { Exact = true }).First).ToBeVisibleAsync();
        await journey.AssertAccessibleAsync();
    }

    [Theory]
    [InlineData(ColorScheme.Dark, 1440)]
    [InlineData(ColorScheme.Light, 390)]
    public async Task A_team_follows_its_group_and_is_no_failure_meanwhile(ColorScheme theme, int width)
    {
        await using var journey = await browser.BeginAsync(tenant.Portal, theme, width);
        var page = journey.Page;
        var name = $"Team {Guid.NewGuid():N}"[..20];
        await BeginAsync(journey, type: 32);
        await page.Keyboard.PressAsync("Enter");
        await NameAsync(journey, name);
        await journey.StepAsync("Who is in it?");
        await journey.Button("Next").ClickAsync();
        await journey.StepAsync("Who answers for it?");
        await journey.Button("Next").ClickAsync();
        await journey.StepAsync("What will happen");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Create") }).ClickAsync();

        await Expect(page.GetByText($"{name} is created, and its team follows")).ToBeVisibleAsync(AfterThreeAttempts);
        await journey.AssertAccessibleAsync();
        var group = Assert.NotNull(tenant.Find(name));
        Assert.Equal(4, tenant.Graph.Requests.Count(request => request.Method == "PUT" && request.Target.Contains($"{group}/team", StringComparison.Ordinal)));

        await page.GetByRole(AriaRole.Link, new() { Name = "Open the group" }).ClickAsync();
        await Expect(page.GetByText("The team follows.")).ToBeVisibleAsync();
        await journey.AssertAccessibleAsync();
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1440)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task Why_a_distribution_group_is_not_made_here_is_said_with_the_command_that_makes_it(ColorScheme theme, int width)
    {
        await using var journey = await browser.BeginAsync(tenant.Portal, theme, width);
        var page = journey.Page;
        await journey.SignInAsync("ada", "/groups/new");
        await journey.StepAsync("What kind of group?");
        await page.GetByRole(AriaRole.Radio, new() { Name = Store }).CheckAsync();

        await Expect(page.Locator("input[name=type][value='8']")).ToBeDisabledAsync();
        await Expect(page.Locator("#type-8-text")).ToContainTextAsync("Exchange Online");
        await page.Locator("details.exchange summary").ClickAsync();
        await page.Locator("#exchange-name").FillAsync("O'Hara's list");
        await Expect(page.Locator(".exchange-command pre")).ToContainTextAsync("New-DistributionGroup -Name 'O''Hara''s list'");
        await journey.AssertAccessibleAsync();
        Assert.DoesNotContain(tenant.Graph.Requests, request => request.Method == "POST" && request.Body.Contains("O'Hara", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1440)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task The_members_of_a_rule_of_Entra_ID_arrive_later(ColorScheme theme, int width)
    {
        await using var journey = await browser.BeginAsync(tenant.Portal, theme, width);
        var page = journey.Page;
        var name = $"Dynamic {Guid.NewGuid():N}"[..20];
        await BeginAsync(journey, type: 4);
        await page.GetByRole(AriaRole.Radio, new() { NameRegex = new("^Entra ID") }).CheckAsync();
        await page.Keyboard.PressAsync("Enter");
        await NameAsync(journey, name);
        await journey.StepAsync("Whom does the rule take in?");
        await page.GetByRole(AriaRole.Tab, new() { Name = "Entra" }).ClickAsync();
        await page.GetByLabel("Entra ID membership rule").FillAsync($"user.department -eq \"{TenantFixture.Department}\"");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "1 member then" })).ToBeVisibleAsync();
        await Expect(page.Locator(".effect-body:not(.stale)")).ToHaveCountAsync(1);
        await journey.AssertAccessibleAsync();
        await journey.Button("Next").ClickAsync();
        await journey.StepAsync("Who answers for it?");
        await journey.Button("Next").ClickAsync();
        await journey.StepAsync("What will happen");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Create") }).ClickAsync();
        await Expect(page.GetByText($"{name} is created")).ToBeVisibleAsync();

        var group = Assert.NotNull(tenant.Find(name));
        Assert.Equal($"user.department -eq \"{TenantFixture.Department}\"", tenant.Graph.Directory.Value(group, "membershipRule")?.ToString());
        await page.GetByRole(AriaRole.Link, new() { Name = "Open the group" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = name })).ToBeVisibleAsync();
        await journey.AssertAccessibleAsync();

        await Eventually.IsAsync(() => tenant.Graph.Directory.Members(group).Count > 0);
        Assert.Equal([tenant.Graph.Directory.Person("hal")], tenant.Graph.Directory.Members(group));
        await journey.Tab("Members").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("Hal Reyes");
        await journey.AssertAccessibleAsync();
    }

    private static async Task BeginAsync(Journey journey, int type)
    {
        await journey.SignInAsync("ada", "/groups/new");
        await journey.StepAsync("What kind of group?");
        await journey.Page.GetByRole(AriaRole.Radio, new() { Name = Store }).CheckAsync();
        await journey.Page.Locator($"input[name=type][value='{type}']").CheckAsync();
        await journey.AssertAccessibleAsync();
    }

    private static async Task NameAsync(Journey journey, string name)
    {
        await journey.StepAsync("What is it called, and who can join?");
        await journey.Page.GetByLabel("Name", new() { Exact = true }).FillAsync(name);
        await Expect(journey.Page.GetByText($"Free in {Store}")).ToBeVisibleAsync();
        await journey.Button("Next").ClickAsync();
    }
}
