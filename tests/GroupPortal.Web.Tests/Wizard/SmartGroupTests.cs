using Bunit;
using GroupPortal.Application.Drafts;
using GroupPortal.Application.Groups;
using GroupPortal.Application.SmartGroups;
using GroupPortal.Core.Access;
using GroupPortal.Core.Criteria;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using GroupPortal.Web.Api;
using GroupPortal.Web.Components.Pages;
using GroupPortal.Web.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace GroupPortal.Web.Tests.Wizard;

/// <summary>The wizard for groups whose members a rule decides.</summary>
public sealed class SmartGroupTests : PortalComponentTests
{
    private const string Sales = "(department Is Exactly \"Sales\")";
    private static readonly Person Ada = new("ada", "Ada Winter", PortalRole.Administrator);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly string _name = $"Smart {Guid.NewGuid():N}";

    public SmartGroupTests(SampleStores stores)
        : base(stores)
    {
        Services.AddSingleton(new RuleExports());
        JSInterop.SetupModule("./assets/js/criteria.js").Mode = JSRuntimeMode.Loose;
    }

    [Fact]
    public void A_rule_has_its_own_steps_and_a_choice_of_members_the_others()
    {
        var page = Wizard();
        Assert.Equal(["Type", "Details", "Members", "Owners", "Review", "Result"], Steps(page));

        Choose(page, "membership", "Smart");

        Assert.Equal(["Type", "Details", "Rule", "Owners", "Schedule", "Review", "Result"], Steps(page));
    }

    [Fact]
    public void Entra_offers_its_own_rules_too_and_they_need_no_schedule()
    {
        var page = Wizard();
        Assert.Empty(page.FindAll("input[name=membership][value=Dynamic]"));
        Choose(page, "store", "3");
        page.WaitForElement("input[name=membership][value=Dynamic]", Patience);

        Choose(page, "membership", "Dynamic");

        Assert.Equal(["Type", "Details", "Rule", "Owners", "Review", "Result"], Steps(page));
    }

