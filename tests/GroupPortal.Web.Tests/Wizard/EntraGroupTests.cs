using Bunit;
using GroupPortal.Application.Groups;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Web.Api;
using GroupPortal.Web.Components.Pages;
using GroupPortal.Web.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace GroupPortal.Web.Tests.Wizard;

/// <summary>The wizard for groups of Entra ID: what only they have.</summary>
public sealed class EntraGroupTests : PortalComponentTests
{
    private const string Microsoft365 = "16";
    private const string Sales = "(department Is Exactly \"Sales\")";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly string _name = $"Cloud {Guid.NewGuid():N}";

    public EntraGroupTests(SampleStores stores)
        : base(stores)
    {
        Services.AddSingleton(new RuleExports());
        JSInterop.SetupModule("./assets/js/criteria.js").Mode = JSRuntimeMode.Loose;
    }

    [Fact]
    public async Task The_command_for_Exchange_holds_what_was_filled_in_and_the_name_stays_for_the_details()
    {
        var page = Wizard();
        await page.InvokeAsync(() => page.Find("#exchange-name").Input("Ana's list"));

        page.WaitForAssertion(() => Assert.StartsWith(
            "New-DistributionGroup -Name 'Ana''s list' -Alias 'Anas-list' -DisplayName 'Ana''s list' -ManagedBy 'ada@", page.Find(".exchange-command pre").TextContent, StringComparison.Ordinal), Patience);
        Assert.Equal("Copy the command", page.Find(".exchange-command button").GetAttribute("aria-label"));

        Next(page);
        page.WaitForAssertion(() => Assert.Equal("Ana's list", page.Find("#group-name").GetAttribute("value")), Patience);
    }

