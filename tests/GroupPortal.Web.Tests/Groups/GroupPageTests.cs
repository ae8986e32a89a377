using Bunit;
using GroupPortal.Application.Groups;
using GroupPortal.Core.Access;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using GroupPortal.Web.Components.Pages;
using GroupPortal.Web.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace GroupPortal.Web.Tests.Groups;

public sealed class GroupPageTests(SampleStores stores) : PortalComponentTests(stores)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly Requester Ida = new(new Person("ida", "Ida Sommer", PortalRole.Administrator), "browser");
    private readonly string _name = $"Page {Guid.NewGuid():N}";

    [Fact]
    public async Task Nothing_is_written_before_the_plan_was_looked_at()
    {
        var id = await CreateAsync();
        var page = Edit(id);
        await page.Find("#edit-description").ChangeAsync(new() { Value = "Its a demo group!" });
        await page.Find("form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Equal("1 attribute changes", page.Find(".plan-summary").TextContent), Patience);
        Assert.Equal("— → becomes Its a demo group!", Squeeze(page.Find(".plan-row td:nth-child(2)").TextContent));
        Assert.Null((await GroupAsync(id))!.Attributes.First("description"));

        await page.Find(".flow-actions .btn-primary").ClickAsync();

        page.WaitForAssertion(() => Assert.Equal("1 of 1 done", page.Find(".plan-summary").TextContent), Patience);
        Assert.Equal("Its a demo group!", (await GroupAsync(id))!.Attributes.First("description"));
    }

    [Fact]
    public async Task Going_back_from_the_plan_keeps_what_was_typed()
    {
        var page = Edit(await CreateAsync());
        await page.Find("#edit-description").ChangeAsync(new() { Value = "Not yet" });
        await page.Find("form").SubmitAsync();
        page.WaitForElement(".plan-summary", Patience);

        await page.Find(".flow-actions .btn").ClickAsync();

        Assert.Equal("Not yet", page.Find("#edit-description").GetAttribute("value"));
    }

    [Fact]
    public async Task The_form_shows_the_kind_that_stands()
    {
        var page = Edit(await CreateAsync());

        Assert.Equal("security", page.Find("#edit-purpose").GetAttribute("value"));
    }

    [Fact]
    public async Task The_account_name_can_be_changed()
    {
        var id = await CreateAsync();
        var page = Edit(id);
        await page.Find("#edit-account").ChangeAsync(new() { Value = $"{_name}-2" });
        await page.Find("form").SubmitAsync();
        await page.WaitForElement(".flow-actions .btn-primary", Patience).ClickAsync();

        page.WaitForAssertion(() => Assert.Equal("1 of 1 done", page.Find(".plan-summary").TextContent), Patience);
        Assert.Equal($"{_name}-2", (await GroupAsync(id))!.Attributes.First("sAMAccountName"));
    }

    [Fact]
    public async Task What_stands_in_the_way_is_said_beside_its_field_and_makes_no_plan()
    {
        var page = Edit(await CreateAsync());
        await page.Find("#edit-name").ChangeAsync(new() { Value = "DemoGroup1" });
        await page.Find("#edit-account").ChangeAsync(new() { Value = "who?" });
        await page.Find("form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Contains("is taken in", page.Find("#edit-name-problem").TextContent, StringComparison.Ordinal), Patience);
        Assert.Contains("may not contain", page.Find("#edit-account-problem").TextContent, StringComparison.Ordinal);
        Assert.Equal("true", page.Find("#edit-name").GetAttribute("aria-invalid"));
        Assert.Empty(page.FindAll(".flow"));
    }

    [Fact]
    public async Task A_form_without_changes_makes_no_plan()
    {
        var page = Edit(await CreateAsync());
        await page.Find("form").SubmitAsync();

        Assert.Equal("Nothing has been changed yet.", page.Find(".details-actions [role=status]").TextContent);
        Assert.Empty(page.FindAll(".flow"));
    }

    [Fact]
    public async Task Somebody_elses_change_is_shown_with_both_values_before_anything_is_planned_again()
    {
        var id = await CreateAsync();
        var page = Edit(id);
        await ChangeAsync(id, new AttributeChange("description", ChangeMode.Set, ["Ida was here"]));
        await page.Find("#edit-description").ChangeAsync(new() { Value = "Ada was here" });
        await page.Find("form").SubmitAsync();

        page.WaitForAssertion(
            () => Assert.Equal(["Description", "—", "Ida was here", "Ada was here"], page.FindAll(".mismatch tbody td").Select(cell => Squeeze(cell.TextContent))), Patience);
        Assert.Equal("Ida was here", (await GroupAsync(id))!.Attributes.First("description"));

        await page.Find(".mismatch .btn-primary").ClickAsync();
        await page.Find(".flow-actions .btn-primary").ClickAsync();

        page.WaitForAssertion(() => Assert.Equal("1 of 1 done", page.Find(".plan-summary").TextContent), Patience);
        Assert.Equal("Ada was here", (await GroupAsync(id))!.Attributes.First("description"));
    }

    [Fact]
    public async Task A_change_between_plan_and_apply_is_a_conflict_that_can_be_planned_again()
    {
        var id = await CreateAsync();
        var page = Edit(id);
        await page.Find("#edit-description").ChangeAsync(new() { Value = "Ada was here" });
        await page.Find("form").SubmitAsync();
        page.WaitForElement(".plan-summary", Patience);
        await ChangeAsync(id, new AttributeChange("description", ChangeMode.Set, ["Ida was here"]));

        await page.Find(".flow-actions .btn-primary").ClickAsync();

        page.WaitForElement(".flow-conflict", Patience);
        Assert.Equal(["You: — → becomes Ada was here", "Stands now: Ida was here"], page.FindAll(".plan-side").Select(side => Squeeze(side.TextContent)));

        await page.Find(".flow-conflict button").ClickAsync();
        page.WaitForAssertion(() => Assert.Equal("Ida was here → becomes Ada was here", Squeeze(page.Find(".plan-row td:nth-child(2)").TextContent)), Patience);
    }

    [Fact]
    public async Task A_group_is_deleted_only_when_its_name_was_typed()
    {
        var id = await CreateAsync();
        var page = At(id);
        await page.WaitForElement(".group-delete", Patience).ClickAsync();
        page.WaitForElement(".typed-input", Patience);
        Assert.True(page.Find(".btn-danger").HasAttribute("disabled"));

        await page.Find(".typed-input").InputAsync(new() { Value = _name[..^1] });
        Assert.True(page.Find(".btn-danger").HasAttribute("disabled"));
        await page.Find(".typed-input").InputAsync(new() { Value = _name });
        await page.Find(".btn-danger").ClickAsync();

        page.WaitForAssertion(() => Assert.Equal("1 of 1 done", page.Find(".plan-summary").TextContent), Patience);
        Assert.Null(await GroupAsync(id));
        await page.Find(".plan-actions .btn-primary").ClickAsync();
        page.WaitForAssertion(() => Assert.Contains("does not exist", page.Find(".empty-title").TextContent, StringComparison.Ordinal), Patience);
        page.WaitForAssertion(() => Assert.Contains("Deleted", page.Find(".history").TextContent, StringComparison.Ordinal), Patience);
    }

    [Fact]
    public async Task Members_are_gathered_then_planned_as_one()
    {
        var id = await CreateAsync(members: ["hal", "uma"]);
        var page = At(id, "?tab=members");
        page.WaitForState(() => page.FindAll(".members-action button").Count == 2, Patience);
        await page.FindAll(".members-action button")[0].ClickAsync();
        await page.Find(".members-wish .btn-primary").ClickAsync();

        page.WaitForAssertion(() => Assert.Equal("Apply 1 change", page.Find(".flow-actions .btn-primary").TextContent), Patience);
        Assert.Equal("1 leaves", page.Find(".plan-summary").TextContent);
    }

    [Fact]
    public async Task Emptying_a_group_is_held_until_its_name_was_typed()
    {
        var id = await CreateAsync(members: ["hal", "uma"]);
        var page = At(id, "?tab=members");
        page.WaitForState(() => page.FindAll(".members-action button").Count == 2, Patience);
        await page.FindAll(".members-action button")[0].ClickAsync();
        await page.FindAll(".members-action button")[1].ClickAsync();
        await page.Find(".members-wish .btn-primary").ClickAsync();

        page.WaitForElement(".typed-input", Patience);
        Assert.Equal("0 would join, 2 would leave; 2 are members now. That is 100 % of them.", page.Find(".guard-numbers").TextContent.Replace("100%", "100 %", StringComparison.Ordinal));
        Assert.True(page.Find(".flow-actions .btn-primary").HasAttribute("disabled"));

        await page.Find(".typed-input").InputAsync(new() { Value = _name });
        await page.Find(".flow-actions .btn-primary").ClickAsync();

        page.WaitForAssertion(() => Assert.Equal("2 of 2 done", page.Find(".plan-summary").TextContent), Patience);
    }

    [Fact]
    public async Task Who_may_not_change_it_is_told_why_and_offered_nothing()
    {
        var id = await CreateAsync();
        SignIn("uma", "Uma Devi", "User");
        var page = At(id, "?edit=true");

        page.WaitForAssertion(() => Assert.Contains("Only the owners", page.Find(".group-notice").TextContent, StringComparison.Ordinal), Patience);
        Assert.Empty(page.FindAll(".page-header-actions .btn"));
        Assert.Empty(page.FindAll("form"));
    }

    [Fact]
    public async Task A_protected_group_says_so_even_to_an_administrator()
    {
        var answer = await Stores.Ad.FindGroupsAsync(new GroupQuery("Administrators"), CancellationToken.None);
        var group = Assert.IsType<DirectoryAnswer<Page<GroupSummary>>.Ok>(answer).Value.Items.First(one => one.IsProtected);
        var page = At(group.Id);

        page.WaitForAssertion(() => Assert.NotNull(page.Find(".notice-caution.group-notice")), Patience);
        Assert.Empty(page.FindAll(".page-header-actions .btn"));
    }

    [Fact]
    public void A_group_that_never_was_is_no_dead_end()
    {
        var page = At(Guid.NewGuid());

        page.WaitForAssertion(() => Assert.Equal("/groups?store=2", page.Find(".empty a").GetAttribute("href")), Patience);
    }

    [Fact]
    public async Task Every_attribute_stands_with_its_own_name()
    {
        var id = await CreateAsync();
        var page = At(id, "?tab=attributes");

        page.WaitForAssertion(() => Assert.Contains("sAMAccountName", page.FindAll(".attribute-name").Select(name => name.TextContent)), Patience);
        Assert.Contains(id.ToString("D"), page.FindAll(".attribute-value .mono").Select(value => value.TextContent));
    }

    private GroupService Service => Services.GetRequiredService<GroupService>();

    private IRenderedComponent<GroupPage> At(Guid id, string query = "")
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo($"/groups/2/{id:D}{query}");
        return Render<GroupPage>(with => with.Add(page => page.StoreId, 2).Add(page => page.Id, id));
    }

    private IRenderedComponent<GroupPage> Edit(Guid id)
    {
        var page = At(id, "?edit=true");
        page.WaitForElement("#edit-description", Patience);
        return page;
    }

    private async Task<GroupState?> GroupAsync(Guid id) => Assert.IsType<DirectoryAnswer<GroupState?>.Ok>(
        await Services.GetRequiredService<GroupReader>().GetAsync(2, id, CancellationToken.None)).Value;

    private async Task<Guid> CreateAsync(params string[] members)
    {
        var request = new GroupRequest
        {
            Kind = PlanKind.Create,
            Name = _name,
            Members = members.Length == 0 ? [] : [new ReferenceChange(ChangeMode.Set, members)],
        };
        return (await ApplyAsync(request)).GroupId!.Value;
    }

    private Task ChangeAsync(Guid id, AttributeChange change) => ApplyAsync(new GroupRequest { Kind = PlanKind.Update, GroupId = id, Attributes = [change] });

    private async Task<PlanResult> ApplyAsync(GroupRequest request)
    {
        var plan = Assert.IsType<PlanAnswer.Planned>(await Service.PlanAsync(2, request, Ida, CancellationToken.None)).Plan;
        Assert.IsType<ApplyAnswer.Started>(await Service.ApplyAsync(plan.Id, Ida, null, CancellationToken.None));
        return await Service.WaitAsync(plan.Id, CancellationToken.None);
    }

    private static string Squeeze(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
