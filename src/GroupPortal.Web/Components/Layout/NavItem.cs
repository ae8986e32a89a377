using GroupPortal.Web.Auth;

namespace GroupPortal.Web.Components.Layout;

/// <summary>One entry of the rail (of the bottom bar on a phone).</summary>
/// <param name="Path">Where it leads.</param>
/// <param name="TextKey">Its key in SharedText.resx.</param>
/// <param name="Icon">A name of <see cref="Shared.Icon"/>.</param>
/// <param name="Role">Who sees it; null for everybody.</param>
internal sealed record NavItem(string Path, string TextKey, string Icon, string? Role = null)
{
    /// <summary>Beside it stands how many held updates wait for a decision.</summary>
    public bool CountsHeld { get; init; }

    /// <summary>The rail, from top to bottom. A page that deserves an entry adds its line here.</summary>
    public static IReadOnlyList<NavItem> All { get; } =
    [
        new("/", "Nav_Home", "home"),
        new("/groups", "Nav_Groups", "users"),
        new("/groups/new", "Nav_NewGroup", "plus"),
        new("/smart-groups", "Nav_SmartGroups", "smart"),
        new("/held", "Nav_Held", "lock") { CountsHeld = true },
        new("/tasks", "Nav_Updates", "refresh"),
        new("/rules/try", "Nav_TryRule", "search"),
        new("/history", "Nav_History", "clock"),
        new("/admin/directories", "Nav_Directories", "directory", PortalRoles.Administrator),
    ];

    /// <summary>The entry that a path belongs to: the longest one it starts with.</summary>
    public static NavItem? For(PathString path) => All
        .Where(item => item.Path == "/" ? path == "/" : path.StartsWithSegments(item.Path, StringComparison.OrdinalIgnoreCase))
        .MaxBy(item => item.Path.Length);
}
