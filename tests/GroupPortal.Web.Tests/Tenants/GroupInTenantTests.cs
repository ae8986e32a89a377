using Bunit;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Directories.Tenants;
using GroupPortal.Core.Groups;
using GroupPortal.Web.Components.Pages;
using GroupPortal.Web.Tests.Support;

namespace GroupPortal.Web.Tests.Tenants;

/// <summary>The tab of the group page with what Entra ID and Microsoft 365 have beside the directory.</summary>
public sealed class GroupInTenantTests(SampleStores stores) : TenantPortalTests(stores)
{
    private static readonly Licence E3 = new(Guid.Parse("6fd2c87f-b296-42f0-b197-1e91e994b900"), "ENTERPRISEPACK", 10, 8);
    private static readonly Licence Visio = new(Guid.Parse("c5928f49-12ba-48f7-ada3-0d743a3601d5"), "VISIOCLIENT", 5, 5);

    [Fact]
    public async Task The_rest_of_the_page_does_not_ask_for_it()
    {
        var page = At(await CreateAsync(), "members");
        page.WaitForElement(".tabs", Patience);

        Assert.Equal(0, Tenant.GroupsAsked);
        Assert.Contains("In Entra ID", page.Find(".tabs").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_is_no_tenant_has_no_such_tab_and_an_address_of_it_shows_the_overview()
    {
        var found = Assert.IsType<DirectoryAnswer<Page<GroupSummary>>.Ok>(await Stores.Ad.FindGroupsAsync(new GroupQuery(""), CancellationToken.None)).Value.Items[0];
        GoTo($"/groups/2/{found.Id:D}?tab=entra");
        var page = Render<GroupPage>(with => with.Add(one => one.StoreId, 2).Add(one => one.Id, found.Id));
        page.WaitForElement(".tabs", Patience);

        Assert.DoesNotContain("Entra", page.Find(".tabs").TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.Find("#overview-title"));
    }

    [Fact]
    public async Task What_belongs_to_a_group_opens_in_a_tab_of_its_own()
    {
        Tenant.Group = new TenantGroup(Guid.Empty)
        {
            Links = [.. Enum.GetValues<ResourceKind>().Select(kind => new ResourceLink(kind, new Uri($"https://example.com/{kind}")))],
        };
        var page = At(await CreateAsync(EntraGroupType.Microsoft365));

        page.WaitForAssertion(() => Assert.Equal(6, page.FindAll(".links a").Count), Patience);
        Assert.All(page.FindAll(".links a"), link =>
        {
            Assert.Equal("_blank", link.GetAttribute("target"));
            Assert.Contains("noopener", link.GetAttribute("rel"), StringComparison.Ordinal);
            Assert.Contains("opens in a new tab", link.TextContent, StringComparison.Ordinal);
        });
        Assert.Equal("https://example.com/Team", page.FindAll(".links a")[5].GetAttribute("href"));
        Assert.Contains("In Microsoft 365", page.Find(".tabs [aria-current]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_can_be_tried_again()
    {
        Tenant.Error = new DirectoryError.Unavailable();
        var page = At(await CreateAsync());
        page.WaitForElement(".error button", Patience);

        Tenant.Error = null;
        Tenant.Group = new TenantGroup(Guid.Empty);
        await page.Find(".error button").ClickAsync();

        page.WaitForAssertion(() => Assert.Contains("gives its members no licences", page.Find(".licences").TextContent, StringComparison.Ordinal), Patience);
    }

    [Fact]
    public async Task A_group_that_Entra_ID_does_not_know_yet_is_no_error()
    {
        var page = At(await CreateAsync());

        page.WaitForAssertion(() => Assert.Contains("does not have this group yet", page.Find(".empty").TextContent, StringComparison.Ordinal), Patience);
    }

    [Fact]
    public async Task Where_it_comes_from_and_who_decides_is_said()
    {
        Tenant.Group = new TenantGroup(Guid.Empty) { Origin = new OnPremisesOrigin(false, "example.com", "Operators", "S-1-5-21-1", Clock.GetUtcNow().AddHours(-2)) };
        var page = At(await CreateAsync());

        var facts = Squeeze(page.WaitForElement(".origin", Patience).TextContent);
        Assert.Contains("Entra ID decides", facts, StringComparison.Ordinal);
        Assert.Contains("example.com", facts, StringComparison.Ordinal);
        Assert.Contains("Operators", facts, StringComparison.Ordinal);
        Assert.Contains("2 hours ago", facts, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_have_words_where_there_are_some_and_their_own_name_elsewhere()
    {
        Tenant.Group = new TenantGroup(Guid.Empty) { Settings = [new("AllowToAddGuests", "false"), new("Unheard", "of")] };
        var page = At(await CreateAsync(EntraGroupType.Microsoft365));

        page.WaitForElement("#settings-title", Patience);
        Assert.Equal(["Owners may add guests", "Unheard"], page.FindAll("[aria-labelledby=settings-title] dt").Select(name => name.TextContent));
        Assert.Equal(["No", "of"], page.FindAll("[aria-labelledby=settings-title] dd").Select(value => value.TextContent));
    }

    [Fact]
    public async Task Licences_are_chosen_and_the_plan_says_what_that_does()
    {
        Tenant.Group = new TenantGroup(Guid.Empty) { Licences = [Visio] };
        Tenant.Licences.AddRange([E3, Visio]);
        var page = At(await CreateAsync());
        page.WaitForAssertion(() => Assert.Equal("Visio Plan 2 VISIOCLIENT none of 5 free", Squeeze(Spaced(page.Find(".licences-list .licence")))), Patience);

        await page.Find("[aria-labelledby=licences-title] .card-head button").ClickAsync();
        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll(".licence-choice").Count), Patience);
        Assert.True(page.Find(".licences-actions .btn-primary").HasAttribute("disabled"));
        await page.FindAll(".licence-choice input")[0].ChangeAsync(new() { Value = true });
        await page.FindAll(".licence-choice input")[1].ChangeAsync(new() { Value = false });
        await page.Find(".licences-actions .btn-primary").ClickAsync();

        page.WaitForAssertion(() => Assert.Equal(["+given Office 365 E3", "−taken away Visio Plan 2"], page.FindAll(".licence-change").Select(change => Squeeze(change.TextContent))), Patience);
        Assert.Contains("Office 365 E3", page.Find(".plan-effect").TextContent, StringComparison.Ordinal);
        Assert.Empty(Written);
        Tenant.Group = Tenant.Group with { Licences = [E3] };
        await page.Find(".flow-actions .btn-primary").ClickAsync();

        page.WaitForAssertion(() => Assert.Equal("1 of 1 done", page.Find(".plan-summary").TextContent), Patience);
        Assert.Equal([AttributeNames.Licences], Written);
        await page.Find(".plan-actions .btn-primary").ClickAsync();
        page.WaitForAssertion(() => Assert.Equal("Office 365 E3", page.Find(".licences-list .licence-name").TextContent), Patience);
    }

    [Fact]
    public async Task Only_administrators_change_licences()
    {
        Tenant.Group = new TenantGroup(Guid.Empty) { Licences = [E3] };
        var id = await CreateAsync();
        SignIn("hal", "Hal Helpdesk", "Helpdesk");
        var page = At(id);

        page.WaitForElement(".licences-list", Patience);
        Assert.Empty(page.FindAll("[aria-labelledby=licences-title] button"));
    }

    [Fact]
    public async Task A_group_that_expires_is_renewed_by_a_plan()
    {
        Tenant.Group = new TenantGroup(Guid.Empty) { Expires = Clock.GetUtcNow().AddDays(10), Renewed = Clock.GetUtcNow().AddDays(-170), IsNamedByExpirationPolicy = true };
        Tenant.Policy = new ExpirationPolicy(180, ExpiringGroups.Selected, []);
        var page = At(await CreateAsync(EntraGroupType.Microsoft365));
        page.WaitForAssertion(() => Assert.Contains("in 10 days", page.Find(".expiration").TextContent, StringComparison.Ordinal), Patience);
        Assert.Contains("Soon", page.Find(".expiration .badge").TextContent, StringComparison.Ordinal);

        await page.Find("[aria-labelledby=expiration-title] .card-head button").ClickAsync();
        await page.WaitForElement(".flow-actions .btn-primary", Patience).ClickAsync();

        page.WaitForAssertion(() => Assert.Equal([AttributeNames.Renewed], Written), Patience);
    }

    [Fact]
    public async Task Naming_a_group_in_the_policy_says_when_it_will_be_deleted()
    {
        Tenant.Group = new TenantGroup(Guid.Empty) { IsNamedByExpirationPolicy = false };
        Tenant.Policy = new ExpirationPolicy(180, ExpiringGroups.Selected, []);
        var page = At(await CreateAsync(EntraGroupType.Microsoft365));
        await page.WaitForElement("#expiration-named", Patience).ChangeAsync(new() { Value = true });

        page.WaitForAssertion(() => Assert.Contains("180 days", page.Find(".plan-effect").TextContent, StringComparison.Ordinal), Patience);
        await page.Find(".flow-actions .btn-primary").ClickAsync();
        page.WaitForAssertion(() => Assert.Equal([AttributeNames.Expires], Written), Patience);
    }

    [Fact]
    public async Task Whoever_may_not_name_groups_sees_whether_it_is_named()
    {
        Tenant.Group = new TenantGroup(Guid.Empty) { IsNamedByExpirationPolicy = true };
        var id = await CreateAsync(EntraGroupType.Microsoft365);
        SignIn("hal", "Hal Helpdesk", "Helpdesk");
        var page = At(id);

        page.WaitForElement(".expiration", Patience);
        Assert.Empty(page.FindAll("#expiration-named"));
        Assert.Equal("Yes", page.Find(".expiration dl:last-child dd").TextContent);
    }

    private static string Spaced(AngleSharp.Dom.IElement element) =>
        string.Join(' ', element.QuerySelectorAll(".licence-name, .licence-part, .badge").Select(part => part.TextContent));

    private IRenderedComponent<GroupPage> At(Guid id, string tab = "entra")
    {
        GoTo($"/groups/{Store}/{id:D}?tab={tab}");
        return Render<GroupPage>(with => with.Add(page => page.StoreId, Store).Add(page => page.Id, id));
    }
}
