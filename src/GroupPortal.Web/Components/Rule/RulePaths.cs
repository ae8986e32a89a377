using GroupPortal.Web.Components.Groups;

namespace GroupPortal.Web.Components.Rule;

/// <summary>The addresses of a group's rule.</summary>
public static class RulePaths
{
    /// <summary>The tab of the group page.</summary>
    public const string Tab = "rule";

    /// <summary>Who is to apply a rule.</summary>
    public const string Portal = "portal";
    public const string Entra = "entra";

    /// <summary>The same, with the rule to be written.</summary>
    public static string Edit(int store, Guid group) => GroupPaths.Of(store, group, Tab) + "&edit=true";

    /// <summary>The same, and from then on somebody else applies it than now: <see cref="Portal"/> or <see cref="Entra"/>.</summary>
    public static string Edit(int store, Guid group, string by) => $"{Edit(store, group)}&by={by}";
}
