using System.Globalization;
using GroupPortal.ActiveDirectory.Schema;
using GroupPortal.Ldap;

namespace GroupPortal.ActiveDirectory.Reading;

/// <summary>
/// The groups that give power over the domain. By SID, as any of them can be renamed. adminCount and the mark of the system's
/// own objects protect as well: stale or set by hand, they err on the safe side.
/// </summary>
internal static class ProtectedGroups
{
    private static readonly HashSet<uint> BuiltIn = [544, 548, 549, 550, 551, 552];
    private static readonly HashSet<uint> OfTheDomain = [512, 516, 518, 519, 520, 521, 526, 527];

    public static readonly IReadOnlyList<string> Attributes = ["objectSid", "adminCount", "isCriticalSystemObject"];

    /// <summary>Whether the SID alone says so; what such a group contains is protected too.</summary>
    public static bool BySid(string? sid) =>
        sid is not null
        && uint.TryParse(sid.AsSpan(sid.LastIndexOf('-') + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var rid)
        && (sid.StartsWith("S-1-5-32-", StringComparison.OrdinalIgnoreCase) ? BuiltIn.Contains(rid)
            : sid.StartsWith("S-1-5-21-", StringComparison.OrdinalIgnoreCase) && OfTheDomain.Contains(rid));

    /// <summary>What one entry of a group tells; memberships in protected groups are not among it.</summary>
    public static bool ByEntry(LdapEntry entry) =>
        BySid(SecurityIdentifier.Of(entry.Octets("objectSid"))?.ToString())
        || entry.Number("adminCount") == 1
        || string.Equals(entry.Text("isCriticalSystemObject"), "TRUE", StringComparison.OrdinalIgnoreCase);
}
