using System.Globalization;

namespace GroupPortal.Web.Components.Criteria;

/// <summary>How a time of a rule was said.</summary>
internal enum TimeWords
{
    /// <summary>A day, from its first instant in UTC.</summary>
    Day,

    /// <summary>So many days before the moment of asking.</summary>
    DaysAgo,

    /// <summary>So many days after it.</summary>
    DaysAhead,

    /// <summary>The moment of asking.</summary>
    Now,

    /// <summary>Anything else, as it stands in the tree.</summary>
    Exact,
}

/// <summary>The times of the tree (<c>2026-03-01T00:00:00Z</c>, <c>now-P30D</c>) as a form and what is filled into it.</summary>
internal static class RelativeTime
{
    private const string Midnight = "T00:00:00Z";

    public static (TimeWords Form, string Text) Read(string value) => value switch
    {
        "" => (TimeWords.Day, ""),
        "now" => (TimeWords.Now, ""),
        _ when Days(value, "now-P") is { } ago => (TimeWords.DaysAgo, ago),
        _ when Days(value, "now+P") is { } ahead => (TimeWords.DaysAhead, ahead),
        _ when value.EndsWith(Midnight, StringComparison.Ordinal) && IsDay(value[..^Midnight.Length]) => (TimeWords.Day, value[..^Midnight.Length]),
        _ => (TimeWords.Exact, value),
    };

    /// <summary>Empty while the form is not filled in.</summary>
    public static string Write(TimeWords form, string text) => form switch
    {
        TimeWords.Now => "now",
        TimeWords.Day => IsDay(text) ? text + Midnight : "",
        TimeWords.DaysAgo => IsCount(text) ? $"now-P{text}D" : "",
        TimeWords.DaysAhead => IsCount(text) ? $"now+P{text}D" : "",
        _ => text,
    };

    private static string? Days(string value, string before) =>
        value.StartsWith(before, StringComparison.Ordinal) && value.EndsWith('D') && IsCount(value[before.Length..^1]) ? value[before.Length..^1] : null;

    private static bool IsCount(string text) => text.Length is > 0 and < 6 && text.All(char.IsAsciiDigit);

    private static bool IsDay(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
}
