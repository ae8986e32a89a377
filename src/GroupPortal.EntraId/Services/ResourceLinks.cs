using GroupPortal.Core.Directories.Tenants;

namespace GroupPortal.EntraId.Services;

/// <summary>
/// Where what belongs to a Microsoft 365 group is looked at. Outlook's addresses follow from the group's own, the notebook's from
/// its site; only site, team and plan have to be asked for. Pure.
/// </summary>
internal static class ResourceLinks
{
    /// <param name="graph">The host of Graph: each cloud has an Outlook and a Planner of its own.</param>
    /// <param name="plan">The id of its first plan; null without one.</param>
    public static IReadOnlyList<ResourceLink> Of(string graph, string? mail, Uri? site, Uri? team, string? plan)
    {
        var links = new List<ResourceLink>();
        if (mail?.Split('@') is [{ Length: > 0 } name, { Length: > 0 } domain] && Outlook(graph) is { } outlook)
        {
            var group = $"group/{Uri.EscapeDataString(domain)}/{Uri.EscapeDataString(name)}";
            links.Add(new ResourceLink(ResourceKind.Conversations, new Uri($"https://{outlook}/mail/{group}/email")));
            links.Add(new ResourceLink(ResourceKind.Calendar, new Uri($"https://{outlook}/calendar/{group}/view/week")));
        }

        if (site is not null)
        {
            links.Add(new ResourceLink(ResourceKind.Site, site));
            links.Add(new ResourceLink(ResourceKind.Notebook, new Uri(site.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/_layouts/15/groupstatus.aspx?Target=NOTEBOOK")));
        }

        if (plan is not null && Planner(graph) is { } planner)
        {
            links.Add(new ResourceLink(ResourceKind.Planner, new Uri($"https://{planner}/Home/PlanViews/{Uri.EscapeDataString(plan)}")));
        }

        if (team is not null)
        {
            links.Add(new ResourceLink(ResourceKind.Team, team));
        }

        return links;
    }

    private static string? Outlook(string graph) => graph.ToUpperInvariant() switch
    {
        "GRAPH.MICROSOFT.US" => "outlook.office365.us",
        "DOD-GRAPH.MICROSOFT.US" => "webmail.apps.mil",
        "MICROSOFTGRAPH.CHINACLOUDAPI.CN" => "partner.outlook.cn",
        _ => "outlook.office.com",
    };

    /// <summary>Null where it is not known to have such addresses.</summary>
    private static string? Planner(string graph) => graph.ToUpperInvariant() switch
    {
        "GRAPH.MICROSOFT.US" => "tasks.office365.us",
        "DOD-GRAPH.MICROSOFT.US" or "MICROSOFTGRAPH.CHINACLOUDAPI.CN" => null,
        _ => "tasks.office.com",
    };
}
