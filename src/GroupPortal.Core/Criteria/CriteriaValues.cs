using System.Globalization;
using System.Text;
using System.Xml;
using GroupPortal.Core.Directories;

namespace GroupPortal.Core.Criteria;

/// <summary>How the texts of values are read, by syntax; the one place for predicate, columns and lint.</summary>
internal static class CriteriaValues
{
    private static readonly string[] UserClasses = ["top", "person", "organizationalPerson", "user"];
    private static readonly string[] ContactClasses = ["top", "person", "organizationalPerson", "contact"];
    private static readonly string[] ComputerClasses = ["top", "person", "organizationalPerson", "user", "computer"];

    /// <summary>UTF-16 halves without their other half become U+FFFD, as they do wherever text is written as UTF-8.</summary>
    public static string WellFormed(string value) =>
        value.AsSpan().ContainsAnyInRange('\ud800', '\udfff') ? Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(value)) : value;

    public static bool TryNumber(string value, out long number) =>
        long.TryParse(value, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out number);

    /// <summary>Bit fields are 32 bits wide in a directory, written with a sign or without.</summary>
    public static bool TryBits(string value, out ulong bits)
    {
        var isNumber = TryNumber(value, out var number);
        bits = unchecked(number is >= int.MinValue and < 0 ? (uint)number : (ulong)number);
        return isNumber;
    }

    public static bool TryBoolean(string value, out bool flag) => bool.TryParse(value, out flag);

    /// <summary>An instant of the data: ISO 8601, UTC unless it says otherwise.</summary>
    public static bool TryTime(string value, out DateTimeOffset time)
    {
        time = default;
        return value.Length >= 10 && char.IsAsciiDigit(value[0]) && value[4] == '-'
            && DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);
    }

    /// <summary>An instant of a rule: as in the data, or <c>now</c> with or without a duration of ISO 8601 added or taken away.</summary>
    public static bool TryTime(string value, DateTimeOffset now, out DateTimeOffset time)
    {
        var text = value.Trim();
        if (!text.StartsWith("now", StringComparison.OrdinalIgnoreCase))
        {
            return TryTime(text, out time);
        }

        time = now;
        var rest = text[3..].Replace(" ", string.Empty, StringComparison.Ordinal);
        if (rest.Length == 0)
        {
            return true;
        }

        if (rest[0] is not ('+' or '-'))
        {
            return false;
        }

        try
        {
            var span = XmlConvert.ToTimeSpan(rest[1..].ToUpperInvariant());
            time = rest[0] == '+' ? now + span : now - span;
            return true;
        }
        catch (Exception exception) when (exception is FormatException or OverflowException or ArgumentOutOfRangeException)
        {
            return false;
        }
    }

    /// <summary>The instant as the replica's contract writes it, in UTC, with no more digits than it needs.</summary>
    public static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    /// <summary>In any of the forms of a GUID, or as LDAP filters write its bytes: <c>\0a\1b…</c>.</summary>
    public static bool TryGuid(string value, out Guid id)
    {
        if (Guid.TryParse(value, out id))
        {
            return true;
        }

        var text = value.Trim();
        if (text.Length != 48)
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[16];
        for (var index = 0; index < 16; index++)
        {
            if (text[index * 3] != '\\' || !byte.TryParse(text.AsSpan((index * 3) + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out bytes[index]))
            {
                return false;
            }
        }

        id = new Guid(bytes);
        return true;
    }

    /// <summary>A field of an item <c>field=value;field=value</c>; null when the item has no such field, or an empty one.</summary>
    public static string? Field(string item, string name)
    {
        foreach (var range in item.AsSpan().Split(';'))
        {
            var part = item.AsSpan()[range];
            var equals = part.IndexOf('=');
            if (equals > 0 && equals < part.Length - 1 && part[..equals].Trim().Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return part[(equals + 1)..].ToString();
            }
        }

        return null;
    }

    public static IReadOnlyList<string> ObjectClasses(ObjectKind kind) => kind switch
    {
        ObjectKind.User => UserClasses,
        ObjectKind.Contact => ContactClasses,
        ObjectKind.Computer => ComputerClasses,
        ObjectKind.Group => ["top", "group"],
        ObjectKind.Device => ["top", "device"],
        ObjectKind.OrganizationalUnit => ["top", "organizationalUnit"],
        ObjectKind.ServicePrincipal => ["top", "servicePrincipal"],
        _ => [],
    };

    /// <summary>By the short name that filters use, not the DN in the schema.</summary>
    public static IReadOnlyList<string> ObjectCategory(ObjectKind kind) => kind switch
    {
        ObjectKind.User or ObjectKind.Contact => ["person"],
        ObjectKind.Computer => ["computer"],
        ObjectKind.Group => ["group"],
        ObjectKind.Device => ["device"],
        ObjectKind.OrganizationalUnit => ["organizationalUnit"],
        ObjectKind.ServicePrincipal => ["servicePrincipal"],
        _ => [],
    };
}
