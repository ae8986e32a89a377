using System.Globalization;
using GroupPortal.ActiveDirectory.Schema;

namespace GroupPortal.ActiveDirectory;

/// <summary>SIDs ([MS-DTYP] 2.4.2) as administrators write them.</summary>
internal static class SidText
{
    private const int MostParts = 15;

    /// <summary>In the form in which <see cref="SecurityIdentifier"/> writes itself; null when it is no SID.</summary>
    public static string? Normalize(string text)
    {
        var parts = text.Trim().Split('-');
        if (parts.Length is < 4 or > MostParts + 3
            || !string.Equals(parts[0], "S", StringComparison.OrdinalIgnoreCase)
            || parts[1] != "1"
            || !ulong.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var authority))
        {
            return null;
        }

        var numbers = new List<uint>();
        foreach (var part in parts.Skip(3))
        {
            if (!uint.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                return null;
            }

            numbers.Add(number);
        }

        return string.Create(CultureInfo.InvariantCulture, $"S-1-{authority}-{string.Join('-', numbers)}");
    }
}
