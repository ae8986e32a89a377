using Bunit;
using GroupPortal.Application.Groups;
using GroupPortal.Application.SmartGroups;
using GroupPortal.Core.Access;
using GroupPortal.Core.Criteria;
using GroupPortal.Core.Criteria.Languages;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using GroupPortal.Core.SmartGroups;
using GroupPortal.Web.Api;
using GroupPortal.Web.Components.Pages;
using GroupPortal.Web.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace GroupPortal.Web.Tests.Groups;

/// <summary>The rule's part of the group page.</summary>
public sealed class GroupRuleTests : PortalComponentTests
{
    private const string Sales = "(department Is Exactly \"Sales\")";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly Requester Ada = new(new Person("ada", "Ada Winter", PortalRole.Administrator), "browser");

    public GroupRuleTests(SampleStores stores)
        : base(stores)
    {
        Services.AddSingleton(new RuleExports());
        JSInterop.SetupModule("./assets/js/criteria.js").Mode = JSRuntimeMode.Loose;
    }

    [Fact]
    public async Task The_rule_stands_in_words_with_its_exceptions_and_todays_effect()
    {
        var uma = await PersonAsync("uma");
        var id = await SmartAsync(Sales, new MembershipException(uma.Id, "Project lead", null, "ida"));
        var page = At(id);

        page.WaitForAssertion(() => Assert.Contains("Department is exactly Sales", Squeeze(page.Find(".rule-body").TextContent), StringComparison.Ordinal), Patience);
        page.WaitForAssertion(() => Assert.NotEqual("+0", page.Find(".count-joining .effect-number").TextContent), Patience);
        page.WaitForAssertion(() => Assert.Contains("Uma Devi", page.Find(".rule-exceptions").TextContent, StringComparison.Ordinal), Patience);
        Assert.Contains("Project lead · by ada", page.Find(".rule-exceptions").TextContent, StringComparison.Ordinal);
        Assert.Equal(Sales, page.Find(".rule-pre pre").TextContent);
        Assert.Contains("Not updated yet", page.Find(".rule-runs").TextContent, StringComparison.Ordinal);
        // Two first actions on one page are none.
        Assert.Single(page.FindAll(".btn-primary"));
    }

    [Fact]
    public async Task Update_now_shows_who_came_and_leaves_its_trace()
    {
        var id = await SmartAsync(Sales);
        var page = At(id);
        page.WaitForElement(".count-joining", Patience);
        page.WaitForState(() => page.Find(".count-joining .effect-number").TextContent != "+0", Patience);

        await Button(page, "Update now").ClickAsync();

        page.WaitForAssertion(() => Assert.Contains("The members are as the rule has them.", page.Find(".rule-run").TextContent, StringComparison.Ordinal), Patience);
        page.WaitForAssertion(() => Assert.Equal("+0", page.Find(".count-joining .effect-number").TextContent), Patience);
        page.WaitForAssertion(() => Assert.Single(page.FindAll(".rule-runs tbody tr")), Patience);
        Assert.NotEqual(0, (await GroupAsync(id)).MemberCount);
    }

    [Fact]
    public async Task An_edit_is_looked_at_planned_and_applied_as_one()
    {
        var id = await SmartAsync(Sales);
        var page = At(id, "&edit=true");
        page.WaitForElement(".bench", Patience);
        Assert.Empty(page.FindAll(".page-header-actions .btn"));
        Type(page, "(department Is Exactly \"Marketing\")");
        page.WaitForState(() => !Button(page, "Review the change").HasAttribute("disabled"), Patience);

        await Button(page, "Review the change").ClickAsync();

        page.WaitForAssertion(() => Assert.Equal("1 attribute changes", page.Find(".plan-summary").TextContent), Patience);
        Assert.Contains("join", page.Find(".group-drops").TextContent, StringComparison.Ordinal);
        Assert.Equal(Sales, (await GroupAsync(id)).Attributes.First(AttributeNames.Criteria));
        await page.Find(".flow-actions .btn-primary").ClickAsync();
        page.WaitForAssertion(() => Assert.Equal("1 of 1 done", page.Find(".plan-summary").TextContent), Patience);
        Assert.Equal("(department Is Exactly \"Marketing\")", (await GroupAsync(id)).Attributes.First(AttributeNames.Criteria));
    }

