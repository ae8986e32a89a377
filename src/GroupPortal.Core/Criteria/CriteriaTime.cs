using System.Globalization;

namespace GroupPortal.Core.Criteria;

/// <summary>The times that stand in a tree: ISO 8601 in UTC, or relative to now by an ISO duration.</summary>
internal static class CriteriaTime
{
    private static readonly string[] Forms =
        ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>The value as the tree has it; null when it is no time. A date alone is its first moment, no zone is UTC.</summary>
    public static string? Canonical(string value)
    {
        var text = value.Trim();
        return IsRelative(text) ? CanonicalRelative(text)
            : TryParse(text, out var time) ? Write(time)
            : null;
    }

    public static bool IsRelative(string value) => value.StartsWith("now", StringComparison.OrdinalIgnoreCase);

    public static bool TryParse(string value, out DateTime utc)
    {
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return DateTime.TryParseExact(value.Trim(), Forms, CultureInfo.InvariantCulture, Utc, out utc);
    }

    public static string Write(DateTime utc) => CriteriaValues.Text(new DateTimeOffset(utc));

    private static string? CanonicalRelative(string text)
    {
        var rest = text[3..].ToUpperInvariant();
        return rest.Length == 0 ? "now"
            : rest[0] is '+' or '-' && IsDuration(rest[1..]) ? "now" + rest
            : null;
    }

    /// <summary>As XML Schema has it: P, then years, months, days; T, then hours, minutes, seconds: each at most once, in this order, of at most four digits.</summary>
    private static bool IsDuration(string text)
    {
        if (text.Length < 3 || text[0] != 'P' || !char.IsAsciiLetter(text[^1]) || text[^1] == 'T')
        {
            return false;
        }

        var units = "YMD";
        var digits = 0;
        var isInTime = false;
        foreach (var character in text.AsSpan(1))
        {
            if (char.IsAsciiDigit(character))
            {
                digits++;
            }
            else if (character == 'T' && digits == 0 && !isInTime)
            {
                (units, isInTime) = ("HMS", true);
            }
            else if (digits is > 0 and <= 4 && units.IndexOf(character, StringComparison.Ordinal) is var unit && unit >= 0)
            {
                (units, digits) = (units[(unit + 1)..], 0);
            }
            else
            {
                return false;
            }
        }

        return true;
    }
}
