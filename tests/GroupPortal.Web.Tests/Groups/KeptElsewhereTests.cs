using Bunit;
using GroupPortal.Application.Groups;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Web.Components.Groups;
using GroupPortal.Web.Components.Pages;
using GroupPortal.Web.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace GroupPortal.Web.Tests.Groups;

/// <summary>Groups that Exchange Online or an Active Directory writes, and Microsoft Graph only shows.</summary>
public sealed class KeptElsewhereTests(SampleStores stores) : PortalComponentTests(stores)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private GroupAuthority _authority = GroupAuthority.Exchange;

    internal override IEnumerable<IDirectory> Directories() =>
        [Stores.Ad, WatchedDirectory.Around(Stores.All[1], (method, arguments) => method == nameof(IDirectory.GetGroupAsync) ? ElsewhereAsync((Guid)arguments[0]!) : null)];

    [Theory]
    [InlineData(GroupAuthority.Exchange, "Kept in Exchange Online", "Exchange admin center")]
    [InlineData(GroupAuthority.OnPremises, "Synchronised from Active Directory", "Change it there")]
    public async Task The_page_says_where_it_is_kept_and_offers_no_change_even_to_an_administrator(GroupAuthority authority, string title, string advice)
    {
        _authority = authority;
        var page = At((await FirstAsync()).Id, "?edit=true");

        page.WaitForAssertion(() => Assert.Equal(title, page.Find(".authority h2").TextContent), Patience);
        Assert.Contains(advice, page.Find(".authority").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll(".page-header-actions .btn"));
        Assert.Empty(page.FindAll("form"));
    }

    [Theory]
    [InlineData("members")]
    [InlineData("owners")]
    [InlineData("rule")]
    public async Task No_tab_offers_a_change(string tab)
    {
        var page = At((await FirstAsync()).Id, $"?tab={tab}");
        page.WaitForElement(".authority", Patience);

        Assert.Empty(page.FindAll("[role=combobox], .members-action button, .owner button, a.btn"));
    }

    [Fact]
    public async Task By_which_address_it_is_found_there_is_said()
    {
        var group = await FirstAsync();
        var page = At(group.Id);

        page.WaitForAssertion(() => Assert.Contains(group.Mail!, page.Find(".authority").TextContent, StringComparison.Ordinal), Patience);
    }

    [Theory]
    [InlineData(GroupAuthority.Exchange, "read-only, in Exchange")]
    [InlineData(GroupAuthority.OnPremises, "read-only, from Active Directory")]
    public async Task Lists_mark_it_with_an_icon_and_in_words(GroupAuthority authority, string words)
    {
        var group = await FirstAsync();
        GroupListItem[] items =
        [
            new(group with { Authority = authority }, GroupSecurityType.Private, Membership.Static),
            new(group with { Id = Guid.NewGuid() }, GroupSecurityType.Private, Membership.Static),
        ];
        var table = Render<GroupTable>(with => with
            .Add(one => one.Store, Stores.All[1].Store)
            .Add(one => one.State, new GroupListState(3))
            .Add(one => one.Items, items));

        var mark = Assert.Single(table.FindAll(".list-elsewhere"));
        Assert.Equal(words, mark.TextContent.Trim());
        Assert.NotNull(mark.QuerySelector("svg"));
    }

    [Fact]
    public async Task Lists_of_Graph_say_nothing_of_owners_whom_they_do_not_know()
    {
        var group = await FirstAsync();
        var graph = Stores.All[1].Store with { Connection = StoreConnection.Graph };
        var table = Render<GroupTable>(with => with
            .Add(one => one.Store, graph)
            .Add(one => one.State, new GroupListState(3))
            .Add(one => one.Items, [new GroupListItem(group with { OwnerName = null }, GroupSecurityType.Private, Membership.Static)]));

        Assert.Empty(table.FindAll(".list-owner"));
        Assert.Equal(4, table.FindAll("thead th").Count);
    }

    private IRenderedComponent<GroupPage> At(Guid id, string query = "")
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo($"/groups/3/{id:D}{query}");
        return Render<GroupPage>(with => with.Add(page => page.StoreId, 3).Add(page => page.Id, id));
    }

    private async Task<GroupSummary> FirstAsync()
    {
        var answer = await Stores.All[1].FindGroupsAsync(new GroupQuery(""), CancellationToken.None);
        return Assert.IsType<DirectoryAnswer<Page<GroupSummary>>.Ok>(answer).Value.Items.First(group => group.Mail is not null);
    }

    private async Task<DirectoryAnswer<GroupState?>> ElsewhereAsync(Guid id) =>
        (await Stores.All[1].GetGroupAsync(id, CancellationToken.None)).Map(group => group is null ? null : group with { Authority = _authority });
}
