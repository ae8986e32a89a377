using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GroupPortal.EndToEnd.Tests;

/// <summary>An update that would empty a group: held, shown, and decided by somebody else than who asked.</summary>
[Collection(BrowserFixture.Collection)]
public sealed class HeldUpdateTests(BrowserFixture browser)
{
    private const int Store = 2;

    [Theory]
    [InlineData(ColorScheme.Light, 1440)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task The_guard_holds_an_emptying_update_until_another_person_approves_it(ColorScheme theme, int width)
    {
        var name = $"Held {Guid.NewGuid():N}";
        var group = await browser.Portal.CreateSmartByApiAsync("hal", Store, name, "(department Is Exactly \"Finance\")");
        await using (var asking = await browser.BeginAsync(theme, width))
        {
            await asking.SignInAsync("hal", $"/smart-groups?store={Store}&q={name}");
            await UpdateAsync(asking, name, "1 applied");
            await browser.Portal.ChangeRuleByApiAsync("hal", Store, group, "(department Is Exactly \"nowhere at all\")");
            await UpdateAsync(asking, name, "1 held");
            await asking.AssertAccessibleAsync();
            await AssertFitsAsync(asking.Page);

            await asking.Page.GotoAsync($"/held/{Store}/{group:D}");
            await Expect(asking.Page.GetByText("Somebody else has to approve it")).ToBeVisibleAsync();
            await asking.AssertAccessibleAsync();
        }

        await using var deciding = await browser.BeginAsync(theme, width);
        var page = deciding.Page;
        await deciding.SignInAsync("ada", "/held");
        await page.GetByRole(AriaRole.Link, new() { Name = name }).ClickAsync();
        await Expect(page.GetByText("This would remove all members.")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Would leave" }).GetByRole(AriaRole.Listitem).First).ToBeVisibleAsync();
        await Expect(page.GetByText("Nobody would join.")).ToBeVisibleAsync();
        await deciding.AssertAccessibleAsync();
        await AssertFitsAsync(page);

        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Approve [0-9,]+ changes$") }).ClickAsync();
        await Expect(page.GetByText("Say why, so that others can follow the decision later.")).ToBeVisibleAsync();
        await page.GetByLabel("Reason").FillAsync("The department is gone");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Approve [0-9,]+ changes$") }).ClickAsync();

        await Expect(page.GetByText("The members are as the rule has them.")).ToBeVisibleAsync();
        await deciding.AssertAccessibleAsync();
        await page.GotoAsync($"/groups/{Store}/{group:D}?tab=history");
        await page.GetByRole(AriaRole.Button, new() { Name = "Updated by rule" }).First.ClickAsync();
        await Expect(page.GetByText("Asked by hal, held, and approved by ada: The department is gone")).ToBeVisibleAsync();
    }

    private static async Task UpdateAsync(Journey journey, string name, string outcome)
    {
        await journey.Page.GetByLabel($"Select {name}").CheckAsync();
        await journey.Button("Update 1 group now").ClickAsync();
        await Expect(journey.Page.Locator(".run-summary")).ToHaveTextAsync(outcome);
    }

    private static async Task AssertFitsAsync(IPage page) =>
        Assert.True(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"));
}
