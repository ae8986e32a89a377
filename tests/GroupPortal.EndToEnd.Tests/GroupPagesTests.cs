using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GroupPortal.EndToEnd.Tests;

[Collection(BrowserFixture.Collection)]
public sealed partial class GroupPagesTests(BrowserFixture browser)
{
    [Fact]
    public async Task A_description_is_edited_planned_applied_and_remembered()
    {
        await using var journey = await browser.BeginAsync();
        var page = journey.Page;
        await OpenAsync(journey, "Chess");
        await page.GetByRole(AriaRole.Link, new() { Name = "Edit details" }).ClickAsync();
        await page.GetByLabel("Description").FillAsync("Openings on Mondays");
        await page.GetByRole(AriaRole.Radio, new() { Name = "On approval" }).CheckAsync();
        await journey.AssertAccessibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Review changes" }).ClickAsync();

        await Expect(page.GetByText("2 attributes change")).ToBeVisibleAsync();
        await journey.AssertAccessibleAsync();
        // Twice, as impatient people do: it is applied once.
        await page.GetByRole(AriaRole.Button, new() { Name = "Apply 2 changes" }).DblClickAsync();
        await Expect(page.GetByText("2 of 2 done")).ToBeVisibleAsync();
        await journey.AssertAccessibleAsync();

        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Download" }).ClickAsync());
        Assert.Contains("description,,Mailing list: Chess,Openings on Mondays,Set,Applied", await File.ReadAllTextAsync(await download.PathAsync()), StringComparison.Ordinal);

        await AssertNotForOthersAsync(download.Url);

        await page.GetByRole(AriaRole.Button, new() { Name = "Done" }).ClickAsync();
        await Expect(page.Locator(".facts")).ToContainTextAsync("Openings on Mondays");
        await journey.Tab("History").ClickAsync();
        await Expect(page.Locator(".history-entry")).ToHaveCountAsync(1);
        await page.Locator(".entry-head").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Cell, new() { Name = "Applied" })).ToHaveCountAsync(2);
        await journey.AssertAccessibleAsync();
    }

    [Fact]
    public async Task A_taken_name_is_said_beside_the_field_and_the_field_is_where_one_stands()
    {
        await using var journey = await browser.BeginAsync();
        var page = journey.Page;
        await OpenAsync(journey, "Chess");
        await page.GetByRole(AriaRole.Link, new() { Name = "Edit details" }).ClickAsync();
        var name = page.GetByLabel("Name", new() { Exact = true });
        await name.FillAsync("DemoGroup1");
        await page.GetByRole(AriaRole.Button, new() { Name = "Review changes" }).ClickAsync();

        await Expect(page.Locator("#edit-name-problem")).ToContainTextAsync("is taken in demo.local, by DemoGroup1");
        await Expect(name).ToBeFocusedAsync();
        await journey.AssertAccessibleAsync();
    }

    [Theory]
    [InlineData("de-DE", "Januar 2019")]
    [InlineData("en-US", "January 7, 2019")]
    public async Task Dates_are_written_as_the_browser_asks_and_the_words_stay_English(string locale, string date)
    {
        await using var journey = await browser.BeginAsync(locale: locale);
        await OpenAsync(journey, "DemoGroup1");
        await Expect(journey.Page.Locator(".facts")).ToContainTextAsync(date);
        await Expect(journey.Page.Locator(".facts")).ToContainTextAsync("years ago");
    }

    [Fact]
    public async Task Two_people_who_edit_one_group_see_both_values()
    {
        await using var first = await browser.BeginAsync();
        await using var second = await browser.BeginAsync();
        await EditDescriptionAsync(first, "ada", "Choir", "Ada's words");
        await EditDescriptionAsync(second, "ida", "Choir", "Ida's words");
        foreach (var journey in new[] { first, second })
        {
            await journey.Page.GetByRole(AriaRole.Button, new() { Name = "Review changes" }).ClickAsync();
            await Expect(journey.Page.GetByText("1 attribute changes")).ToBeVisibleAsync();
        }

        await first.Page.GetByRole(AriaRole.Button, new() { Name = "Apply 1 change" }).ClickAsync();
        await Expect(first.Page.GetByText("1 of 1 done")).ToBeVisibleAsync();
        await second.Page.GetByRole(AriaRole.Button, new() { Name = "Apply 1 change" }).ClickAsync();

        await Expect(second.Page.Locator(".plan-row-conflict")).ToContainTextAsync("Ada's words");
        await Expect(second.Page.Locator(".plan-row-conflict")).ToContainTextAsync("Ida's words");
        await second.AssertAccessibleAsync();
        await second.Page.GetByRole(AriaRole.Button, new() { Name = "Plan again" }).ClickAsync();
        await Expect(second.Page.Locator(".plan-row")).ToContainTextAsync("Ada's words");
        await second.Page.GetByRole(AriaRole.Button, new() { Name = "Apply 1 change" }).ClickAsync();
        await Expect(second.Page.GetByText("1 of 1 done")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_group_is_deleted_by_its_typed_name_and_its_page_says_so_afterwards()
    {
        await using var journey = await browser.BeginAsync();
        var page = journey.Page;
        await OpenAsync(journey, "Cycling");
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        var delete = page.GetByRole(AriaRole.Button, new() { Name = "Delete the group" });
        await Expect(delete).ToBeDisabledAsync();
        await journey.AssertAccessibleAsync();
        await page.GetByLabel("To go on, type the name:").FillAsync("Cycling");
        await delete.ClickAsync();
        await Expect(page.GetByText("1 of 1 done")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Done" }).ClickAsync();

        await Expect(page.GetByText("This group does not exist, or no longer")).ToBeVisibleAsync();
        await Expect(page.Locator(".history-entry")).ToContainTextAsync("Deleted");
        await journey.AssertAccessibleAsync();
    }

    [Fact]
    public async Task Members_join_and_leave_by_one_plan()
    {
        await using var journey = await browser.BeginAsync();
        var page = journey.Page;
        await OpenAsync(journey, "Board Games");
        await journey.Tab("Members").ClickAsync();
        await page.GetByLabel("Add members").And(page.GetByRole(AriaRole.Combobox)).FillAsync("uma");
        await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Option, new() { Name = "Uma Devi" }).ClickAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.Locator(".members-action button").First.ClickAsync();
        await Expect(page.Locator(".members-wish")).ToContainTextAsync("2 changes to be reviewed");
        await journey.AssertAccessibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Review changes" }).ClickAsync();
        await Expect(page.GetByText("1 joins, 1 leaves")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Apply 2 changes" }).ClickAsync();
        await Expect(page.GetByText("2 of 2 done")).ToBeVisibleAsync();
        await journey.AssertAccessibleAsync();
    }

    [Fact]
    public async Task The_search_in_the_bar_leads_to_a_group_or_to_the_list_and_back_works()
    {
        await using var journey = await browser.BeginAsync();
        var page = journey.Page;
        await journey.SignInAsync("ada");
        await page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Welcome, Ada" }).WaitForAsync();
        var search = page.GetByRole(AriaRole.Banner).GetByRole(AriaRole.Combobox, new() { Name = "Find a group" });
        await Expect(page.Locator(".door-count").Last).Not.ToHaveTextAsync("…");
        await page.Keyboard.PressAsync("Control+k");
        await Expect(search).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("demogroup");
        await Expect(page.GetByRole(AriaRole.Option, new() { Name = "DemoGroup2" })).ToBeVisibleAsync();
        await journey.AssertAccessibleAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "DemoGroup1" })).ToBeVisibleAsync();

        await search.FillAsync("app");
        await search.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(ListOfApps());
        await page.GoBackAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "DemoGroup1" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Another_directory_is_chosen_in_the_bar_and_stays()
    {
        await using var journey = await browser.BeginAsync();
        var page = journey.Page;
        await journey.SignInAsync("ada", "/groups");
        await page.Locator(".list-table").WaitForAsync();
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Identity store" }).SelectOptionAsync("5cjshm.onmicrosoft.com");
        await Expect(page).ToHaveURLAsync(new Uri(browser.Portal.Address, "/groups?store=3").ToString());
        await Expect(page.Locator(".page-header")).ToContainTextAsync("5cjshm.onmicrosoft.com");

        await page.GotoAsync("/groups");
        await Expect(page.Locator(".page-header")).ToContainTextAsync("5cjshm.onmicrosoft.com");
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1440)]
    [InlineData(ColorScheme.Dark, 1440)]
    [InlineData(ColorScheme.Light, 390)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task Every_page_is_accessible_and_fits(ColorScheme theme, int width)
    {
        await using var journey = await browser.BeginAsync(theme, width);
        var page = journey.Page;
        await journey.SignInAsync("hal");
        await Expect(page.Locator(".door-count").Last).Not.ToHaveTextAsync("…");
        await CheckAsync(journey, width);
        await page.GotoAsync("/history");
        await page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "History" }).WaitForAsync();
        await CheckAsync(journey, width);
        await page.GotoAsync("/groups?store=2&q=accessibility");
        await page.Locator(".list-link").First.WaitForAsync();
        await CheckAsync(journey, width);
        await page.Locator(".list-link").First.ClickAsync();
        foreach (var tab in (string[])["Members", "Owners", "Attributes", "Member of", "History", "Overview"])
        {
            await journey.Tab(tab).ClickAsync();
            await Expect(journey.Tab(tab)).ToHaveAttributeAsync("aria-current", "page");
            await Expect(page.Locator("main .loading")).ToHaveCountAsync(0);
            await CheckAsync(journey, width);
        }
    }

    private async Task AssertNotForOthersAsync(string file)
    {
        await using var other = await browser.BeginAsync();
        var unknown = await other.Page.APIRequest.GetAsync(file, new() { MaxRedirects = 0 });
        Assert.Equal(302, unknown.Status);
        await other.SignInAsync("uma");
        var answer = await other.Page.APIRequest.GetAsync(file, new() { MaxRedirects = 0 });
        Assert.Equal(404, answer.Status);
    }

    private static async Task CheckAsync(Journey journey, int width)
    {
        await journey.AssertAccessibleAsync();
        Assert.Equal(width, await journey.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }

    private static async Task OpenAsync(Journey journey, string group, string account = "ada")
    {
        await journey.SignInAsync(account, "/groups?store=2");
        await journey.FindGroupAsync(group);
    }

    private static async Task EditDescriptionAsync(Journey journey, string account, string group, string description)
    {
        await OpenAsync(journey, group, account);
        await journey.Page.GetByRole(AriaRole.Link, new() { Name = "Edit details" }).ClickAsync();
        await journey.Page.GetByLabel("Description").FillAsync(description);
    }

    [GeneratedRegex(@"/groups\?store=2&q=app$")]
    private static partial Regex ListOfApps();
}
