namespace GroupPortal.GraphEmulation.Http;

/// <summary>
/// A path below the version, in segments: <c>groups('id')</c> becomes two, <c>delta()</c> loses its brackets, and a cast
/// (<c>/members/microsoft.graph.user</c>) is taken out.
/// </summary>
/// <param name="Text">As it came, without slashes around it.</param>
internal sealed record GraphPath(string Text, IReadOnlyList<string> Segments, string? Cast)
{
    /// <summary>The second is the alias that the SDKs write.</summary>
    private static readonly string[] Namespaces = ["microsoft.graph.", "graph."];

    public static GraphPath Parse(string path)
    {
        var segments = new List<string>();
        string? cast = null;
        foreach (var raw in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var segment = Uri.UnescapeDataString(raw);
            if (Namespaces.FirstOrDefault(prefix => segment.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)) is { } prefix)
            {
                segment = segment[prefix.Length..];
                if (Schema.Schemas.Named(segment) is not null)
                {
                    cast = segment;
                    continue;
                }
            }

            var bracket = segment.IndexOf('(', StringComparison.Ordinal);
            if (bracket <= 0 || !segment.EndsWith(')'))
            {
                segments.Add(segment);
                continue;
            }

            segments.Add(segment[..bracket]);
            var key = segment[(bracket + 1)..^1];
            if (key.Length > 0)
            {
                segments.Add(key.StartsWith('\'') ? key.Trim('\'') : key);
            }
        }

        return new GraphPath(path.Trim('/'), segments, cast);
    }
}