    [Fact]
    public void A_team_is_said_to_come_after_its_group()
    {
        var page = Wizard();

        Assert.Contains("some minutes after the group", page.Find("#type-32-text").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_nickname_is_checked_while_it_is_typed_and_shows_the_address_that_comes_of_it()
    {
        var page = At("Details", Microsoft365);
        Input(page, "#group-name", _name);
        page.WaitForAssertion(() => Assert.Equal($"Free. Mail goes to {_name.Replace(' ', '-')}@5cjshm.onmicrosoft.com", Says(page)), Patience);

        Input(page, "#mail-nickname", "two words");
        page.WaitForAssertion(() => Assert.NotNull(page.Find("#mail-nickname-says .field-error")), Patience);
        Assert.Equal("true", page.Find("#mail-nickname").GetAttribute("aria-invalid"));

        Input(page, "#mail-nickname", "cloud-team");
        page.WaitForAssertion(() => Assert.Equal("Free. Mail goes to cloud-team@5cjshm.onmicrosoft.com", Says(page)), Patience);
    }

    [Fact]
    public async Task A_nickname_that_somebody_has_is_said_beside_it()
    {
        var answer = await Stores.All[1].FindGroupsAsync(new GroupQuery(""), CancellationToken.None);
        var taken = Assert.IsType<DirectoryAnswer<Page<GroupSummary>>.Ok>(answer).Value.Items.First(group => group.Mail is not null);
        var page = At("Details", Microsoft365);
        Input(page, "#group-name", _name);
        Input(page, "#mail-nickname", taken.Mail!.Split('@')[0]);

        page.WaitForAssertion(() => Assert.Contains("is taken in", page.Find("#mail-nickname-says .field-error").TextContent, StringComparison.Ordinal), Patience);
    }

    [Fact]
    public void A_security_group_has_a_nickname_and_neither_mail_nor_visibility_nor_options()
    {
        var page = At("Details", "4");
        Input(page, "#group-name", _name);

        page.WaitForAssertion(() => Assert.Contains("a security group gets no mail", Says(page), StringComparison.Ordinal), Patience);
        Assert.Empty(page.FindAll(".options, .visibility"));
    }

    [Fact]
    public void Who_can_join_decides_who_can_look_inside_and_that_is_said()
    {
        var page = At("Details", Microsoft365);
        Assert.Contains("only its members see", page.Find(".visibility").TextContent, StringComparison.Ordinal);

        Choose(page, "joining", "Public");

        page.WaitForAssertion(() => Assert.Contains("everybody in the organisation", page.Find(".visibility").TextContent, StringComparison.Ordinal), Patience);
    }

    [Fact]
    public async Task Options_are_reviewed_line_by_line_and_written()
    {
        var page = At("Details", Microsoft365);
        Switch(page, "hideFromAddressLists", true);
        Switch(page, "allowExternalSenders", true);
        Switch(page, "allowExternalSenders", false);
        page = On(page, "Review");
        page.WaitForElement(".plan-table", Patience);
        var plan = page.Find(".plan-table").TextContent;
        Assert.Contains("Hidden from address lists", plan, StringComparison.Ordinal);
        Assert.Contains("Visibility", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Takes mail from outside", plan, StringComparison.Ordinal);

        await page.WaitForElement("[data-next]:not([disabled])", Patience).ClickAsync();

        var navigation = Services.GetRequiredService<NavigationManager>();
        page.WaitForState(() => navigation.Uri.Contains("?plan=", StringComparison.Ordinal), Patience);
        var group = await GroupAsync(navigation.Uri);
        Assert.Equal("true", group.Attributes.First("hideFromAddressLists"));
        Assert.Null(group.Attributes.First("allowExternalSenders"));
    }

    [Fact]
    public void How_many_owners_there_can_be_is_said_beforehand()
    {
        var page = At("Owners", Microsoft365);

        Assert.Contains("At least one, at most 100", page.Find(".lead").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Both_that_can_apply_a_rule_say_whether_they_can_and_what_it_costs()
    {
        var page = At("Rule", Microsoft365, "Smart");
        Assert.All(Engines(page), engine => Assert.Contains("There is no whole rule yet", engine, StringComparison.Ordinal));

        Type(page, "GroupId", Sales);
        page.WaitForElement(".effect-count", Patience);

        page.WaitForAssertion(() => Assert.Matches("[0-9]+ members: within a minute. No licence.", Engines(page)[0]), Patience);
        Assert.DoesNotContain("request", page.Find(".engines").InnerHtml, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Takes this rule.", Engines(page)[0], StringComparison.Ordinal);
        Assert.Contains("Takes this rule.", Engines(page)[1], StringComparison.Ordinal);
        Assert.Matches("Licences of Entra ID P1 for [0-9]+ members", Engines(page)[1]);
    }

    [Fact]
    public void A_rule_that_Entra_cannot_say_is_the_portals_and_the_steps_follow_the_choice()
    {
        var page = At("Rule", Microsoft365, "Dynamic");
        Type(page, "Ldap", "(manager:1.2.840.113556.1.4.1941:=CN=Ada Winter,DC=5cjshm,DC=onmicrosoft,DC=com)");
        page.WaitForAssertion(() => Assert.Contains("Cannot take this rule.", Engines(page)[1], StringComparison.Ordinal), Patience);
        Assert.DoesNotContain("Schedule", Steps(page));

        Choose(page, "engine", "Smart");

        page.WaitForAssertion(() => Assert.Contains("Schedule", Steps(page)), Patience);
        Assert.Contains("Takes this rule.", Engines(page)[0], StringComparison.Ordinal);
    }

    private static List<string> Engines(IRenderedComponent<NewGroup> page) => [.. page.FindAll(".engine-facts").Select(facts => facts.TextContent)];

    private static IEnumerable<string> Steps(IRenderedComponent<NewGroup> page) => page.FindAll(".stepper-name").Select(step => step.TextContent);

    private static string Current(IRenderedComponent<NewGroup> page) => page.Find("li.current .stepper-name").TextContent;

    private static string Says(IRenderedComponent<NewGroup> page) => page.Find("#mail-nickname-says").TextContent.Trim();

    private static void Next(IRenderedComponent<NewGroup> page) => page.Find("[data-next]").Click();

    // In the renderer's turn: the answer of the name check may draw the page anew between finding a field and typing.
    private static void Input(IRenderedComponent<NewGroup> page, string field, string text) =>
        page.InvokeAsync(() => page.Find(field).Input(text)).GetAwaiter().GetResult();

    private static void Choose(IRenderedComponent<NewGroup> page, string what, string value) =>
        page.InvokeAsync(() => page.Find($"input[name={what}][value='{value}']").Change("on")).GetAwaiter().GetResult();

    private static void Switch(IRenderedComponent<NewGroup> page, string option, bool isOn) =>
        page.InvokeAsync(() => page.Find($"#option-{option}").Change(isOn)).GetAwaiter().GetResult();

    private static void Type(IRenderedComponent<NewGroup> page, string language, string text)
    {
        page.WaitForElement(".bench", Patience);
        page.InvokeAsync(() => page.Find($"#rule-rule-tab-{language}").Click()).GetAwaiter().GetResult();
        page.WaitForElement("textarea", Patience);
        page.InvokeAsync(() => page.Find("textarea").Input(text)).GetAwaiter().GetResult();
    }

    private IRenderedComponent<NewGroup> Wizard()
    {
        var page = Render<NewGroup>();
        page.WaitForElement(".choice", Patience);
        page.Find("input[name=store][value='3']").Change("on");
        page.WaitForState(() => page.FindAll("input[name=type]").Count == 4, Patience);
        return page;
    }

    /// <summary>The wizard, filled in up to a step.</summary>
    private IRenderedComponent<NewGroup> At(string step, string type, string membership = "Static")
    {
        var page = Wizard();
        page.Find($"input[name=type][value='{type}']").Change("on");
        page.Find($"input[name=membership][value='{membership}']").Change("on");
        return On(page, step);
    }

    private IRenderedComponent<NewGroup> On(IRenderedComponent<NewGroup> page, string step)
    {
        while (Current(page) is var present && present != step)
        {
            if (present == "Details")
            {
                Input(page, "#group-name", _name);
                page.WaitForState(() => page.Find("#group-name-says").TextContent.Contains("Free in", StringComparison.Ordinal), Patience);
            }

            Next(page);
            page.WaitForState(() => Current(page) != present, Patience);
        }

        return page;
    }

    private async Task<GroupState> GroupAsync(string uri)
    {
        using var limit = new CancellationTokenSource(Patience);
        var result = await Services.GetRequiredService<GroupService>().WaitAsync(Guid.Parse(uri.Split("?plan=")[1]), limit.Token);
        var answer = await Services.GetRequiredService<GroupReader>().GetAsync(3, result.GroupId!.Value, CancellationToken.None);
        return Assert.IsType<DirectoryAnswer<GroupState?>.Ok>(answer).Value!;
    }
}
