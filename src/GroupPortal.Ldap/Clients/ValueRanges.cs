using System.Globalization;

namespace GroupPortal.Ldap.Clients;

/// <summary>Attribute names with a range option ([MS-ADTS] 3.1.1.3.1.3.3): <c>member;range=0-1499</c>.</summary>
internal static class ValueRanges
{
    private const string Option = ";range=";

    public static string From(string attribute, int first) => string.Create(CultureInfo.InvariantCulture, $"{attribute}{Option}{first}-*");

    /// <summary>Whether a name is that of the attribute, whole or in a range, and where the next range begins: null after the last.</summary>
    public static bool TryRead(string name, string attribute, out int? next)
    {
        next = null;
        if (string.Equals(name, attribute, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        if (!name.StartsWith(attribute + Option, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var range = name.AsSpan(attribute.Length + Option.Length);
        var dash = range.IndexOf('-');
        if (dash < 0)
        {
            return false;
        }

        var end = range[(dash + 1)..];
        if (end is "*")
        {
            return true;
        }

        if (!int.TryParse(end, NumberStyles.None, CultureInfo.InvariantCulture, out var last) || last == int.MaxValue)
        {
            return false;
        }

        next = last + 1;
        return true;
    }
}
