using System.Globalization;
using System.Text.RegularExpressions;

namespace GroupPortal.Core.Criteria.Languages.Entra;

/// <summary>Instants and durations as the tree holds them (<see cref="Criterion.Compare"/>) and as a membershipRule writes them.</summary>
internal static partial class EntraTimes
{
    public const string Now = "system.now";

    /// <summary>An instant of ISO 8601 as the tree holds it; null where the text is none.</summary>
    public static string? Instant(string text)
    {
        if (!InstantForm().IsMatch(text)
            || !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant))
        {
            return null;
        }

        return instant.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture) + "Z";
    }

    /// <summary>A duration of ISO 8601 in capitals, weeks as days; null where the text is none. Numbers have at most six digits.</summary>
    public static string? Duration(string text)
    {
        var capital = text.ToUpperInvariant();
        if (WeekForm().Match(capital) is { Success: true } weeks)
        {
            return string.Create(CultureInfo.InvariantCulture, $"P{int.Parse(weeks.Groups["weeks"].ValueSpan, CultureInfo.InvariantCulture) * 7}D");
        }

        return DurationForm().IsMatch(capital) ? capital : null;
    }

    /// <summary>A time of the tree as a membershipRule writes it; null where it cannot.</summary>
    public static string? Write(string value)
    {
        if (!value.StartsWith("now", StringComparison.Ordinal))
        {
            return Instant(value);
        }

        if (value.Length == 3)
        {
            return Now;
        }

        var duration = Duration(value[4..]);
        return (value[3], duration) switch
        {
            (_, null) => null,
            ('+', _) => $"{Now} -plus {duration}",
            ('-', _) => $"{Now} -minus {duration}",
            _ => null,
        };
    }

    [GeneratedRegex(@"^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,7})?)?(Z|[+-][0-9]{2}:?[0-9]{2})?)?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex InstantForm();

    [GeneratedRegex(@"^P(?<weeks>[0-9]{1,5})W$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex WeekForm();

    // At least one part, and at least one after T; without lookahead, hence the alternatives.
    [GeneratedRegex(
        @"^P(([0-9]{1,6}Y)([0-9]{1,6}M)?([0-9]{1,6}D)?|([0-9]{1,6}M)([0-9]{1,6}D)?|[0-9]{1,6}D)$|^P([0-9]{1,6}Y)?([0-9]{1,6}M)?([0-9]{1,6}D)?T(([0-9]{1,6}H)([0-9]{1,6}M)?([0-9]{1,6}S)?|([0-9]{1,6}M)([0-9]{1,6}S)?|[0-9]{1,6}S)$",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex DurationForm();
}
