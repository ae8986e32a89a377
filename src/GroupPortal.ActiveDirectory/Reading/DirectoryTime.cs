using System.Globalization;

namespace GroupPortal.ActiveDirectory.Reading;

/// <summary>Generalized time (RFC 4517 3.3.13) as Active Directory writes it: whole seconds, UTC.</summary>
internal static class DirectoryTime
{
    private static readonly string[] Formats = ["yyyyMMddHHmmss.f'Z'", "yyyyMMddHHmmss'Z'"];

    /// <summary>The beginning of time where there is none, so that a list still has an order.</summary>
    public static DateTimeOffset Of(string? text) =>
        DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : DateTimeOffset.UnixEpoch;
}
