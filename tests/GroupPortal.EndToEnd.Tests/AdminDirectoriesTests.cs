using GroupPortal.TestDirectories;
using GroupPortal.Tests;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GroupPortal.EndToEnd.Tests;

/// <summary>An administrator of a real domain signs in with her own password and looks whether all is well.</summary>
[Collection(BrowserFixture.Collection)]
public sealed class AdminDirectoriesTests(BrowserFixture browser)
{
    private const int LongEnough = 30_000;

    [SambaFact]
    public async Task She_sees_every_step_and_the_rights_to_copy()
    {
        await using var controller = await SambaDomainController.StartAsync();
        var password = Path.Combine(controller.Folder, "svc-password");
        await File.WriteAllTextAsync(password, SambaDomainController.Service.Password);
        await using var portal = await PortalProcess.StartAsync(
            ("Embedded:People", "10"), ("Demo:Password", ""),
            ("Directories:2:Ldap:BaseDn", SambaDomainController.BaseDn),
            ("Directories:2:Ldap:Servers:0", $"ldaps://{controller.Address}"), ("Directories:2:Ldap:Servers:1", "ldaps://127.0.0.1:9"),
            ("Directories:2:Ldap:Trust", controller.CaFile), ("Directories:2:Ldap:Account", SambaDomainController.Service.BindName),
            ("Directories:2:Ldap:PasswordFile", password), ("Directories:2:Ldap:Roles:Administrators:0", "Domain Admins"));
        await LookAsync(portal, ColorScheme.Light, 1280);
        await LookAsync(portal, ColorScheme.Dark, 1280);
        await LookAsync(portal, ColorScheme.Light, 390);
    }

    private async Task LookAsync(PortalProcess portal, ColorScheme theme, int width)
    {
        await using var journey = await browser.BeginAsync(portal, theme, width);
        var page = journey.Page;

        await page.GotoAsync("/");
        await Expect(page.GetByText(@"As ada, ada@example.com or EXAMPLE\ada.")).ToBeVisibleAsync();
        await journey.AssertAccessibleAsync();
        await page.GetByLabel("Account name").FillAsync(@"DEMO\ada");
        await page.GetByLabel("Password").FillAsync(SambaDomainController.Person("ada").Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Navigation, new() { Name = "Main" }).GetByRole(AriaRole.Link, new() { Name = "Directories" }).ClickAsync();

        await Expect(page).ToHaveTitleAsync("Directories · GroupPortal");
        // The second server is not there; the first one is enough for the rest.
        await Expect(page.GetByText("Something is wrong")).ToBeVisibleAsync(new() { Timeout = LongEnough });
        await Expect(page.GetByText("Nothing listens at this port.")).ToBeVisibleAsync();
        await Expect(page.GetByText("Groups may be created in OU=Groups,DC=demo,DC=local.")).ToBeVisibleAsync();
        await journey.AssertAccessibleAsync();

        await page.GetByText("Rights for the service account").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Copy the commands for PowerShell" })).ToBeVisibleAsync();
        await journey.AssertAccessibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Test again" }).ClickAsync();
        await Expect(page.GetByText("Something is wrong")).ToBeVisibleAsync(new() { Timeout = LongEnough });
    }
}
