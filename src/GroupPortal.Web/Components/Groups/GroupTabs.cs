using GroupPortal.Web.Components.Tenants;

namespace GroupPortal.Web.Components.Groups;

/// <summary>One tab of the group page.</summary>
/// <param name="Path">Its name in the address; null for the first, which needs none.</param>
public sealed record GroupTab(string? Path, string TextKey)
{
    /// <summary>Only groups of a tenant have it.</summary>
    public bool IsTenants { get; init; }
}

public static class GroupTabs
{
    public static IReadOnlyList<GroupTab> All { get; } =
    [
        new(null, "Tab_Overview"),
        new("members", "Tab_Members"),
        new("owners", "Tab_Owners"),
        new("rule", "Tab_Rule"),
        new(TenantPaths.Tab, "Tab_EntraId") { IsTenants = true },
        new("attributes", "Tab_Attributes"),
        new("member-of", "Tab_MemberOf"),
        new("history", "Tab_History"),
    ];

    /// <summary>The tab of an address; one that is unknown, or that this store does not have, is the first.</summary>
    public static GroupTab Of(string? path, bool isTenant) => All.FirstOrDefault(tab => tab.Path == path && (isTenant || !tab.IsTenants)) ?? All[0];
}
