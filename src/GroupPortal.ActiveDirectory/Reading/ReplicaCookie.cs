using System.Globalization;

namespace GroupPortal.ActiveDirectory.Reading;

/// <summary>
/// Where a reader of the replica's feed stands: <c>load:&lt;server&gt;:&lt;number&gt;:&lt;seen&gt;:&lt;load&gt;:&lt;page&gt;</c>
/// (and <c>:&lt;sync&gt;</c>) while everything is read, then <c>usn:&lt;server&gt;:&lt;number&gt;:&lt;seen&gt;</c> or
/// <c>sync:&lt;server&gt;:&lt;number&gt;:&lt;sync&gt;</c>.
/// </summary>
/// <param name="Server">The invocation id: change numbers are each server's own.</param>
/// <param name="Number">All changes up to this number are known, or will be when the load is done.</param>
/// <param name="Blind">
/// For an account that may not see deleted objects, UTC ticks: during the load when it began, then until when changes are enough.
/// Null for one that may (<c>seen</c> is <c>all</c>).
/// </param>
internal sealed record ReplicaCookie(Guid Server, long Number, long? Blind)
{
    private const string SeesAll = "all";

    /// <summary>The load that is not finished; null once it is.</summary>
    public Guid? Load { get; init; }

    /// <summary>How many pages of the load were handed out.</summary>
    public int Page { get; init; }

    /// <summary>DirSync's own cookie, base 64, for an account that is allowed to; null where change numbers are followed.</summary>
    public string? Sync { get; init; }

    public static ReplicaCookie? Read(string text)
    {
        var parts = text.Split(':');
        if (parts is not (["load", _, _, _, _, _] or ["load", _, _, SeesAll, _, _, _] or ["usn", _, _, _] or ["sync", _, _, _])
            || !Guid.TryParseExact(parts[1], "N", out var server) || !Number(parts[2], out var number))
        {
            return null;
        }

        if (parts[0] == "sync")
        {
            return IsSync(parts[3]) ? new ReplicaCookie(server, number, Blind: null) { Sync = parts[3] } : null;
        }

        long? blind = null;
        if (!string.Equals(parts[3], SeesAll, StringComparison.Ordinal))
        {
            if (!Number(parts[3], out var ticks))
            {
                return null;
            }

            blind = ticks;
        }

        var cookie = new ReplicaCookie(server, number, blind) { Sync = parts.Length == 7 ? parts[6] : null };
        return cookie.Sync is { } sync && !IsSync(sync) ? null
            : parts.Length == 4 ? cookie
            : Guid.TryParseExact(parts[4], "N", out var load) && int.TryParse(parts[5], NumberStyles.None, CultureInfo.InvariantCulture, out var page)
                ? cookie with { Load = load, Page = page }
                : null;

        static bool Number(string digits, out long value) => long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out value);
    }

    public override string ToString()
    {
        var seen = Blind?.ToString(CultureInfo.InvariantCulture) ?? SeesAll;
        return (Load, Sync) switch
        {
            ({ } load, null) => string.Create(CultureInfo.InvariantCulture, $"load:{Server:N}:{Number}:{seen}:{load:N}:{Page}"),
            ({ } load, { } sync) => string.Create(CultureInfo.InvariantCulture, $"load:{Server:N}:{Number}:{SeesAll}:{load:N}:{Page}:{sync}"),
            (null, { } sync) => string.Create(CultureInfo.InvariantCulture, $"sync:{Server:N}:{Number}:{sync}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"usn:{Server:N}:{Number}:{seen}"),
        };
    }

    private static bool IsSync(string text) => text.Length > 0 && Convert.TryFromBase64String(text, new byte[text.Length], out _);
}
