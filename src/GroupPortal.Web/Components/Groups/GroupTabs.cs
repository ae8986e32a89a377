namespace GroupPortal.Web.Components.Groups;

/// <summary>One tab of the group page.</summary>
/// <param name="Path">Its name in the address; null for the first, which needs none.</param>
public sealed record GroupTab(string? Path, string TextKey);

public static class GroupTabs
{
    public static IReadOnlyList<GroupTab> All { get; } =
    [
        new(null, "Tab_Overview"),
        new("members", "Tab_Members"),
        new("owners", "Tab_Owners"),
        new("rule", "Tab_Rule"),
        new("attributes", "Tab_Attributes"),
        new("member-of", "Tab_MemberOf"),
        new("history", "Tab_History"),
    ];

    /// <summary>The tab of an address; an unknown one is the first.</summary>
    public static GroupTab Of(string? path) => All.FirstOrDefault(tab => tab.Path == path) ?? All[0];
}
