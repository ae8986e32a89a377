using System.Globalization;
using System.Text;

namespace GroupPortal.EntraId.Reading;

/// <summary>One question to Graph: a path below the version, and the OData options. Every read of this adapter is written down as one.</summary>
/// <param name="Path">Made of words of Graph's and ids in the form D, so that nothing in it needs escaping.</param>
internal sealed record GraphQuery(string Path)
{
    /// <summary>Never empty for a list or an object: Graph charges less for it, and reads less.</summary>
    public IReadOnlyList<string> Select { get; init; } = [];

    public string? Filter { get; init; }

    public string? Search { get; init; }

    public string? OrderBy { get; init; }

    public string? Expand { get; init; }

    public int? Top { get; init; }

    /// <summary>
    /// With Graph's advanced capabilities (ConsistencyLevel: eventual and $count): they search, sort, count and negate, and see a
    /// change some seconds later than the others.
    /// </summary>
    public bool IsAdvanced { get; init; }

    /// <summary>Asked of /beta.</summary>
    public bool IsBeta { get; init; }

    /// <summary>A hint where $top is not known: a delta.</summary>
    public int? PageSize { get; init; }

    /// <summary>A query of Graph's own making, as it came (the part of a link after the question mark).</summary>
    public string? Verbatim { get; init; }

    public IEnumerable<KeyValuePair<string, string>> Headers
    {
        get
        {
            if (IsAdvanced)
            {
                yield return new("ConsistencyLevel", "eventual");
            }

            if (PageSize is { } size)
            {
                yield return new("Prefer", string.Create(CultureInfo.InvariantCulture, $"odata.maxpagesize={size}"));
            }
        }
    }

    /// <summary>The path with its query, below the version: <c>/groups?$select=id</c>.</summary>
    public string Url
    {
        get
        {
            var text = new StringBuilder(Path);
            if (Verbatim is not null)
            {
                return text.Append('?').Append(Verbatim).ToString();
            }

            var separator = '?';
            Add("$select", Select.Count > 0 ? string.Join(',', Select) : null);
            Add("$filter", Filter);
            Add("$search", Search);
            Add("$orderby", OrderBy);
            Add("$expand", Expand);
            Add("$top", Top?.ToString(CultureInfo.InvariantCulture));
            Add("$count", IsAdvanced ? "true" : null);
            return text.ToString();

            void Add(string name, string? value)
            {
                if (value is not null)
                {
                    text.Append(separator).Append(name).Append('=').Append(Escape(value));
                    separator = '&';
                }
            }
        }
    }

    /// <summary>A text as OData writes it in a filter: quotes doubled.</summary>
    public static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>Commas stay readable, for people who read logs; half characters cannot be sent.</summary>
    private static string Escape(string value) => Uri.EscapeDataString(value).Replace("%2C", ",", StringComparison.Ordinal);
}
