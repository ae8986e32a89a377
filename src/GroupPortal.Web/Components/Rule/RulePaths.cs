using GroupPortal.Web.Components.Groups;

namespace GroupPortal.Web.Components.Rule;

/// <summary>The addresses of a group's rule.</summary>
public static class RulePaths
{
    /// <summary>The tab of the group page.</summary>
    public const string Tab = "rule";

    /// <summary>The same, with the rule to be written.</summary>
    public static string Edit(int store, Guid group) => GroupPaths.Of(store, group, Tab) + "&edit=true";
}
