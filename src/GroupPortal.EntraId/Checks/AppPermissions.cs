using System.Buffers.Text;
using System.Text.Json;

namespace GroupPortal.EntraId;

/// <summary>The permissions that an administrator of the tenant has granted the app, as its token names them (claim <c>roles</c>).</summary>
internal static class AppPermissions
{
    /// <summary>Without one of each of these the portal does not work. The first is the one to grant.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Needed { get; } =
    [
        ["Group.ReadWrite.All"],
        ["User.Read.All", "User.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All"],
    ];

    /// <summary>Without these something cannot be seen.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Useful { get; } =
    [
        ["Device.Read.All", "Device.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All"],
        ["Application.Read.All", "Application.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All"],
        ["Member.Read.Hidden"],
    ];

    /// <summary>More than the portal ever uses; a stolen secret would go as far.</summary>
    public static IReadOnlyList<string> TooMuch { get; } =
        ["Directory.ReadWrite.All", "User.ReadWrite.All", "Application.ReadWrite.All", "RoleManagement.ReadWrite.Directory", "AppRoleAssignment.ReadWrite.All"];

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

    /// <summary>What to grant of a list, given what is granted.</summary>
    public static IReadOnlyList<string> Missing(IReadOnlyList<IReadOnlyList<string>> wanted, IReadOnlyList<string> granted) =>
        [.. wanted.Where(any => !any.Intersect(granted, StringComparer.OrdinalIgnoreCase).Any()).Select(any => any[0])];
}
