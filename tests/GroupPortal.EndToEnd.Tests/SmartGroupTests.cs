using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GroupPortal.EndToEnd.Tests;

/// <summary>Groups whose members a rule decides, from the wizard to the group's own page and back to people.</summary>
[Collection(BrowserFixture.Collection)]
public sealed class SmartGroupTests(BrowserFixture browser)
{
    [Theory]
    [InlineData(ColorScheme.Light, 1440)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task A_rule_fills_a_new_group_is_changed_and_given_up(ColorScheme theme, int width)
    {
        await using var journey = await browser.BeginAsync(theme, width);
        var page = journey.Page;
        var name = $"Smart {Guid.NewGuid():N}";
        await journey.SignInAsync("ada", "/groups/new");
        await journey.StepAsync("What kind of group?");
        await page.GetByRole(AriaRole.Radio, new() { Name = "demo.local" }).CheckAsync();
        await page.GetByRole(AriaRole.Radio, new() { Name = "A rule does" }).CheckAsync();
        await page.Keyboard.PressAsync("Enter");
        await journey.StepAsync("What is it called, and who can join?");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync(name);
        await Expect(page.GetByText("Free in demo.local")).ToBeVisibleAsync();
        await journey.Button("Next").ClickAsync();

        await journey.StepAsync("Whom does the rule take in?");
        await journey.Button("Next").ClickAsync();
        await Expect(page.GetByText("The rule has no condition yet.")).ToBeVisibleAsync();
        await TypeRuleAsync(page, "(department Is Exactly \"Finance\")");
        await Expect(page.Locator(".effect .chart tbody tr")).ToHaveCountAsync(1);
        // While the next answer is on its way the numbers are dimmed on purpose.
        await Expect(page.Locator(".effect-body:not(.stale)")).ToHaveCountAsync(1);
        await journey.AssertAccessibleAsync();
        await journey.Button("Next").ClickAsync();

        await journey.StepAsync("Who answers for it?");
        await journey.Button("Next").ClickAsync();
        await journey.StepAsync("When is it updated?");
        await page.GetByRole(AriaRole.Radio, new() { Name = "Daily at" }).CheckAsync();
        await journey.Button("Next").ClickAsync();

        await journey.StepAsync("What will happen");
        var create = page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Create, and let [0-9,]+ join$") });
        await create.ClickAsync();
        await journey.StepAsync("What happened");
        await Expect(page.GetByText("The members are as the rule has them.")).ToBeVisibleAsync();
        await journey.AssertAccessibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Open the group" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = name })).ToBeVisibleAsync();
        await journey.Tab("Rule").ClickAsync();
        await Expect(page.Locator(".count-joining .effect-number")).ToHaveTextAsync("+0");
        await Expect(page.Locator(".rule-body")).ToContainTextAsync("Department is exactly Finance");
        await Expect(page.Locator(".schedule-now")).ToContainTextAsync("Daily at");
        await journey.AssertAccessibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Edit rule" }).ClickAsync();
        await TypeRuleAsync(page, "(department Is Exactly \"Finance\") and not (title Contains \"zzz\")");
        await Expect(journey.Button("Review the change")).ToBeEnabledAsync();
        await journey.Button("Review the change").ClickAsync();
        await Expect(page.GetByText("Saving writes the rule")).ToBeVisibleAsync();
        await journey.AssertAccessibleAsync();
        await journey.Button("Apply 1 change").ClickAsync();
        await Expect(page.GetByText("1 of 1 done")).ToBeVisibleAsync();
        await journey.Button("Done").ClickAsync();
        await Expect(page.Locator(".rule-body")).ToContainTextAsync("Title does not contain zzz");

        await journey.Button("Update now").ClickAsync();
        await Expect(page.GetByText("Everybody was where the rule has them.")).ToBeVisibleAsync();

        await journey.Button("Let people choose").ClickAsync();
        await Expect(page.GetByText("Everybody who is in the group now stays")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Apply") }).ClickAsync();
        await journey.Button("Done").ClickAsync();
        await Expect(page.GetByText("People choose the members")).ToBeVisibleAsync();

        // And back again: nobody is lost by a rule that misses them all.
        await page.GetByRole(AriaRole.Link, new() { Name = "Let a rule decide" }).ClickAsync();
        await TypeRuleAsync(page, "(department Is Exactly \"Nobody has this\")");
        await journey.Button("Next: who stays").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 2, NameRegex = new("members whom the rule misses$") })).ToBeVisibleAsync();
        await journey.AssertAccessibleAsync();
        await journey.Button("Review the change").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Apply") }).ClickAsync();
        await journey.Button("Done").ClickAsync();
        await Expect(page.Locator(".count-leaving .effect-number")).ToHaveTextAsync("−0");
        await Expect(page.GetByText("Was a member before the rule").First).ToBeVisibleAsync();
    }

    private static async Task TypeRuleAsync(IPage page, string text)
    {
        await page.GetByRole(AriaRole.Tab, new() { Name = "GroupID" }).ClickAsync();
        await page.GetByLabel("GroupID criteria").FillAsync(text);
    }
}
