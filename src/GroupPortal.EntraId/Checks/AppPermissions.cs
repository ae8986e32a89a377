using System.Buffers.Text;
using System.Text.Json;
using GroupPortal.Core.Resources;

namespace GroupPortal.EntraId;

/// <summary>How much the portal needs a permission.</summary>
internal enum PermissionNeed
{
    /// <summary>Without it the portal does not work.</summary>
    Needed,

    /// <summary>Without it something cannot be seen.</summary>
    Useful,

    /// <summary>It reaches far; only for the one thing that is said of it, if for anything.</summary>
    Broad,
}

/// <summary>One application permission of Microsoft Graph. What it is for stands in the texts, word for word as in the document for operators.</summary>
/// <param name="Wider">Others that allow the same.</param>
internal sealed record AppPermission(string Name, PermissionNeed Need, params IReadOnlyList<string> Wider)
{
    public string For => Texts.Format($"Check.Permission.{Name}");

    public bool IsAmong(IReadOnlyList<string> granted) => Wider.Prepend(Name).Intersect(granted, StringComparer.OrdinalIgnoreCase).Any();
}

/// <summary>The permissions that an administrator of the tenant has granted the app, as its token names them (claim <c>roles</c>).</summary>
internal static class AppPermissions
{
    private const string ReadsAll = "Directory.Read.All";
    private const string WritesAll = "Directory.ReadWrite.All";

    /// <summary>The table of docs/operators/entra-id.md, in its order.</summary>
    public static IReadOnlyList<AppPermission> All { get; } =
    [
        new("Group.ReadWrite.All", PermissionNeed.Needed),
        new("User.Read.All", PermissionNeed.Needed, "User.ReadWrite.All", ReadsAll, WritesAll),
        new(ReadsAll, PermissionNeed.Useful, WritesAll),
        new("Device.Read.All", PermissionNeed.Useful, "Device.ReadWrite.All", ReadsAll, WritesAll),
        new("OrgContact.Read.All", PermissionNeed.Useful, ReadsAll, WritesAll),
        new("Application.Read.All", PermissionNeed.Useful, "Application.ReadWrite.All", ReadsAll, WritesAll),
        new("Member.Read.Hidden", PermissionNeed.Useful),
        new("Sites.Read.All", PermissionNeed.Useful, "Sites.ReadWrite.All", "Sites.Manage.All", "Sites.FullControl.All"),
        new("Tasks.Read.All", PermissionNeed.Useful, "Tasks.ReadWrite.All"),
        new("TeamSettings.Read.All", PermissionNeed.Useful, "TeamSettings.ReadWrite.All"),
        new(WritesAll, PermissionNeed.Broad),
        new("RoleManagement.ReadWrite.Directory", PermissionNeed.Broad),
        new("Application.ReadWrite.All", PermissionNeed.Broad),
        new("User.ReadWrite.All", PermissionNeed.Broad),
        new("AppRoleAssignment.ReadWrite.All", PermissionNeed.Broad),
    ];

    /// <summary>Null when the token does not say: it is none that can be read, or one of a Graph for tests.</summary>
    public static IReadOnlyList<string>? In(string token)
    {
        if (token.Split('.') is not [_, var payload, _] || !Base64Url.IsValid(payload))
        {
            return null;
        }

        try
        {
            using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(payload));
            return !claims.RootElement.TryGetProperty("roles", out var roles) || roles.ValueKind != JsonValueKind.Array
                ? null
                : [.. roles.EnumerateArray().Where(role => role.ValueKind == JsonValueKind.String).Select(role => role.GetString()!)];
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>What is not granted, neither itself nor by a wider one.</summary>
    public static IReadOnlyList<AppPermission> Missing(PermissionNeed need, IReadOnlyList<string> granted) =>
        [.. All.Where(permission => permission.Need == need && !permission.IsAmong(granted))];

    /// <summary>What is granted and reaches far.</summary>
    public static IReadOnlyList<AppPermission> Broad(IReadOnlyList<string> granted) =>
        [.. All.Where(permission => permission.Need == PermissionNeed.Broad && permission.IsAmong(granted))];
}
