using System.Text;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GroupPortal.EndToEnd.Tests;

[Collection(BrowserFixture.Collection)]
public sealed class ImportTests(BrowserFixture browser)
{
    private const string Queries = """
        [{ "GroupName": "DemoGroup1", "Criteria": "(department Present)", "Exclude": ["nobody.at.all"] },
         { "GroupName": "DemoGroup2", "Criteria": "(department contains \"eng\"" }]
        """;

    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task Queries_are_recognised_and_settled(ColorScheme scheme, int width)
    {
        await using var journey = await browser.BeginAsync(scheme, width);
        var page = journey.Page;
        await journey.SignInAsync("ada", "/groups/import");
        await page.GetByLabel("JSON export or CSV of queries").SetInputFilesAsync(
            new FilePayload { Name = "queries.json", MimeType = "application/json", Buffer = Encoding.UTF8.GetBytes(Queries) });

        await Expect(page.GetByText("“nobody.at.all” was not found").First).ToBeVisibleAsync();
        await Expect(page.Locator(".effect-problems").Nth(1)).ToContainTextAsync("$[1].Criteria");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Save 0 groups" })).ToBeDisabledAsync();
        await journey.AssertAccessibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Leave out" }).ClickAsync();

        await Expect(page.GetByText("Every name led to one object.")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Save 1 group" })).ToBeEnabledAsync();
        await journey.AssertAccessibleAsync();
        Assert.True(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"));
    }

    [Fact]
    public async Task A_pasted_list_is_read_and_the_other_ways_in_are_there()
    {
        await using var journey = await browser.BeginAsync();
        var page = journey.Page;
        await journey.SignInAsync("ada", "/groups/import");
        await page.GetByRole(AriaRole.Radio, new() { Name = "Groups of this directory" }).CheckAsync();
        await Expect(page.GetByRole(AriaRole.Combobox, new() { Name = "Groups that get a rule" })).ToBeVisibleAsync();
        await journey.AssertAccessibleAsync();
        await page.GetByRole(AriaRole.Radio, new() { Name = "Pasted text" }).CheckAsync();
        await page.GetByLabel("JSON, CSV, or one group in each line").FillAsync("DemoGroup1\nDemoGroup2");
        await page.GetByRole(AriaRole.Button, new() { Name = "Read the text" }).ClickAsync();

        await Expect(page.Locator(".facts")).ToContainTextAsync("List of groups");
        await Expect(page.Locator("article.effect")).ToHaveCountAsync(2);
        await journey.AssertAccessibleAsync();
    }
}
