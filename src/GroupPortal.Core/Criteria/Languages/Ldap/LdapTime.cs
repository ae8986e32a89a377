using System.Globalization;

namespace GroupPortal.Core.Criteria.Languages.Ldap;

/// <summary>Times as Active Directory writes them in values.</summary>
internal static class LdapTime
{
    private const string Seconds = "yyyyMMddHHmmss";

    private static readonly string[] Forms = [Seconds, "yyyyMMddHHmm", "yyyyMMddHH"];

    /// <summary>RFC 4517 3.3.13: <c>20260301080000.0Z</c>; minutes, seconds and fraction may be left out, a zone may stand for Z.</summary>
    public static bool TryParseGeneralized(string text, out DateTime utc)
    {
        utc = default;
        var digits = 0;
        while (digits < text.Length && char.IsAsciiDigit(text[digits]))
        {
            digits++;
        }

        if (!DateTime.TryParseExact(text.AsSpan(0, digits), Forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
        {
            return false;
        }

        var rest = text.AsSpan(digits);
        if (rest.Length > 1 && rest[0] is '.' or ',' && digits == Seconds.Length)
        {
            var length = 1;
            while (length < rest.Length && char.IsAsciiDigit(rest[length]))
            {
                length++;
            }

            if (length is 1 or > 8)
            {
                return false;
            }

            time = time.AddTicks(long.Parse(rest[1..length].ToString().PadRight(7, '0'), CultureInfo.InvariantCulture));
            rest = rest[length..];
        }

        if (rest is "Z")
        {
            utc = time;
            return true;
        }

        return TryParseZone(rest, out var offset) && TryShift(time, -offset, out utc);
    }

    public static string Generalized(DateTime utc) => utc.ToString(Seconds, CultureInfo.InvariantCulture) + ".0Z";

    /// <summary>100-nanosecond steps since 1601, of a time that is not "never" and that a calendar has.</summary>
    public static bool TryParseFileTime(string text, out DateTime utc)
    {
        utc = default;
        var highest = DateTime.MaxValue.Ticks - new DateTime(1601, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var steps) || steps <= 0 || steps > highest)
        {
            return false;
        }

        utc = DateTime.FromFileTimeUtc(steps);
        return true;
    }

    /// <summary>Null before 1601 and for its first moment, which means never.</summary>
    public static string? FileTime(DateTime utc) =>
        utc.Ticks - new DateTime(1601, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks is var steps and > 0 ? steps.ToString(CultureInfo.InvariantCulture) : null;

    private static bool TryParseZone(ReadOnlySpan<char> text, out TimeSpan offset)
    {
        offset = default;
        if (text.Length is not (3 or 5) || text[0] is not ('+' or '-')
            || !int.TryParse(text[1..], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        var (hours, minutes) = text.Length == 5 ? (number / 100, number % 100) : (number, 0);
        offset = new TimeSpan(hours, minutes, 0) * (text[0] == '-' ? -1 : 1);
        return hours < 24 && minutes < 60;
    }

    private static bool TryShift(DateTime time, TimeSpan by, out DateTime shifted)
    {
        var ticks = time.Ticks + by.Ticks;
        var isTime = ticks >= DateTime.MinValue.Ticks && ticks <= DateTime.MaxValue.Ticks;
        shifted = isTime ? new DateTime(ticks, DateTimeKind.Utc) : default;
        return isTime;
    }
}
