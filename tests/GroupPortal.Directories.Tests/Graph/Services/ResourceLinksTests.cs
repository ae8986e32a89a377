using GroupPortal.Core.Directories.Tenants;
using GroupPortal.EntraId.Services;

namespace GroupPortal.Directories.Tests.Graph.Services;

public sealed class ResourceLinksTests
{
    private static readonly Uri Site = new("https://contoso.sharepoint.com/sites/sales?x=1");

    [Fact]
    public void Everything_that_a_team_has_is_linked_in_the_order_in_which_people_look_for_it()
    {
        var links = ResourceLinks.Of("graph.microsoft.com", "sales@contoso.com", Site, new Uri("https://teams.microsoft.com/l/team/1"), "plan 7");

        Assert.Equal(
            [
                (ResourceKind.Conversations, "https://outlook.office.com/mail/group/contoso.com/sales/email"),
                (ResourceKind.Calendar, "https://outlook.office.com/calendar/group/contoso.com/sales/view/week"),
                (ResourceKind.Site, "https://contoso.sharepoint.com/sites/sales?x=1"),
                (ResourceKind.Notebook, "https://contoso.sharepoint.com/sites/sales/_layouts/15/groupstatus.aspx?Target=NOTEBOOK"),
                (ResourceKind.Planner, "https://tasks.office.com/Home/PlanViews/plan%207"),
                (ResourceKind.Team, "https://teams.microsoft.com/l/team/1"),
            ],
            links.Select(link => (link.Kind, link.Address.AbsoluteUri)));
    }

    [Fact]
    public void What_is_not_known_is_not_linked()
    {
        Assert.Empty(ResourceLinks.Of("graph.microsoft.com", null, null, null, null));
        Assert.Empty(ResourceLinks.Of("graph.microsoft.com", "no address", null, null, null));
    }

    [Theory]
    [InlineData("graph.microsoft.us", "outlook.office365.us", "tasks.office365.us")]
    [InlineData("dod-graph.microsoft.us", "webmail.apps.mil", null)]
    [InlineData("microsoftgraph.chinacloudapi.cn", "partner.outlook.cn", null)]
    public void Each_cloud_has_addresses_of_its_own(string graph, string outlook, string? planner)
    {
        var links = ResourceLinks.Of(graph, "sales@contoso.com", null, null, "plan");

        Assert.Equal(outlook, links[0].Address.Host);
        Assert.Equal(planner, links.FirstOrDefault(link => link.Kind == ResourceKind.Planner)?.Address.Host);
    }
}
