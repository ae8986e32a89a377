using System.Globalization;
using GroupPortal.Core.Criteria;
using GroupPortal.Core.Tables;

namespace GroupPortal.Core.SmartGroups.Import;

/// <summary>
/// Reads the queries of smart groups out of what another product wrote: GroupID's JSON export, a CSV of criteria, or a list of
/// groups. Pure; never throws for what a file can hold; whatever is in doubt is a problem with its place.
/// </summary>
public static class QueryImport
{
    /// <summary>So many queries of one file are read.</summary>
    public const int MostQueries = 10_000;

    /// <summary>Larger files are not read.</summary>
    public const int MostBytes = 50 * 1024 * 1024;

    public static ImportReading Read(ReadOnlySpan<byte> file, CriteriaVocabulary vocabulary, char? delimiter = null)
    {
        if (file.Length > MostBytes)
        {
            return TooLarge(file.Length);
        }

        var text = FileText.Read(file);
        return Read(text.Text, vocabulary, delimiter) with { Encoding = text.Encoding };
    }

    /// <param name="delimiter">Of a table; null to recognise it.</param>
    public static ImportReading Read(string text, CriteriaVocabulary vocabulary, char? delimiter = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(vocabulary);
        if (text.Length > MostBytes)
        {
            return TooLarge(text.Length);
        }

        var isJson = text.AsSpan().TrimStart() is ['{' or '[', ..];
        var reading = isJson ? new JsonQueries(vocabulary).Read(text) : TableQueries.Read(text, delimiter, vocabulary);
        if (reading.Queries.Count > MostQueries)
        {
            reading = reading with { Queries = [.. reading.Queries.Take(MostQueries)] };
        }

        return reading.Queries.Count == 0 && reading.Problems.Count == 0
            ? reading with { Problems = [new ImportProblem("Empty", new ImportPlace(null, "$"))] }
            : reading with { Queries = WithDuplicates(reading.Queries) };
    }

    /// <summary>One group has one query; which of two is meant nobody can say.</summary>
    private static List<ImportedQuery> WithDuplicates(IReadOnlyList<ImportedQuery> queries)
    {
        var first = new Dictionary<string, ImportedQuery>(StringComparer.OrdinalIgnoreCase);
        var result = new List<ImportedQuery>(queries.Count);
        foreach (var query in queries)
        {
            result.Add(query.Group.Length == 0 || first.TryAdd(query.Group, query)
                ? query
                : query with { Problems = [.. query.Problems, new ImportProblem("GroupTwice", query.Place, query.Group, first[query.Group].Place.Words)] });
        }

        return result;
    }

    private static ImportReading TooLarge(int length) => new(
        ImportForm.Unknown, [],
        [
            new ImportProblem(
                "TooLarge", new ImportPlace(null, string.Empty),
                (MostBytes / (1024 * 1024)).ToString(CultureInfo.CurrentCulture), (length / (1024d * 1024)).ToString("N1", CultureInfo.CurrentCulture)),
        ]);
}
