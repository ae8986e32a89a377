using System.Globalization;
using GroupPortal.GraphEmulation.Http;

namespace GroupPortal.GraphEmulation.Query;

/// <summary>The OData options of a URL; the dollar is optional, as in Graph.</summary>
internal sealed class QueryOptions
{
    private static readonly string[] Known =
        ["select", "filter", "search", "orderby", "top", "count", "expand", "skiptoken", "deltatoken", "format"];

    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);

    private QueryOptions(string raw) => Raw = raw;

    /// <summary>As it came, without the question mark.</summary>
    public string Raw { get; }

    public IReadOnlyList<string>? Select { get; private init; }

    public string? Filter => this["filter"];

    public string? Search => this["search"];

    public string? OrderBy => this["orderby"];

    public string? Expand => this["expand"];

    public string? SkipToken => this["skiptoken"];

    public string? DeltaToken => this["deltatoken"];

    public bool Count => string.Equals(this["count"], "true", StringComparison.OrdinalIgnoreCase);

    public int? Top { get; private init; }

    public string? this[string name] => _values.GetValueOrDefault(name);

    public static QueryOptions Parse(string raw)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in raw.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var name = Decode(equals < 0 ? part : part[..equals]);
            if (name.StartsWith('$') && !Known.Contains(name[1..], StringComparer.OrdinalIgnoreCase))
            {
                throw name == "$skip"
                    ? Errors.UnsupportedQuery("'$skip' is not supported by the service.")
                    : Errors.BadUrl($"The query parameter '{name}' is not supported.");
            }

            values[name.TrimStart('$')] = equals < 0 ? "" : Decode(part[(equals + 1)..]);
        }

        var options = new QueryOptions(raw.TrimStart('?'))
        {
            Top = values.TryGetValue("top", out var top) ? Number(top) : null,
            Select = values.TryGetValue("select", out var select) && select.Trim().Length > 0
                ? [.. select.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)]
                : null,
        };
        foreach (var (name, value) in values)
        {
            options._values[name] = value;
        }

        return options;
    }

    /// <summary>The same query with another token in place of any token.</summary>
    public string With(string token, string value)
    {
        var kept = Raw.Split('&', StringSplitOptions.RemoveEmptyEntries).Where(part => !IsToken(part));
        return string.Join('&', [.. kept, $"${token}={Uri.EscapeDataString(value)}"]);
    }

    private static bool IsToken(string part)
    {
        var name = Decode(part.Split('=')[0]).TrimStart('$');
        return name.Equals("skiptoken", StringComparison.OrdinalIgnoreCase) || name.Equals("deltatoken", StringComparison.OrdinalIgnoreCase);
    }

    private static int Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Errors.BadUrl($"Invalid value '{text}' for $top query option found. The $top query option requires a non-negative integer value.");

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
