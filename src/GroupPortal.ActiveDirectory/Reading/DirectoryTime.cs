using System.Globalization;

namespace GroupPortal.ActiveDirectory.Reading;

/// <summary>Generalized time (RFC 4517 3.3.13) as Active Directory writes it: whole seconds, UTC.</summary>
internal static class DirectoryTime
{
    private static readonly string[] Formats = ["yyyyMMddHHmmss.f'Z'", "yyyyMMddHHmmss'Z'"];

    /// <summary>The highest number that can be a time; above it, and at 0, stands "never" (accountExpires, [MS-ADA1] 2.2).</summary>
    private static readonly long LastFileTime = DateTime.MaxValue.ToFileTimeUtc();

    /// <summary>The beginning of time where there is none, so that a list still has an order.</summary>
    public static DateTimeOffset Of(string? text) => TryOf(text) ?? DateTimeOffset.UnixEpoch;

    public static DateTimeOffset? TryOf(string? text) =>
        DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : null;

    /// <summary>100-nanosecond steps since 1601; null for "never", and for what is no number.</summary>
    public static DateTimeOffset? OfFileTime(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 && number <= LastFileTime
            ? new DateTimeOffset(DateTime.FromFileTimeUtc(number))
            : null;
}
