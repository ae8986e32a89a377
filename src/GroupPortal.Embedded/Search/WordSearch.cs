using GroupPortal.Embedded.Storage;

namespace GroupPortal.Embedded.Search;

/// <summary>
/// Objects by beginnings of words. A search that finds few reads exactly those; one that finds more than
/// <see cref="Limit"/> is so dense that a walk along the names meets hits at once. Either way the work does not grow with
/// the number of people.
/// </summary>
internal static class WordSearch
{
    /// <summary>Counting stops here: "more than 1,000".</summary>
    public const int Limit = 1000;

    /// <summary>Row numbers of the matches in one class; null when there are more than the limit.</summary>
    public static HashSet<long>? Candidates(Session session, int kind, IReadOnlyList<string> words, CancellationToken cancellation)
    {
        var found = new HashSet<long>();
        using var reader = session.Query(
            $"SELECT n.object FROM names n WHERE n.class = $1 AND n.folded >= $2 AND n.folded < $3{Others(words, "n.object", first: 4)}",
            [kind, words[0], SearchWords.End(words[0]), .. Ranges(words.Skip(1))]);
        while (reader.Read())
        {
            cancellation.ThrowIfCancellationRequested();
            if (found.Add(reader.GetInt64(0)) && found.Count > Limit)
            {
                return null;
            }
        }

        return found;
    }

    /// <summary>The condition that an object has words beginning so, for a walk; its values are <see cref="Ranges"/>.</summary>
    public static string Exists(IReadOnlyList<string> words, string row, int first) =>
        string.Concat(words.Select((_, index) => string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $" AND EXISTS (SELECT 1 FROM names x WHERE x.object = {row} AND x.folded >= ${first + (2 * index)} AND x.folded < ${first + (2 * index) + 1})")));

    public static IEnumerable<object?> Ranges(IEnumerable<string> words) => words.SelectMany(word => new object?[] { word, SearchWords.End(word) });

    private static string Others(IReadOnlyList<string> words, string row, int first) => Exists([.. words.Skip(1)], row, first);
}
