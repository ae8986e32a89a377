namespace GroupPortal.GraphEmulation.Http;

/// <summary>Which handler a method and a path have. Literal segments win over named ones.</summary>
internal sealed class Routes
{
    private readonly Dictionary<int, List<Route>> _byLength = [];

    public void Map(string method, string pattern, Func<Call, GraphResponse> handler) =>
        Add(new Route(method, pattern.Split('/'), handler, IsBeta: false));

    public void MapBeta(string method, string pattern, Func<Call, GraphResponse> handler) =>
        Add(new Route(method, pattern.Split('/'), handler, IsBeta: true));

    public (Func<Call, GraphResponse> Handler, Dictionary<string, string> Values) Find(GraphRequest request)
    {
        var segments = request.Path.Segments;
        Route? best = null;
        var isPathKnown = false;
        foreach (var route in _byLength.GetValueOrDefault(segments.Count) ?? [])
        {
            if ((route.IsBeta && !request.IsBeta) || !route.Fits(segments))
            {
                continue;
            }

            isPathKnown = true;
            if (route.Method == request.Method && (best is null || route.Literals > best.Literals))
            {
                best = route;
            }
        }

        if (best is not null)
        {
            return (best.Handler, best.Values(segments));
        }

        throw isPathKnown
            ? new GraphError(405, "Request_BadRequest", "Specified HTTP method is not allowed for the request target.")
            : Errors.BadUrl($"Resource not found for the segment '{(segments.Count > 0 ? segments[^1] : "")}'.");
    }

    private void Add(Route route)
    {
        if (!_byLength.TryGetValue(route.Pattern.Length, out var list))
        {
            _byLength[route.Pattern.Length] = list = [];
        }

        list.Add(route);
    }

    private sealed record Route(string Method, string[] Pattern, Func<Call, GraphResponse> Handler, bool IsBeta)
    {
        public int Literals { get; } = Pattern.Count(segment => !IsName(segment));

        public bool Fits(IReadOnlyList<string> segments)
        {
            for (var index = 0; index < Pattern.Length; index++)
            {
                // A name never takes what Graph reserves.
                if (IsName(Pattern[index]) ? segments[index].StartsWith('$') : !string.Equals(Pattern[index], segments[index], StringComparison.OrdinalIgnoreCase))
                {
                    return false;
                }
            }

            return true;
        }

        public Dictionary<string, string> Values(IReadOnlyList<string> segments)
        {
            var values = new Dictionary<string, string>(StringComparer.Ordinal);
            for (var index = 0; index < Pattern.Length; index++)
            {
                if (IsName(Pattern[index]))
                {
                    values[Pattern[index][1..^1]] = segments[index];
                }
            }

            return values;
        }

        private static bool IsName(string segment) => segment.StartsWith('{');
    }
}
