using System.Globalization;
using GroupPortal.TestDirectories;
using GroupPortal.Tests;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GroupPortal.EndToEnd.Tests;

/// <summary>
/// The life of a group by rule: a nested rule is built while its effect is watched, the group fills itself, a change that would
/// empty it is held, another administrator lets it go on, and it is filled again.
/// </summary>
[Collection(BrowserFixture.Collection)]
public sealed class RuleLifeTests(BrowserFixture browser)
{
    /// <summary>The first reading of a domain, or an update of one.</summary>
    private const int LongEnough = 30_000;

    [Fact]
    public Task A_group_by_rule_lives_in_a_sample_directory() => LiveAsync(browser.Portal, ColorScheme.Dark, 390, "demo", MembersByApiAsync);

    [SambaFact]
    public async Task A_group_by_rule_lives_in_a_domain()
    {
        await using var controller = await SambaDomainController.StartAsync();
        var tool = LdapTool.For(controller, SambaDomainController.Administrator);
        var administrators = await Task.WhenAll(new[] { "ada", "ida" }.Select(async account =>
            Assert.Single(await tool.ValuesAsync(SambaDomainController.BaseDn, $"(sAMAccountName={account})", "distinguishedName"))));
        Assert.Equal(0, await tool.ModifyAsync(string.Join('\n',
        [
            $"dn: CN=Rule administrators,OU=Groups,{SambaDomainController.BaseDn}", "changetype: add", "objectClass: group", "sAMAccountName: Rule administrators", "groupType: -2147483646",
            .. administrators.Select(dn => $"member: {dn}"), "",
        ])));
        await using var portal = await PortalProcess.StartAsync(DomainSettings.For(controller, controller.LdapsEndPoint, "Rule administrators"));

        await LiveAsync(portal, ColorScheme.Light, 1440, SambaDomainController.Person("ada").Password, async (_, name) =>
            (await tool.ValuesAsync(SambaDomainController.BaseDn, $"(&(objectCategory=group)(cn={name}))", "member")).Count);
    }

