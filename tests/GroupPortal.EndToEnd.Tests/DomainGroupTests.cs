using GroupPortal.TestDirectories;
using GroupPortal.Tests;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GroupPortal.EndToEnd.Tests;

/// <summary>The life of a group of a real domain; at each step the domain itself is asked whether it is true.</summary>
[Collection(BrowserFixture.Collection)]
public sealed class DomainGroupTests(BrowserFixture browser, DomainFixture domain) : IClassFixture<DomainFixture>
{
    private const string GlobalSecurity = "-2147483646";

    [SambaTheory]
    [InlineData("ada@demo.local", ColorScheme.Light, 1440)]
    [InlineData(@"DEMO\ada", ColorScheme.Dark, 390)]
    public async Task A_group_is_created_edited_renamed_and_deleted(string account, ColorScheme theme, int width)
    {
        await using var journey = await browser.BeginAsync(domain.Portal, theme, width);
        var name = $"Choir {Guid.NewGuid():N}"[..16];
        await journey.SignInAsync(account, "/groups/new", DomainFixture.AdaPassword);

        await CreateAsync(journey, name);
        await EditAsync(journey, name, name + " of ours");
        await MeetAnotherAsync(journey, name + " of ours");
        await DeleteAsync(journey, name + " of ours");
    }

    private async Task CreateAsync(Journey journey, string name)
    {
        var page = journey.Page;
        await journey.StepAsync("What kind of group?");
        await page.GetByRole(AriaRole.Radio, new() { Name = "demo.local" }).CheckAsync();
        await page.Keyboard.PressAsync("Enter");
        await journey.StepAsync("What is it called, and who can join?");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync(name);
        await Expect(page.GetByText("Free in demo.local")).ToBeVisibleAsync();
        await page.GetByLabel("Name", new() { Exact = true }).PressAsync("Enter");
        await journey.StepAsync("Who is in it?");
        await journey.ChooseAsync("uma", "Uma Devi");
        await journey.ChooseAsync("hal", "Hal Reyes");
        await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Combobox).PressAsync("Enter");
        await journey.StepAsync("Who answers for it?");
        await journey.ChooseAsync("ida", "Ida Sommer");
        await journey.Button("Remove Ada Winter").ClickAsync();
        await journey.AssertAccessibleAsync();
        await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Combobox).PressAsync("Enter");
        await journey.StepAsync("What will happen");
        Assert.Empty(await domain.ValuesAsync(name, "cn"));
        await journey.Button("Create with 2 members").ClickAsync();
        await Expect(page.GetByText($"{name} is created")).ToBeVisibleAsync();
        await journey.StepAsync("What happened");

        Assert.Equal($"CN={name},OU=Groups,{SambaDomainController.BaseDn}", Assert.Single(await domain.ValuesAsync(name, "distinguishedName")));
        Assert.Equal(name, Assert.Single(await domain.ValuesAsync(name, "sAMAccountName")));
        Assert.Equal(GlobalSecurity, Assert.Single(await domain.ValuesAsync(name, "groupType")));
        Assert.Equal(await DnsAsync("hal", "uma"), (await domain.ValuesAsync(name, "member")).Order(StringComparer.Ordinal));
        Assert.Equal(await DnsAsync("ida"), await domain.ValuesAsync(name, "managedBy"));
    }

    private async Task EditAsync(Journey journey, string name, string newName)
    {
        var page = journey.Page;
        await page.GotoAsync("/groups?store=2");
        await journey.FindGroupAsync(name);
        await journey.AssertAccessibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Edit details" }).ClickAsync();
        await page.GetByLabel("Description").FillAsync("Sings on Mondays");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync(newName);
        // A domain keeps both apart, and so does the form.
        await page.GetByLabel("Display name", new() { Exact = true }).FillAsync(newName);
        await journey.AssertAccessibleAsync();
        await journey.Button("Review changes").ClickAsync();
        await Expect(page.GetByText("3 attributes change")).ToBeVisibleAsync();
        await journey.AssertAccessibleAsync();
        await journey.Button("Apply 3 changes").ClickAsync();
        await Expect(page.GetByText("3 of 3 done")).ToBeVisibleAsync();
        await journey.AssertAccessibleAsync();

        Assert.Empty(await domain.ValuesAsync(name, "cn"));
        Assert.Equal($"CN={newName},OU=Groups,{SambaDomainController.BaseDn}", Assert.Single(await domain.ValuesAsync(newName, "distinguishedName")));
        Assert.Equal("Sings on Mondays", Assert.Single(await domain.ValuesAsync(newName, "description")));
        await journey.Button("Done").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = newName })).ToBeVisibleAsync();
    }

    /// <summary>Between plan and apply somebody else changes the same value.</summary>
    private async Task MeetAnotherAsync(Journey journey, string name)
    {
        var page = journey.Page;
        await page.GetByRole(AriaRole.Link, new() { Name = "Edit details" }).ClickAsync();
        await page.GetByLabel("Description").FillAsync("Sings on Tuesdays");
        await journey.Button("Review changes").ClickAsync();
        await Expect(page.GetByText("1 attribute changes")).ToBeVisibleAsync();
        await domain.ModifyAsync(name, "changetype: modify", "replace: description", "description: Hums");
        await journey.Button("Apply 1 change").ClickAsync();

        await Expect(page.Locator(".plan-row-conflict")).ToContainTextAsync("Sings on Tuesdays");
        await Expect(page.Locator(".plan-row-conflict")).ToContainTextAsync("Hums");
        await journey.AssertAccessibleAsync();
        Assert.Equal("Hums", Assert.Single(await domain.ValuesAsync(name, "description")));

        await journey.Button("Plan again").ClickAsync();
        await Expect(page.Locator(".plan-row")).ToContainTextAsync("Hums");
        await journey.Button("Apply 1 change").ClickAsync();
        await Expect(page.GetByText("1 of 1 done")).ToBeVisibleAsync();
        Assert.Equal("Sings on Tuesdays", Assert.Single(await domain.ValuesAsync(name, "description")));
        await journey.Button("Done").ClickAsync();
    }

    private async Task DeleteAsync(Journey journey, string name)
    {
        var page = journey.Page;
        await journey.Button("Delete").ClickAsync();
        await Expect(journey.Button("Delete the group")).ToBeDisabledAsync();
        await page.GetByLabel("To go on, type the name:").FillAsync(name);
        await journey.AssertAccessibleAsync();
        await journey.Button("Delete the group").ClickAsync();
        await Expect(page.GetByText("1 of 1 done")).ToBeVisibleAsync();
        Assert.Empty(await domain.ValuesAsync(name, "cn"));

        await journey.Button("Done").ClickAsync();
        await Expect(page.GetByText("This group does not exist, or no longer")).ToBeVisibleAsync();
        // Created, edited, met another, edited again, deleted: as it was.
        await Expect(page.Locator(".history-entry")).ToHaveCountAsync(5);
        await journey.AssertAccessibleAsync();
    }

    private async Task<IReadOnlyList<string>> DnsAsync(params string[] accounts)
    {
        var any = string.Concat(accounts.Select(account => $"(sAMAccountName={account})"));
        return [.. (await domain.Tool.ValuesAsync(SambaDomainController.BaseDn, $"(|{any})", "distinguishedName")).Order(StringComparer.Ordinal)];
    }
}
