using System.Globalization;
using System.Text;

namespace GroupPortal.EntraId.Reading;

/// <summary>
/// Where a reader of the tenant stands: <c>graph:&lt;what is selected&gt;:&lt;feed being loaded, or -&gt;:&lt;queries, with bars between&gt;</c>.
/// Of each feed's link only the query is kept, with its token; where it leads is not for a cookie to say.
/// </summary>
/// <param name="Loading">The feed that a load has come to; null once all are loaded.</param>
/// <param name="Queries">One for each feed; empty where a load has not begun.</param>
internal sealed record ReplicaCookie(int? Loading, IReadOnlyList<string> Queries)
{
    private const string Prefix = "graph:";

    /// <summary>Another version of the portal may ask for other properties: then what it kept is begun again.</summary>
    private static readonly string Shape = ShapeOf(DeltaFeed.All);

    public static ReplicaCookie Start { get; } = new(0, [.. DeltaFeed.All.Select(_ => string.Empty)]);

    /// <summary>Null for a text that is no cookie of this adapter's.</summary>
    public static ReplicaCookie? Read(string text)
    {
        var parts = text.Split(':', 4);
        if (!text.StartsWith(Prefix, StringComparison.Ordinal) || parts.Length != 4 || parts[1] != Shape)
        {
            return null;
        }

        var queries = parts[3].Split('|');
        if (queries.Length != DeltaFeed.All.Count)
        {
            return null;
        }

        if (parts[2] == "-")
        {
            return queries.All(query => query.Length > 0) ? new ReplicaCookie(null, queries) : null;
        }

        return int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var loading) && loading < queries.Length
            && queries.Take(loading).All(query => query.Length > 0)
                ? new ReplicaCookie(loading, queries)
                : null;
    }

    /// <summary>The query of a link that Graph gave; null when it has none.</summary>
    public static string? QueryOf(string? link) => Uri.TryCreate(link, UriKind.Absolute, out var uri) && uri.Query.Length > 1 ? uri.Query[1..] : null;

    public ReplicaCookie With(int feed, string query) => this with { Queries = [.. Queries.Select((one, number) => number == feed ? query : one)] };

    public override string ToString() =>
        $"{Prefix}{Shape}:{Loading?.ToString(CultureInfo.InvariantCulture) ?? "-"}:"
        + string.Join('|', Queries.Select(query => query.Replace("|", "%7C", StringComparison.Ordinal)));

    /// <summary>FNV-1a, which is the same on every machine and in every run.</summary>
    private static string ShapeOf(IEnumerable<DeltaFeed> feeds)
    {
        var hash = 14695981039346656037UL;
        foreach (var octet in Encoding.UTF8.GetBytes(string.Join('\n', feeds.Select(feed => feed.Ask(string.Empty, 1).Url + feed.IsBeta))))
        {
            hash = unchecked((hash ^ octet) * 1099511628211UL);
        }

        return hash.ToString("x16", CultureInfo.InvariantCulture);
    }
}