    [Fact]
    public async Task A_rule_that_others_changed_meanwhile_is_refused_with_the_new_numbers_and_asked_again()
    {
        var mark = $"m{Guid.NewGuid():N}";
        var id = await SmartAsync(Sales);
        var page = At(id, "&edit=true");
        page.WaitForElement(".bench", Patience);
        await page.InvokeAsync(() => page.FindAll(".scope-kind").Single(one => one.TextContent.Trim() == "Groups").QuerySelector("input")!.Change(true));
        Type(page, $"(description Contains \"{mark}\")");
        page.WaitForState(() => !Button(page, "Review the change").HasAttribute("disabled"), Patience);
        page.WaitForState(() => page.Find(".count-joining .effect-number").TextContent == "+0", Patience);
        await Button(page, "Review the change").ClickAsync();
        page.WaitForElement(".plan-summary", Patience);
        await DoAsync(new GroupRequest
        {
            Kind = PlanKind.Create, Name = $"Late {Guid.NewGuid():N}", Attributes = [new AttributeChange(AttributeNames.Description, ChangeMode.Set, [mark])],
        });

        await page.Find(".flow-actions .btn-primary").ClickAsync();

        page.WaitForAssertion(() => Assert.Contains("+1 join", page.Find(".flow-changed").TextContent, StringComparison.Ordinal), Patience);
        Assert.Equal(Sales, (await GroupAsync(id)).Attributes.First(AttributeNames.Criteria));
        await Button(page, "Go on with these numbers").ClickAsync();
        await page.WaitForElement(".flow-actions .btn-primary:not([disabled])", Patience).ClickAsync();
        page.WaitForAssertion(() => Assert.Contains("done", page.Find(".plan-summary").TextContent, StringComparison.Ordinal), Patience);
        Assert.Contains(mark, (await GroupAsync(id)).Attributes.First(AttributeNames.Criteria), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_static_group_becomes_smart_and_those_whom_the_rule_misses_are_shown_and_stay()
    {
        var uma = await PersonAsync("uma");
        var id = await StaticAsync(uma.Id);
        var page = At(id);
        Assert.Equal($"/groups/2/{id:D}?tab=rule&edit=true", page.WaitForElement(".empty .btn-primary", Patience).GetAttribute("href"));

        page = At(id, "&edit=true");
        page.WaitForElement(".bench", Patience);
        Assert.True(Button(page, "Review the change").HasAttribute("disabled"));
        Type(page, "(department Is Exactly \"Nobody has this\")");
        page.WaitForState(() => page.FindAll("button").Any(button => button.TextContent.Trim() == "Next: who stays"), Patience);
        await Button(page, "Next: who stays").ClickAsync();

        page.WaitForAssertion(() => Assert.Equal("1 member whom the rule misses", page.Find("#kept-title").TextContent), Patience);
        Assert.Equal(Membership.Static, (await GroupAsync(id)).Membership);
        await page.Find("#kept-reason").InputAsync(new() { Value = "Founding member" });
        await Button(page, "Review the change").ClickAsync();
        page.WaitForAssertion(() => Assert.Contains("Uma Devi Founding member", Squeeze(page.Find(".plan-table").TextContent), StringComparison.Ordinal), Patience);
        await page.Find(".flow-actions .btn-primary").ClickAsync();
        page.WaitForAssertion(() => Assert.Contains("done", page.Find(".plan-summary").TextContent, StringComparison.Ordinal), Patience);

        var group = await GroupAsync(id);
        Assert.Equal((Membership.Smart, 1L), (group.Membership, group.MemberCount));
        Assert.Equal($"{uma.Id:D}||ada|Founding member", Assert.Single(group.Attributes[AttributeNames.Include]));
    }

    [Fact]
    public async Task A_smart_group_becomes_static_with_its_members_and_that_is_said_before()
    {
        var uma = await PersonAsync("uma");
        var id = await SmartAsync("(department Is Exactly \"Nobody has this\")", new MembershipException(uma.Id, "", null, "ada"));
        await Services.GetRequiredService<SmartUpdates>().UpdateAsync(id);
        var page = At(id);
        page.WaitForElement(".rule-tools", Patience);

        await Button(page, "Let people choose").ClickAsync();

        page.WaitForAssertion(() => Assert.Contains("The 1 member stays.", page.Find(".group-drops").TextContent, StringComparison.Ordinal), Patience);
        await page.WaitForElement(".flow-actions .btn-primary", Patience).ClickAsync();
        page.WaitForAssertion(() => Assert.Contains("done", page.Find(".plan-summary").TextContent, StringComparison.Ordinal), Patience);
        var group = await GroupAsync(id);
        Assert.Equal((Membership.Static, 1L), (group.Membership, group.MemberCount));
    }

    [Fact]
    public async Task Who_may_not_define_the_rule_sees_it_and_is_offered_nothing()
    {
        var id = await SmartAsync(Sales);
        SignIn("uma", "Uma Devi", "User");
        var page = At(id, "&edit=true");

        page.WaitForElement(".rule-body", Patience);
        Assert.Empty(page.FindAll(".rule-tools .btn"));
        Assert.Empty(page.FindAll(".bench"));
    }

    [Fact]
    public async Task A_held_update_is_told_with_the_way_to_it()
    {
        var people = await PeopleAsync(8);
        var id = await SmartAsync("(department Is Exactly \"Nobody has this\")", [.. people.Select(one => new MembershipException(one.Id, "", null, "ada"))]);
        await Services.GetRequiredService<SmartUpdates>().UpdateAsync(id);
        await DoAsync(new GroupRequest { Kind = PlanKind.Update, GroupId = id, Attributes = [new AttributeChange(AttributeNames.Include, ChangeMode.Set, [])] });
        await Services.GetRequiredService<SmartUpdates>().UpdateAsync(id);

        var page = At(id);

        page.WaitForAssertion(() => Assert.Contains("0 would join, 8 would leave", page.Find(".rule-held").TextContent, StringComparison.Ordinal), Patience);
        Assert.Equal($"/held/2/{id:D}", page.Find(".rule-held a").GetAttribute("href"));
    }

    private static string Squeeze(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static AngleSharp.Dom.IElement Button(IRenderedComponent<GroupPage> page, string text) =>
        page.FindAll("button").Single(button => button.TextContent.Trim() == text);

    private static void Type(IRenderedComponent<GroupPage> page, string text)
    {
        page.InvokeAsync(() => page.Find("#rule-rule-tab-GroupId").Click()).GetAwaiter().GetResult();
        page.WaitForElement("textarea", Patience);
        page.InvokeAsync(() => page.Find("textarea").Input(text)).GetAwaiter().GetResult();
    }

    private IRenderedComponent<GroupPage> At(Guid id, string query = "")
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo($"/groups/2/{id:D}?tab=rule{query}");
        return Render<GroupPage>(with => with.Add(page => page.StoreId, 2).Add(page => page.Id, id));
    }

    private async Task<DirectoryObject> PersonAsync(string account) =>
        Found(await Stores.Ad.FindAsync(new ObjectQuery(account, [ObjectKind.User]), CancellationToken.None)).Single(one => one.AccountName == account);

    private async Task<IReadOnlyList<DirectoryObject>> PeopleAsync(int count) =>
        [.. Found(await Stores.Ad.FindAsync(new ObjectQuery("", [ObjectKind.User], 50), CancellationToken.None)).Take(count)];

    private async Task<GroupState> GroupAsync(Guid id) => Assert.IsType<DirectoryAnswer<GroupState?>.Ok>(
        await Services.GetRequiredService<GroupReader>().GetAsync(2, id, CancellationToken.None)).Value!;

    private Task<Guid> StaticAsync(params Guid[] members) => DoAsync(new GroupRequest
    {
        Kind = PlanKind.Create, Name = $"Static {Guid.NewGuid():N}", Members = [new ReferenceChange(ChangeMode.Set, [.. members.Select(id => id.ToString("D"))])],
    });

    private Task<Guid> SmartAsync(string criteria, params MembershipException[] include)
    {
        var rule = new SmartRule
        {
            Criteria = CriteriaText.Read(CriteriaLanguage.GroupId, criteria, CriteriaVocabulary.For(StoreKind.ActiveDirectory)).Root!,
            Text = criteria, Language = CriteriaLanguage.GroupId, Include = include,
        };
        return DoAsync(new GroupRequest { Kind = PlanKind.Create, Name = $"Smart {Guid.NewGuid():N}", Attributes = SmartRules.Changes(rule) });
    }

    private async Task<Guid> DoAsync(GroupRequest request)
    {
        var service = Services.GetRequiredService<GroupService>();
        var plan = Assert.IsType<PlanAnswer.Planned>(await service.PlanAsync(2, request, Ada, CancellationToken.None)).Plan;
        Assert.Empty(plan.Problems);
        Assert.IsType<ApplyAnswer.Started>(await service.ApplyAsync(plan.Id, Ada, plan.Hash, CancellationToken.None));
        return (await service.WaitAsync(plan.Id, CancellationToken.None)).GroupId!.Value;
    }
}

/// <summary>An update that a test waits for.</summary>
internal static class UpdateSteps
{
    public static async Task UpdateAsync(this SmartUpdates updates, Guid group)
    {
        var requester = new Requester(new Person("ada", "Ada Winter", PortalRole.Administrator), "browser");
        var started = Assert.IsType<UpdateAnswer.Started>((await updates.StartAsync(2, [group], requester, CancellationToken.None))[0]);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await updates.WaitAsync(2, started.TaskId, limit.Token);
    }
}
