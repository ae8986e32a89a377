using Bunit;
using GroupPortal.Application.Groups;
using GroupPortal.Core.Access;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using GroupPortal.Web.Api;
using GroupPortal.Web.Components.Pages;
using GroupPortal.Web.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace GroupPortal.Web.Tests.Groups;

/// <summary>Pausing Entra ID's own rules, and letting them go on.</summary>
public sealed class RuleProcessingTests : PortalComponentTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly Requester Ida = new(new Person("ida", "Ida Sommer", PortalRole.Administrator), "browser");
    private readonly string _name = $"Dynamic {Guid.NewGuid():N}";

    public RuleProcessingTests(SampleStores stores)
        : base(stores)
    {
        Services.AddSingleton(new RuleExports());
        JSInterop.SetupModule("./assets/js/criteria.js").Mode = JSRuntimeMode.Loose;
    }

    [Fact]
    public async Task It_is_paused_by_a_plan_that_was_looked_at()
    {
        var id = await CreateAsync();
        var page = At(id);
        page.WaitForAssertion(() => Assert.Equal("On", page.Find(".processing .badge").TextContent.Trim()), Patience);
        Assert.True(page.Find("#rule-processing").HasAttribute("checked"));

        await page.Find("#rule-processing").ChangeAsync(new() { Value = false });
        page.WaitForAssertion(() => Assert.Equal("On → becomes Paused", Squeeze(page.Find(".plan-row td:nth-child(2)").TextContent)), Patience);
        Assert.Equal("On", await StateAsync(id));

        await page.WaitForElement(".flow-actions .btn-primary", Patience).ClickAsync();
        page.WaitForAssertion(() => Assert.Equal("1 of 1 done", page.Find(".plan-summary").TextContent), Patience);
        Assert.Equal("Paused", await StateAsync(id));

        await page.Find(".plan-actions .btn-primary").ClickAsync();
        page.WaitForAssertion(() => Assert.Equal("Paused", page.Find(".processing .badge").TextContent.Trim()), Patience);
        Assert.False(page.Find("#rule-processing").HasAttribute("checked"));
    }

    [Fact]
    public async Task Whoever_goes_back_from_the_plan_finds_the_switch_as_the_rule_stands()
    {
        var page = At(await CreateAsync());
        await page.WaitForElement("#rule-processing", Patience).ChangeAsync(new() { Value = false });
        await page.WaitForElement(".flow-actions .btn", Patience).ClickAsync();

        Assert.True(page.Find("#rule-processing").HasAttribute("checked"));
        Assert.Equal("On", page.Find(".processing .badge").TextContent.Trim());
    }

    [Fact]
    public async Task Who_may_not_change_the_rule_sees_how_it_stands_and_no_switch()
    {
        var id = await CreateAsync();
        SignIn("uma", "Uma Devi", "User");
        var page = At(id);

        page.WaitForElement(".processing .badge", Patience);
        Assert.Empty(page.FindAll("#rule-processing"));
    }

    [Fact]
    public async Task Entra_ID_can_take_over_a_group_that_people_filled_once_it_was_seen_who_leaves()
    {
        var id = await CreateAsync(rule: null, members: "uma@5cjshm.onmicrosoft.com");
        var page = At(id);
        Assert.EndsWith("&edit=true&by=entra", page.WaitForElement(".empty a.btn:not(.btn-primary)", Patience).GetAttribute("href"), StringComparison.Ordinal);

        page = At(id, "&edit=true&by=entra");
        Assert.Contains("there are no exceptions", page.WaitForElement(".notice-caution", Patience).TextContent, StringComparison.Ordinal);
        await page.WaitForElement("#rule-rule-tab-Entra", Patience).ClickAsync();
        await page.WaitForElement("textarea", Patience).InputAsync(new() { Value = "user.department -eq \"Nowhere\"" });
        page.WaitForAssertion(() => Assert.Equal("−1", page.Find(".count-leaving .effect-number").TextContent), Patience);
        page.WaitForState(() => !page.Find(".rule-bar .btn-primary").HasAttribute("disabled"), Patience);
        await page.Find(".rule-bar .btn-primary").ClickAsync();

        page.WaitForAssertion(() => Assert.Contains("+0 join, −1 leave", Squeeze(page.Find(".group-drops").TextContent), StringComparison.Ordinal), Patience);
        await page.WaitForElement(".flow-actions .btn-primary", Patience).ClickAsync();

        page.WaitForAssertion(() => Assert.Contains("done", page.Find(".plan-summary").TextContent, StringComparison.Ordinal), Patience);
        Assert.Equal(Membership.Dynamic, (await GroupAsync(id)).Membership);
    }

    private static string Squeeze(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private IRenderedComponent<GroupPage> At(Guid id, string query = "")
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo($"/groups/3/{id:D}?tab=rule{query}");
        return Render<GroupPage>(with => with.Add(page => page.StoreId, 3).Add(page => page.Id, id));
    }

    private async Task<string?> StateAsync(Guid id) => (await GroupAsync(id)).Attributes.First(AttributeNames.RuleProcessing);

    private async Task<GroupState> GroupAsync(Guid id) => Assert.IsType<DirectoryAnswer<GroupState?>.Ok>(
        await Services.GetRequiredService<GroupReader>().GetAsync(3, id, CancellationToken.None)).Value!;

    private async Task<Guid> CreateAsync(string? rule = "user.department -eq \"Sales\"", params string[] members)
    {
        var service = Services.GetRequiredService<GroupService>();
        var request = new GroupRequest
        {
            Kind = PlanKind.Create,
            Name = _name,
            Attributes =
            [
                new AttributeChange(AttributeNames.GroupType, ChangeMode.Set, ["4"]),
                .. rule is null ? Array.Empty<AttributeChange>() : [new AttributeChange(AttributeNames.MembershipRule, ChangeMode.Set, [rule])],
            ],
            Members = members.Length == 0 ? [] : [new ReferenceChange(ChangeMode.Set, members)],
        };
        var plan = Assert.IsType<PlanAnswer.Planned>(await service.PlanAsync(3, request, Ida, CancellationToken.None)).Plan;
        Assert.IsType<ApplyAnswer.Started>(await service.ApplyAsync(plan.Id, Ida, null, CancellationToken.None));
        return (await service.WaitAsync(plan.Id, CancellationToken.None)).GroupId!.Value;
    }
}
