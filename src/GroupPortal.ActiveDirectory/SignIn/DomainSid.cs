using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace GroupPortal.ActiveDirectory;

/// <summary>Security identifiers ([MS-DTYP] 2.4.2) as text, which compares without a thought of byte order.</summary>
internal static class DomainSid
{
    private const int HeadLength = 8;
    private const int MostParts = 15;

    /// <summary>The text of the octets; null when they are no SID.</summary>
    public static string? TextOf(ReadOnlySpan<byte> octets)
    {
        if (octets.Length < HeadLength || octets[0] != 1 || octets[1] > MostParts || octets.Length != HeadLength + (4 * octets[1]))
        {
            return null;
        }

        var authority = ((ulong)BinaryPrimitives.ReadUInt16BigEndian(octets[2..]) << 32) | BinaryPrimitives.ReadUInt32BigEndian(octets[4..]);
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"S-1-{authority}");
        for (var part = 0; part < octets[1]; part++)
        {
            text.Append(CultureInfo.InvariantCulture, $"-{BinaryPrimitives.ReadUInt32LittleEndian(octets[(HeadLength + (4 * part))..])}");
        }

        return text.ToString();
    }

    /// <summary>The text in the form of <see cref="TextOf"/>; null when it is no SID.</summary>
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
