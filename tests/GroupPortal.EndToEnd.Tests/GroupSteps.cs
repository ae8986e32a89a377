using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GroupPortal.EndToEnd.Tests;

/// <summary>What people do on the pages of groups, whichever directory these are of.</summary>
internal static class GroupSteps
{
    /// <summary>The wizard stands at this step.</summary>
    public static async Task StepAsync(this Journey journey, string title)
    {
        await Expect(journey.Page.GetByRole(AriaRole.Heading, new() { Level = 2, Name = title })).ToBeVisibleAsync();
        await journey.Page.WaitForFunctionAsync("() => !document.querySelector('.loading')");
        await journey.AssertAccessibleAsync();
    }

    /// <summary>Picks a person by account.</summary>
    public static async Task ChooseAsync(this Journey journey, string account, string name)
    {
        var main = journey.Page.GetByRole(AriaRole.Main);
        await main.GetByRole(AriaRole.Combobox).FillAsync(account);
        await main.GetByRole(AriaRole.Option, new() { Name = name }).WaitForAsync();
        await journey.Page.Keyboard.PressAsync("Enter");
        await Expect(journey.Page.GetByRole(AriaRole.Button, new() { Name = $"Remove {name}" })).ToBeVisibleAsync();
    }

    /// <summary>From the list of groups to the page of one.</summary>
    public static async Task FindGroupAsync(this Journey journey, string group)
    {
        await journey.Page.GetByLabel("Search groups").FillAsync(group);
        await journey.Page.GetByRole(AriaRole.Link, new() { Name = group }).ClickAsync();
        await Expect(journey.Page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = group })).ToBeVisibleAsync();
    }

    /// <summary>A part of a group's page.</summary>
    public static ILocator Tab(this Journey journey, string name) =>
        journey.Page.GetByRole(AriaRole.Navigation, new() { Name = "Parts of the group" }).GetByRole(AriaRole.Link, new() { Name = name });

    public static ILocator Button(this Journey journey, string name) => journey.Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
}
