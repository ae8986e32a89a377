using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GroupPortal.EndToEnd.Tests;

[Collection(BrowserFixture.Collection)]
public sealed class NewGroupTests(BrowserFixture browser)
{
    [Theory]
    [InlineData("demo.local", ColorScheme.Light, 1440)]
    [InlineData("5cjshm.onmicrosoft.com", ColorScheme.Dark, 390)]
    public async Task A_group_with_members_and_owners_is_created(string store, ColorScheme theme, int width)
    {
        await using var journey = await browser.BeginAsync(theme, width);
        var page = journey.Page;
        var name = $"Journey {Guid.NewGuid():N}";
        await journey.SignInAsync("ada", "/groups/new");
        await journey.StepAsync("What kind of group?");
        await page.GetByRole(AriaRole.Radio, new() { Name = store }).CheckAsync();
        await Expect(page.GetByRole(AriaRole.Complementary)).ToContainTextAsync(store);
        await journey.AssertAccessibleAsync();

        await page.Keyboard.PressAsync("Enter");
        await journey.StepAsync("What is it called, and who can join?");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync(name);
        await Expect(page.GetByText($"Free in {store}")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Radio, new() { Name = "On approval" }).CheckAsync();

        // Everything is still there after a reload, on the same step.
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/groups/new/[0-9a-f-]{36}$"));
        await page.GetByText("Draft saved").WaitForAsync();
        await SavedAsync(page, name);
        await page.ReloadAsync();
        await Expect(page.GetByLabel("Name", new() { Exact = true })).ToHaveValueAsync(name);
        await Expect(page.GetByRole(AriaRole.Radio, new() { Name = "On approval" })).ToBeCheckedAsync();

        // The page listens to keys a moment after it shows; by then the name has been checked again.
        await Expect(page.GetByText($"Free in {store}")).ToBeVisibleAsync();
        await journey.StepAsync("What is it called, and who can join?");
        await page.GetByLabel("Name", new() { Exact = true }).PressAsync("Enter");
        await journey.StepAsync("Who is in it?");
        await journey.ChooseAsync("uma", "Uma Devi");
        await journey.ChooseAsync("hal", "Hal Reyes");
        await journey.AssertAccessibleAsync();

        // Escape closes the list first, then goes back; nothing is lost.
        await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Combobox).FillAsync("ida");
        await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Option).First.WaitForAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Combobox)).ToHaveValueAsync("");
        await page.Keyboard.PressAsync("Escape");
        await journey.StepAsync("What is it called, and who can join?");
        await page.Keyboard.PressAsync("Enter");
        await journey.StepAsync("Who is in it?");

        await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Combobox).PressAsync("Enter");
        await journey.StepAsync("Who answers for it?");
        await Expect(page.GetByText("1 owner")).ToBeVisibleAsync();
        await journey.ChooseAsync("ida", "Ida Sommer");

        await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Combobox).PressAsync("Enter");
        await journey.StepAsync("What will happen");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create with 2 members" }).DblClickAsync();
        await journey.StepAsync("What happened");
        await Expect(page.GetByText($"{name} is created")).ToBeVisibleAsync();

        await page.ReloadAsync();
        await Expect(page.GetByText($"{name} is created")).ToBeVisibleAsync();

        // A script sees the same group.
        var group = await browser.Portal.GroupByApiAsync("ada", store == "demo.local" ? 2 : 3, name, "members", "XGroupSecurity");
        Assert.Equal(2, group["members"]!.AsArray().Count);
        Assert.Equal("Semi_Private", group["XGroupSecurity"]![0]!["value"]!.GetValue<string>());

        // The next group begins in the directory chosen last.
        await page.GotoAsync("/groups/new");
        await Expect(page.GetByRole(AriaRole.Radio, new() { Name = store })).ToBeCheckedAsync();
        await Expect(page.GetByText("have not finished it")).Not.ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_pasted_list_of_100_000_lines_does_not_end_the_session()
    {
        await using var journey = await browser.BeginAsync();
        var page = journey.Page;
        await journey.SignInAsync("ada", "/groups/new");
        await journey.StepAsync("What kind of group?");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync($"Journey {Guid.NewGuid():N}");
        await page.GetByLabel("Name", new() { Exact = true }).PressAsync("Enter");
        await journey.StepAsync("Who is in it?");
        await page.GetByRole(AriaRole.Button, new() { Name = "Paste many" }).ClickAsync();
        var lines = Enumerable.Range(0, 100_000).Select(number => $"nobody.of.that.name.{number}@demo.local").Append("uma");
        // Typing 4 MB takes Playwright longer than a paste takes a person.
        await page.GetByLabel("Names, mail addresses").EvaluateAsync("(area, text) => { area.value = text; }", string.Join('\n', lines));
        await page.GetByRole(AriaRole.Button, new() { Name = "Look up" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Tab, new() { Name = "Not found" })).ToContainTextAsync("100,000", new() { Timeout = 120_000 });
        await journey.AssertAccessibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Add 1" }).ClickAsync();
        await Expect(page.GetByText("1 member", new() { Exact = true })).ToBeVisibleAsync();
    }

    /// <summary>A draft is saved a moment after the last edit: another tab looks until all of it is there.</summary>
    private static async Task SavedAsync(IPage page, string name)
    {
        var other = await page.Context.NewPageAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        do
        {
            limit.Token.ThrowIfCancellationRequested();
            await other.GotoAsync(page.Url);
            await other.GetByLabel("Name", new() { Exact = true }).WaitForAsync();
        }
        while (await other.GetByLabel("Name", new() { Exact = true }).InputValueAsync() != name
            || !await other.GetByRole(AriaRole.Radio, new() { Name = "On approval" }).IsCheckedAsync());
        await other.CloseAsync();
    }
}
