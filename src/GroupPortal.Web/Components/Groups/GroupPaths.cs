using System.Globalization;

namespace GroupPortal.Web.Components.Groups;

/// <summary>The addresses of groups.</summary>
public static class GroupPaths
{
    public static string Of(int store, Guid group, string? tab = null) =>
        string.Create(CultureInfo.InvariantCulture, $"/groups/{store}/{group:D}{(tab is null ? "" : "?tab=")}{tab}");
}
