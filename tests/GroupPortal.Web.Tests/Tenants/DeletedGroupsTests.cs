using Bunit;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Directories.Tenants;
using GroupPortal.Web.Components.Pages;
using GroupPortal.Web.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;

namespace GroupPortal.Web.Tests.Tenants;

/// <summary>Groups that were deleted, and their way back.</summary>
public sealed class DeletedGroupsTests(SampleStores stores) : TenantPortalTests(stores)
{
    [Fact]
    public async Task A_group_is_restored_by_a_plan_that_was_looked_at_and_the_result_leads_to_it()
    {
        var group = Delete("Night Shift");
        var page = At();
        await page.WaitForElement(".deleted-action button", Patience).ClickAsync();

        page.WaitForAssertion(() => Assert.Equal("The group comes back", page.Find(".plan-summary").TextContent), Patience);
        Assert.Empty(Written);
        Assert.Empty(page.FindAll(".deleted-back"));
        JSInterop.VerifyFocusAsyncInvoke().Arguments[0].ShouldBeElementReferenceTo(page.Find(".deleted-flow"));
        await page.Find(".flow-actions .btn-primary").ClickAsync();

        page.WaitForAssertion(() => Assert.Equal($"/groups/3/{group.Id:D}", page.Find(".deleted-back a").GetAttribute("href")), Patience);
        Assert.Equal([$"restore {group.Id:D}"], Written);

        Tenant.Deleted.Clear();
        await page.Find(".plan-actions .btn-primary").ClickAsync();
        page.WaitForAssertion(() => Assert.Contains("No deleted groups", page.Find(".empty-title").TextContent, StringComparison.Ordinal), Patience);
    }

