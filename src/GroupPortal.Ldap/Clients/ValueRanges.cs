using System.Globalization;

namespace GroupPortal.Ldap.Clients;

/// <summary>Attribute names with a range option ([MS-ADTS] 3.1.1.3.1.3.3): <c>member;range=0-1499</c>.</summary>
internal static class ValueRanges
{
    private const string Option = ";range=";

    public static string From(string attribute, int first) => string.Create(CultureInfo.InvariantCulture, $"{attribute}{Option}{first}-*");

    /// <summary>Whether a name is that of the attribute, whole or in a range.</summary>
    public static bool IsOf(string name, string attribute) =>
        string.Equals(name, attribute, StringComparison.OrdinalIgnoreCase) || name.StartsWith(attribute + Option, StringComparison.OrdinalIgnoreCase);

    /// <summary>Takes the values from the asked one on, and says where the next range begins: null after the last.</summary>
    /// <returns>False when the server sent another range: what was taken is then no whole list.</returns>
    public static bool TryTake(LdapEntry entry, string attribute, int first, List<ReadOnlyMemory<byte>> values, out int? next)
    {
        next = null;
        // An attribute without values, or that may not be read, is absent; in the middle of a list it is missing.
        var isTaken = first == 0;
        foreach (var given in entry.Attributes.Where(given => IsOf(given.Name, attribute)))
        {
            if (given.Name.Length == attribute.Length)
            {
                // Active Directory sends the plain name too, without values, beside the range.
                if (first > 0 && given.Values.Count > 0)
                {
                    return false;
                }
            }
            else if (next is null && TryReadRange(given.Name.AsSpan(attribute.Length + Option.Length), out var from, out next) && from == first)
            {
                isTaken = true;
            }
            else
            {
                return false;
            }

            values.AddRange(given.Values);
        }

        return isTaken;
    }

    private static bool TryReadRange(ReadOnlySpan<char> range, out int first, out int? next)
    {
        first = 0;
        next = null;
        var dash = range.IndexOf('-');
        if (dash < 0 || !int.TryParse(range[..dash], NumberStyles.None, CultureInfo.InvariantCulture, out first))
        {
            return false;
        }

        if (range[(dash + 1)..] is "*")
        {
            return true;
        }

        if (!int.TryParse(range[(dash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var last) || last < first || last == int.MaxValue)
        {
            return false;
        }

        next = last + 1;
        return true;
    }
}