    [Fact]
    public void An_empty_rule_takes_in_nobody_by_mistake()
    {
        var page = At("Rule");

        Next(page);

        page.WaitForAssertion(() => Assert.StartsWith("The rule has no condition yet.", page.Find(".rule-problem").TextContent.Trim(), StringComparison.Ordinal), Patience);
        Assert.Equal("Rule", Current(page));

        Type(page, "GroupId", "everyone");
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".rule-problem .field-error")), Patience);
        Click(page, "Next");
        Assert.Equal("Owners", Current(page));
    }

    [Fact]
    public void A_rule_that_cannot_be_read_is_said_with_its_place()
    {
        var page = At("Rule");
        Type(page, "GroupId", "(department Contains \"sales\"");

        Next(page);

        page.WaitForAssertion(() => Assert.Contains("cannot be read, at position", page.Find(".rule-problem").TextContent, StringComparison.Ordinal), Patience);
        Assert.Equal("Rule", Current(page));
    }

    [Fact]
    public void Going_back_and_choosing_otherwise_loses_neither_the_rule_nor_the_schedule()
    {
        var page = At("Review");
        for (var step = 0; step < 5; step++)
        {
            Click(page, "Back");
        }

        Choose(page, "membership", "Static");
        Choose(page, "membership", "Smart");
        Click(page, "Next");
        Click(page, "Next");

        page.FindAll("[role=tab]").Single(tab => tab.TextContent.Trim() == "GroupID").Click();
        Assert.Equal(Sales, page.WaitForElement("textarea", Patience).GetAttribute("value"));
        Click(page, "Next");
        Click(page, "Next");
        Assert.True(page.WaitForElement("input[value=Daily]", Patience).HasAttribute("checked"));
    }

    [Fact]
    public async Task A_draft_brings_its_rule_back_even_one_that_cannot_be_read_yet()
    {
        var page = At("Rule");
        Type(page, "GroupId", Sales);
        page.WaitForElement(".effect-count", Patience);
        Type(page, "GroupId", "(department Is Exac");
        Click(page, "Back");
        var draft = await Services.GetRequiredService<DraftStore>().LatestAsync(Ada, CancellationToken.None);
        Assert.Equal((Sales, false, "(department Is Exac"), (draft!.Rule!.Text, draft.Rule.IsWhole, draft.Rule.Broken!.Text));

        var again = Render<NewGroup>(with => with.Add(one => one.DraftId, draft.Id));
        again.WaitForElement("[data-next]", Patience);
        Click(again, "Next");
        await again.FindAll("[role=tab]").Single(tab => tab.TextContent.Trim() == "GroupID").ClickAsync();

        Assert.Equal("(department Is Exac", again.WaitForElement("textarea", Patience).GetAttribute("value"));
    }

    [Fact]
    public async Task The_review_shows_who_joins_and_the_first_update_lets_them_in()
    {
        var page = At("Review");
        page.WaitForElement(".first .effect-count", Patience);
        var joining = await SalesAsync(page);

        page.WaitForAssertion(() => Assert.Equal($"Create, and let {joining} join", page.Find("[data-next]").TextContent.Trim()), Patience);
        Assert.Equal($"{joining} join when it is first updated", page.Find("#first-title").TextContent);
        Assert.Contains("Within limits", page.Find(".first").TextContent, StringComparison.Ordinal);
        await page.Find("[data-next]").ClickAsync();

        var navigation = Services.GetRequiredService<NavigationManager>();
        page.WaitForState(() => navigation.Uri.Contains("?plan=", StringComparison.Ordinal), Patience);
        var result = Render<NewGroup>(with => with.Add(one => one.DraftId, Guid.Parse(navigation.Uri.Split('/', '?')[5])));
        result.WaitForAssertion(() => Assert.Contains("The members are as the rule has them.", result.Find(".fill").TextContent, StringComparison.Ordinal), Patience);
        Assert.Equal(["Type", "Details", "Rule", "Owners", "Schedule", "Review", "Result"], Steps(result));

        var group = await GroupAsync(navigation.Uri);
        Assert.Equal((Membership.Smart, (long)joining), (group.Membership, group.MemberCount));
        Assert.Equal("daily 06:00", group.Attributes.First(AttributeNames.Schedule));

        // Looking at the result once more starts nothing.
        Render<NewGroup>(with => with.Add(one => one.DraftId, Guid.Parse(navigation.Uri.Split('/', '?')[5]))).WaitForElement(".fill .outcome", Patience);
        Assert.Equal(1, (await Services.GetRequiredService<SmartUpdates>().RecentAsync(2, group.Id, null, 0, 10, CancellationToken.None)).Total);
    }

    [Fact]
    public async Task A_person_who_came_while_one_looked_is_shown_before_anything_is_created()
    {
        var page = At("Review", rule: $"(description Contains \"{_name}\")", kind: "Groups");
        page.WaitForAssertion(() => Assert.Equal("0 join when it is first updated", page.Find("#first-title").TextContent), Patience);
        await CreateAsync($"Late {Guid.NewGuid():N}", new AttributeChange(AttributeNames.Description, ChangeMode.Set, [_name]));

        await page.Find("[data-next]").ClickAsync();

        page.WaitForAssertion(() => Assert.Contains("Now 1 would join", page.Find(".refusal").TextContent, StringComparison.Ordinal), Patience);
        page.WaitForAssertion(() => Assert.Equal("Create, and let 1 join", page.Find("[data-next]").TextContent.Trim()), Patience);
        Assert.Empty(Found(await Stores.Ad.FindAsync(new ObjectQuery(_name, [ObjectKind.Group]), CancellationToken.None)));
    }

    [Fact]
    public async Task Entras_rule_is_sent_as_it_was_typed_and_nobody_is_asked_for_a_schedule()
    {
        const string typed = "user.department  -eq  \"Sales\"";
        var page = At("Review", membership: "Dynamic", rule: typed, language: "Entra");
        page.WaitForElement(".plan-table", Patience);
        Assert.Contains(typed, page.Find(".plan-table").TextContent, StringComparison.Ordinal);
        Assert.Contains("Entra ID works out the members", page.Find(".step").TextContent, StringComparison.Ordinal);

        await page.WaitForElement("[data-next]:not([disabled])", Patience).ClickAsync();

        var navigation = Services.GetRequiredService<NavigationManager>();
        page.WaitForState(() => navigation.Uri.Contains("?plan=", StringComparison.Ordinal), Patience);
        var group = await GroupAsync(navigation.Uri, 3);
        Assert.Equal((Membership.Dynamic, typed), (group.Membership, group.Attributes.First(AttributeNames.MembershipRule)));
        var listed = await Services.GetRequiredService<GroupReader>().ListAsync(3, new GroupQuery(_name), CancellationToken.None);
        Assert.Equal(Membership.Dynamic, Assert.Single(Assert.IsType<DirectoryAnswer<Page<GroupListItem>>.Ok>(listed).Value.Items).Membership);
    }

    [Fact]
    public void A_rule_that_Entra_cannot_apply_is_not_taken_for_one()
    {
        var page = At("Rule", membership: "Dynamic");
        Type(page, "Ldap", "(manager:1.2.840.113556.1.4.1941:=CN=Ada Winter,DC=5cjshm,DC=onmicrosoft,DC=com)");

        Next(page);

        page.WaitForAssertion(() => Assert.StartsWith("Entra ID cannot apply this rule.", page.Find(".rule-problem").TextContent.Trim(), StringComparison.Ordinal), Patience);
    }

    private static IEnumerable<string> Steps(IRenderedComponent<NewGroup> page) => page.FindAll(".stepper-name").Select(step => step.TextContent);

    private static string Current(IRenderedComponent<NewGroup> page) => page.Find("li.current .stepper-name").TextContent;

    private static void Next(IRenderedComponent<NewGroup> page) => page.Find("[data-next]").Click();

    private static void Click(IRenderedComponent<NewGroup> page, string text)
    {
        var before = Current(page);
        page.FindAll("button").Single(button => button.TextContent.Trim() == text).Click();
        page.WaitForState(() => Current(page) != before, Patience);
    }

    private static void Choose(IRenderedComponent<NewGroup> page, string what, string value) =>
        page.InvokeAsync(() => page.Find($"input[name={what}][value='{value}']").Change("on")).GetAwaiter().GetResult();

    private static void Type(IRenderedComponent<NewGroup> page, string language, string text)
    {
        page.InvokeAsync(() => page.Find($"#rule-rule-tab-{language}").Click()).GetAwaiter().GetResult();
        page.WaitForElement("textarea", Patience);
        page.InvokeAsync(() => page.Find("textarea").Input(text)).GetAwaiter().GetResult();
    }

    private IRenderedComponent<NewGroup> Wizard()
    {
        var page = Render<NewGroup>();
        page.WaitForElement(".choice", Patience);
        return page;
    }

    /// <summary>The wizard, filled in up to a step.</summary>
    private IRenderedComponent<NewGroup> At(string step, string membership = "Smart", string rule = Sales, string language = "GroupId", string? kind = null)
    {
        var page = Wizard();
        if (membership == "Dynamic")
        {
            Choose(page, "store", "3");
            page.WaitForElement("input[name=membership][value=Dynamic]", Patience);
        }

        Choose(page, "membership", membership);
        while (Current(page) is var present && present != step)
        {
            switch (present)
            {
                case "Details":
                    page.Find("#group-name").Input(_name);
                    page.WaitForState(() => page.Find("#group-name-says").TextContent.Contains("Free in", StringComparison.Ordinal), Patience);
                    break;
                case "Rule":
                    page.WaitForElement(".bench", Patience);
                    Type(page, language, rule);
                    if (kind is not null)
                    {
                        page.InvokeAsync(() => page.FindAll(".scope-kind").Single(one => one.TextContent.Trim() == kind).QuerySelector("input")!.Change(true)).GetAwaiter().GetResult();
                        page.InvokeAsync(() => page.FindAll(".scope-kind").Single(one => one.TextContent.Trim() == "Users").QuerySelector("input")!.Change(false)).GetAwaiter().GetResult();
                    }

                    page.WaitForElement(".effect-count", Patience);
                    break;
                case "Schedule":
                    page.WaitForElement("input[value=Daily]", Patience);
                    page.InvokeAsync(() => page.Find("input[value=Daily]").Change("on")).GetAwaiter().GetResult();
                    break;
            }

            Next(page);
            page.WaitForState(() => Current(page) != present, Patience);
        }

        return page;
    }

    private static Task<int> SalesAsync(IRenderedComponent<NewGroup> page) =>
        Task.FromResult(int.Parse(page.Find(".first .count-all .effect-number").TextContent, System.Globalization.CultureInfo.InvariantCulture));

    private async Task<GroupState> GroupAsync(string uri, int store = 2)
    {
        using var limit = new CancellationTokenSource(Patience);
        var result = await Services.GetRequiredService<GroupService>().WaitAsync(Guid.Parse(uri.Split("?plan=")[1]), limit.Token);
        var answer = await Services.GetRequiredService<GroupReader>().GetAsync(store, result.GroupId!.Value, CancellationToken.None);
        return Assert.IsType<DirectoryAnswer<GroupState?>.Ok>(answer).Value!;
    }

    private async Task CreateAsync(string name, AttributeChange change)
    {
        var service = Services.GetRequiredService<GroupService>();
        var requester = new Requester(Ada, "test");
        var plan = Assert.IsType<PlanAnswer.Planned>(await service.PlanAsync(
            2, new GroupRequest { Kind = PlanKind.Create, Name = name, Attributes = [change] }, requester, CancellationToken.None)).Plan;
        await service.ApplyAsync(plan.Id, requester, null, CancellationToken.None);
        await service.WaitAsync(plan.Id, CancellationToken.None);
    }
}
