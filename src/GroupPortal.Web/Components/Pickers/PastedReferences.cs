using GroupPortal.Core.Directories;

namespace GroupPortal.Web.Components.Pickers;

/// <summary>Reads names, addresses and ids out of whatever somebody pasted.</summary>
public static class PastedReferences
{
    private static readonly char[] Separators = [',', ';', '\t'];
    private static readonly char[] Quotes = ['"', '\'', ' '];

    /// <summary>Each reference once, in the order it first came.</summary>
    public static IReadOnlyList<string> Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var references = new List<string>();
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            foreach (var reference in ReadLine(line.Trim().ToString()))
            {
                if (reference.Length > 0 && seen.Add(reference))
                {
                    references.Add(reference);
                }
            }
        }

        return references;
    }

    private static IEnumerable<string> ReadLine(string line) =>
        // The commas of a distinguished name do not part it.
        line.Contains('=', StringComparison.Ordinal) && DistinguishedName.TryParse(line, out _)
            ? [line]
            : line.Split(Separators, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Clean);

    /// <summary>What mail programs put around an address goes: <c>Ana Novak &lt;ana@demo.local&gt;</c>, quotes.</summary>
    private static string Clean(string part)
    {
        var open = part.LastIndexOf('<');
        var inner = open >= 0 && part[^1] == '>' ? part[(open + 1)..^1] : part;
        return inner.Trim(Quotes);
    }
}
