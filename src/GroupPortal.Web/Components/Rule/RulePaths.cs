using System.Globalization;

namespace GroupPortal.Web.Components.Rule;

/// <summary>Addresses of what belongs to a group's rule.</summary>
public static class RulePaths
{
    /// <summary>The update that the guard holds.</summary>
    public static string Held(int store, Guid group) => string.Create(CultureInfo.InvariantCulture, $"/held/{store}/{group:D}");

    /// <summary>The rule's own page, ready to be written.</summary>
    public static string Edit(int store, Guid group) => string.Create(CultureInfo.InvariantCulture, $"/groups/{store}/{group:D}?tab=rule&edit=true");
}