    [Theory]
    [InlineData("/groups/deleted?store=2", ".empty-title")]
    [InlineData("/groups/deleted?store=3&q=night", ".deleted-table")]
    [InlineData("/groups/deleted?store=3&page=2", ".empty-title")]
    public async Task Another_store_search_or_page_leaves_the_restoring(string address, string shown)
    {
        Delete("Night Shift");
        var page = At();
        await page.WaitForElement(".deleted-action button", Patience).ClickAsync();
        page.WaitForElement(".plan-summary", Patience);

        GoTo(address);
        page.WaitForElement(shown, Patience);
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".plan-summary, .deleted-flow")), Patience);
        GoTo("/groups/deleted?store=3");

        page.WaitForElement(".deleted-action button", Patience);
        Assert.Empty(page.FindAll(".plan-summary, .deleted-flow"));
    }

    [Fact]
    public void When_it_was_deleted_and_until_when_it_can_be_restored_is_said()
    {
        Delete("Night Shift", days: 3);
        var page = At();

        page.WaitForAssertion(() => Assert.Contains("Night Shift", page.Find(".deleted-table tbody").TextContent, StringComparison.Ordinal), Patience);
        Assert.Contains("3 days ago", page.Find("td[data-label=Deleted]").TextContent, StringComparison.Ordinal);
        Assert.Contains("in 27 days", page.FindAll("td[data-label]")[1].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_group_with_a_role_is_shown_and_not_offered()
    {
        Tenant.Deleted.Add(Delete("Night Shift") with { IsProtected = true });
        Tenant.Deleted.RemoveAt(0);
        var page = At();

        page.WaitForElement(".deleted-protected", Patience);
        Assert.Empty(page.FindAll(".deleted-action button"));
    }

    [Fact]
    public async Task The_search_stands_in_the_address()
    {
        Delete("Night Shift");
        var page = At();
        page.WaitForElement(".deleted-table", Patience);
        await page.Find("#deleted-search").InputAsync(new() { Value = "day" });
        await page.Find("#deleted-search").KeyDownAsync(new KeyboardEventArgs { Key = "Enter" });

        page.WaitForAssertion(() => Assert.EndsWith("/groups/deleted?store=3&q=day", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal), Patience);
        page.WaitForAssertion(() => Assert.Equal("No deleted group matches “day”", page.Find(".empty-title").TextContent), Patience);
    }

    [Fact]
    public void Many_stand_on_pages()
    {
        for (var number = 0; number < 60; number++)
        {
            Delete($"Group {number}");
        }

        var page = At("&page=2");

        page.WaitForAssertion(() => Assert.Equal(10, page.FindAll(".deleted-table tbody tr").Count), Patience);
        Assert.Equal("/groups/deleted?store=3", page.Find(".pager a").GetAttribute("href"));
    }

    [Fact]
    public void An_error_can_be_tried_again()
    {
        Tenant.Error = new DirectoryError.Unavailable();
        var page = At();
        var again = page.WaitForElement(".error button", Patience);

        Tenant.Error = null;
        Delete("Night Shift");
        again.Click();

        page.WaitForElement(".deleted-table", Patience);
    }

    [Fact]
    public void Who_may_not_delete_any_group_sees_none_and_learns_why()
    {
        Delete("Night Shift");
        SignIn("uma", "Uma Devi", "User");
        var page = At();

        page.WaitForAssertion(() => Assert.Equal("Restoring is for others", page.Find(".empty-title").TextContent), Patience);
        Assert.DoesNotContain("Night Shift", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void A_store_that_is_no_tenant_says_so()
    {
        GoTo("/groups/deleted?store=2");
        var page = Render<DeletedGroups>();

        page.WaitForAssertion(() => Assert.Equal("demo.local keeps no deleted groups", page.Find(".empty-title").TextContent), Patience);
    }

    [Theory]
    [InlineData(3, "ada", "Administrator", true)]
    [InlineData(3, "uma", "User", false)]
    [InlineData(2, "ada", "Administrator", false)]
    public void The_list_of_groups_leads_there_those_who_may_restore(int store, string account, string role, bool leads)
    {
        SignIn(account, account, role);
        GoTo($"/groups?store={store}");
        var page = Render<Web.Components.Pages.Groups>();
        page.WaitForElement(".list-bar", Patience);

        Assert.Equal(leads, page.FindAll($"a[href='/groups/deleted?store={store}']").Count == 1);
    }

    [Fact]
    public async Task After_a_deletion_it_is_said_until_when_the_group_can_be_had_back()
    {
        var id = await CreateAsync();
        GoTo($"/groups/3/{id:D}");
        var page = Render<GroupPage>(with => with.Add(one => one.StoreId, Store).Add(one => one.Id, id));
        await page.WaitForElement(".group-delete", Patience).ClickAsync();
        var typed = page.WaitForElement(".typed-input", Patience);
        await typed.InputAsync(new() { Value = page.Find(".typed-label strong").TextContent });
        Delete("It", id: id);
        await page.Find(".flow-actions .btn-danger").ClickAsync();

        page.WaitForAssertion(() => Assert.Equal($"/groups/deleted?store=3&q={id:D}", page.Find(".offer a").GetAttribute("href")), Patience);
        await page.Find(".plan-actions .btn-primary").ClickAsync();
        page.WaitForAssertion(() => Assert.Contains("can be restored until", page.Find(".offer").TextContent, StringComparison.Ordinal), Patience);
        Assert.Contains("does not exist", page.Find(".empty-title").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hal", "Helpdesk", true)]
    [InlineData("uma", "User", false)]
    public async Task A_group_that_is_gone_and_not_listed_yet_leads_those_who_may_restore_to_the_list(string account, string role, bool leads)
    {
        SignIn(account, account, role);
        var gone = Guid.NewGuid();
        GoTo($"/groups/3/{gone:D}");
        var page = Render<GroupPage>(with => with.Add(one => one.StoreId, Store).Add(one => one.Id, gone));

        page.WaitForElement(".group-past", Patience);
        if (leads)
        {
            page.WaitForAssertion(() => Assert.Equal("/groups/deleted?store=3", page.Find(".offer-later a").GetAttribute("href")), Patience);
        }

        Assert.Equal(leads, page.FindAll(".group-offer a").Count == 1);
    }

    private DeletedGroup Delete(string name, int days = 0, Guid? id = null)
    {
        var deleted = Clock.GetUtcNow().AddDays(-days);
        var group = new DeletedGroup(id ?? Guid.NewGuid(), name, 16, null, deleted, deleted.AddDays(30));
        Tenant.Deleted.Add(group);
        return group;
    }

    private IRenderedComponent<DeletedGroups> At(string more = "")
    {
        GoTo($"/groups/deleted?store={Store}{more}");
        return Render<DeletedGroups>();
    }
}