    private async Task LiveAsync(PortalProcess portal, ColorScheme theme, int width, string password, Func<PortalProcess, string, Task<int>> countAsync)
    {
        var name = $"Rule {Guid.NewGuid():N}"[..16];
        int members;
        string group;
        await using (var ada = await browser.BeginAsync(portal, theme, width))
        {
            await ada.SignInAsync("ada", "/groups/new", password);
            members = await CreateAsync(ada, name);
            Assert.Equal(members, await countAsync(portal, name));

            await ada.Page.GetByRole(AriaRole.Link, new() { Name = "Open the group" }).ClickAsync();
            await Expect(ada.Page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = name })).ToBeVisibleAsync();
            group = new Uri(ada.Page.Url).AbsolutePath;
            await EmptyAsync(ada, members);
            await ada.Page.GetByRole(AriaRole.Link, new() { Name = "See what is held" }).ClickAsync();
            // Whoever asked for it does not agree to it.
            await Expect(ada.Page.GetByText("Somebody else has to approve it")).ToBeVisibleAsync();
            await ada.AssertAccessibleAsync();
        }

        Assert.Equal(members, await countAsync(portal, name));
        await using (var ida = await browser.BeginAsync(portal, theme, width))
        {
            await ida.SignInAsync("ida", "/held", SecondPassword(password));
            await ApproveAsync(ida, name, members);
        }

        Assert.Equal(0, await countAsync(portal, name));
        await using (var ada = await browser.BeginAsync(portal, theme, width))
        {
            await ada.SignInAsync("ada", group, password);
            await FillAgainAsync(ada, members);
        }

        Assert.Equal(members, await countAsync(portal, name));
    }

    /// <summary>Through the wizard; how many joined.</summary>
    private static async Task<int> CreateAsync(Journey journey, string name)
    {
        var page = journey.Page;
        await journey.StepAsync("What kind of group?");
        await page.GetByRole(AriaRole.Radio, new() { Name = "demo.local" }).CheckAsync();
        await page.GetByRole(AriaRole.Radio, new() { Name = "A rule does" }).CheckAsync();
        await journey.AssertAccessibleAsync();
        await journey.Button("Next").ClickAsync();
        await journey.StepAsync("What is it called, and who can join?");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync(name);
        await Expect(page.GetByText("Free in demo.local")).ToBeVisibleAsync();
        await journey.Button("Next").ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 2, Name = "Whom does the rule take in?" })).ToBeVisibleAsync();
        var everybody = await CountAsync(journey, -1);
        await page.Locator(".group.root > .group-add").GetByRole(AriaRole.Button, new() { Name = "Condition", Exact = true }).ClickAsync();
        await FocusedAsync(journey, 0);
        await ConditionAsync(journey, 0, "department", "Department", "engineering");
        var departments = await CountAsync(journey, everybody);
        await page.Locator(".group.root > .group-add").GetByRole(AriaRole.Button, new() { Name = "Group", Exact = true }).ClickAsync();
        var inner = page.Locator(".group:not(.root)");
        await FocusedAsync(journey, 1);
        await ConditionAsync(journey, 1, "title", "Title", "senior");
        var seniors = await CountAsync(journey, departments, 0);
        await inner.Locator(".group-add").GetByRole(AriaRole.Button, new() { Name = "Condition", Exact = true }).ClickAsync();
        await FocusedAsync(journey, 2);
        await ConditionAsync(journey, 2, "title", "Title", "lead");
        await inner.Locator(".group-mode").SelectOptionAsync("Any");
        var both = await CountAsync(journey, seniors, 0);
        Assert.True(seniors > 0 && seniors < both && both < departments, $"{departments} > {both} > {seniors} > 0");
        await journey.AssertAccessibleAsync();
        await journey.Button("Next").ClickAsync();

        await journey.StepAsync("Who answers for it?");
        await journey.Button("Next").ClickAsync();
        await journey.StepAsync("When is it updated?");
        await journey.Button("Next").ClickAsync();
        await journey.StepAsync("What will happen");
        await journey.Button(string.Create(CultureInfo.InvariantCulture, $"Create, and let {both:N0} join")).ClickAsync();
        await Expect(page.GetByText($"{name} is created")).ToBeVisibleAsync();
        await Expect(page.GetByText("The members are as the rule has them.")).ToBeVisibleAsync(new() { Timeout = LongEnough });
        await journey.StepAsync("What happened");
        return both;
    }

    /// <summary>The rule is changed so that nobody fits any more, and the update that follows is held.</summary>
    private static async Task EmptyAsync(Journey journey, int members)
    {
        var page = journey.Page;
        await journey.Tab("Rule").ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Edit rule" }).ClickAsync();
        await ValueAsync(journey, 0, "no such department");
        await Expect(page.Locator(".count-leaving .effect-number")).ToHaveTextAsync(string.Create(CultureInfo.InvariantCulture, $"−{members:N0}"), new() { Timeout = LongEnough });
        await Expect(page.GetByText("The guard would hold this until somebody agrees")).ToBeVisibleAsync();
        await journey.AssertAccessibleAsync();
        await SaveAsync(journey);
        await journey.Button("Update now").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "See what is held" })).ToBeVisibleAsync(new() { Timeout = LongEnough });
        await Expect(journey.Button("Update now")).ToBeEnabledAsync();
        await journey.AssertAccessibleAsync();
    }

    private static async Task ApproveAsync(Journey journey, string name, int members)
    {
        var page = journey.Page;
        await page.GetByRole(AriaRole.Link, new() { Name = name }).ClickAsync();
        var approve = journey.Button(string.Create(CultureInfo.InvariantCulture, $"Approve {members:N0} changes"));
        await approve.ClickAsync();
        await Expect(page.GetByText("Say why, so that others can follow the decision later.")).ToBeVisibleAsync();
        await page.GetByLabel("Reason").FillAsync("The department is closed.");
        await journey.AssertAccessibleAsync();
        await approve.ClickAsync();
        await Expect(page.GetByText("The members are as the rule has them.")).ToBeVisibleAsync(new() { Timeout = LongEnough });
        await journey.AssertAccessibleAsync();
    }

    private static async Task FillAgainAsync(Journey journey, int members)
    {
        var page = journey.Page;
        await journey.Tab("Rule").ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Edit rule" }).ClickAsync();
        await ValueAsync(journey, 0, "engineering");
        await Expect(page.Locator(".count-joining .effect-number")).ToHaveTextAsync(string.Create(CultureInfo.InvariantCulture, $"+{members:N0}"), new() { Timeout = LongEnough });
        await SaveAsync(journey);
        await journey.Button("Update now").ClickAsync();
        await Expect(page.GetByText("The members are as the rule has them.")).ToBeVisibleAsync(new() { Timeout = LongEnough });
    }

    private static async Task SaveAsync(Journey journey)
    {
        await journey.Button("Review the change").ClickAsync();
        await journey.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Apply ") }).ClickAsync();
        await journey.Button("Done").ClickAsync();
    }

    /// <summary>The builder leads to a new clause; whoever types before is interrupted by it.</summary>
    private static Task FocusedAsync(Journey journey, int place) =>
        Expect(journey.Page.Locator(".clause").Nth(place).Locator(".clause-value input")).ToBeFocusedAsync(new() { Timeout = LongEnough });

    private static async Task ConditionAsync(Journey journey, int place, string search, string label, string value)
    {
        var row = journey.Page.Locator(".clause").Nth(place);
        var attribute = row.GetByRole(AriaRole.Combobox, new() { Name = "Attribute" });
        await attribute.FillAsync(search);
        await row.GetByRole(AriaRole.Option, new() { Name = label }).First.ClickAsync();
        await Expect(attribute).ToHaveValueAsync(label);
        await row.Locator(".clause-how").SelectOptionAsync(new SelectOptionValue { Label = "contains" });
        await ValueAsync(journey, place, value);
    }

    private static async Task ValueAsync(Journey journey, int place, string value)
    {
        var field = journey.Page.Locator(".clause").Nth(place).Locator(".clause-value input");
        await field.FillAsync(value);
        await field.BlurAsync();
    }

    /// <summary>How many the rule selects, once it is another number than before.</summary>
    private static async Task<int> CountAsync(Journey journey, params int[] before)
    {
        var shown = await journey.Page.WaitForFunctionAsync(
            """
            before => {
              const text = document.querySelector(".effect-body:not(.stale) .count-all .effect-number")?.textContent.replaceAll(",", "");
              return text && !before.includes(Number(text)) ? text : null;
            }
            """,
            before, new() { Timeout = LongEnough });
        return int.Parse(await shown.JsonValueAsync<string>(), CultureInfo.InvariantCulture);
    }

    private static string SecondPassword(string first) => first == "demo" ? first : SambaDomainController.Person("ida").Password;

    private static async Task<int> MembersByApiAsync(PortalProcess portal, string name) =>
        (await portal.GroupByApiAsync("ada", 2, name, "members"))["members"]?.AsArray().Count ?? 0;
}
