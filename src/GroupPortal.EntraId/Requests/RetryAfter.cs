using System.Globalization;

namespace GroupPortal.EntraId.Requests;

/// <summary>How long a server asks to wait: seconds (with a fraction where somebody sends one) or a time (RFC 9110 10.2.3).</summary>
internal static class RetryAfter
{
    /// <summary>More than Graph ever asks for; a wrong header must not hold the portal for days.</summary>
    private static readonly TimeSpan Most = TimeSpan.FromMinutes(10);

    public static TimeSpan? Of(HttpResponseMessage answer, TimeProvider clock) =>
        answer.Headers.TryGetValues("Retry-After", out var values) ? Of(values.FirstOrDefault(), clock) : null;

    public static TimeSpan? Of(string? text, TimeProvider clock)
    {
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds))
        {
            return seconds < Most.TotalSeconds ? TimeSpan.FromSeconds(seconds) : Most;
        }

        if (!DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            return null;
        }

        var left = time - clock.GetUtcNow();
        return left <= TimeSpan.Zero ? TimeSpan.Zero : left < Most ? left : Most;
    }
}
