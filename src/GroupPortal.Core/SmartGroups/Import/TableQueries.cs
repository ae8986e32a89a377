using System.Globalization;
using GroupPortal.Core.Criteria;
using GroupPortal.Core.Tables;

namespace GroupPortal.Core.SmartGroups.Import;

/// <summary>Queries out of a table whose first row names its columns; names of groups out of a list without such a row.</summary>
internal static class TableQueries
{
    private const int Shown = 5;

    public static ImportReading Read(string text, char? delimiter, CriteriaVocabulary vocabulary)
    {
        var table = DelimitedTable.Read(text, delimiter, QueryImport.MostQueries + 1);
        var problems = table.Problems
            .Select(problem => new ImportProblem(problem.Code, new ImportPlace(problem.Line, string.Empty)) { Words = problem.Message })
            .ToList();
        if (table.Rows.Count == 0)
        {
            problems.Add(new ImportProblem("Empty", new ImportPlace(1, string.Empty)));
            return new ImportReading(ImportForm.Unknown, [], problems);
        }

        var header = table.Rows[0].Cells;
        var fields = header.Select(ImportFields.Of).ToList();
        if (fields.Contains(ImportField.Criteria))
        {
            return new ImportReading(ImportForm.Table, [.. table.Rows.Skip(1).Select(row => Query(row, header, fields, vocabulary))], problems)
            {
                Delimiter = table.Delimiter,
                Header = header,
                FirstRows = [.. table.Rows.Skip(1).Take(Shown)],
                Ignored = [.. header.Where((name, index) => name.Length > 0 && fields[index] == ImportField.None)],
            };
        }

        return Names(table, header, fields, problems);
    }

    private static ImportedQuery Query(TableRow row, IReadOnlyList<string> header, List<ImportField> fields, CriteriaVocabulary vocabulary)
    {
        var draft = new QueryDraft(new ImportPlace(row.Line, string.Empty), vocabulary);
        for (var index = 0; index < row.Cells.Count; index++)
        {
            if (index < header.Count)
            {
                if (fields[index] is not (ImportField.None or ImportField.Nested))
                {
                    draft.Add(fields[index], new ImportedValue(header[index], row.Cells[index], new ImportPlace(row.Line, header[index])));
                }
            }
            else if (row.Cells[index].Length > 0)
            {
                // Mostly criteria with a delimiter in them, and without quotes around them: read on, they would say something else.
                draft.Refuse("MoreCells", new ImportPlace(row.Line, string.Empty), row.Cells.Count.ToString(CultureInfo.CurrentCulture), header.Count.ToString(CultureInfo.CurrentCulture));
                break;
            }
        }

        return draft.Build();
    }

    /// <summary>The column of groups where the first row names one; else, where there is one column only, each line.</summary>
    private static ImportReading Names(DelimitedTable table, IReadOnlyList<string> header, List<ImportField> fields, List<ImportProblem> problems)
    {
        var named = header.Select((name, index) => (Rank: ImportFields.GroupRank(name), Index: index)).Where(one => one.Rank is not null).OrderBy(one => one.Rank).ToList();
        if (named.Count == 0 && header.Count > 1 && !LooksLikeOneName(table))
        {
            problems.Add(new ImportProblem("NoCriteriaColumn", new ImportPlace(table.Rows[0].Line, string.Empty)));
            return new ImportReading(ImportForm.Unknown, [], problems) { Delimiter = table.Delimiter, Header = header, FirstRows = [.. table.Rows.Skip(1).Take(Shown)] };
        }

        var rows = named.Count > 0 ? table.Rows.Skip(1) : table.Rows;
        var joint = table.Delimiter.ToString();
        var queries = rows
            .Select(row => (row.Line, Name: named.Count > 0 ? row.Cells.ElementAtOrDefault(named[0].Index) ?? string.Empty : string.Join(joint, row.Cells)))
            .Where(one => one.Name.Length > 0)
            .DistinctBy(one => one.Name, StringComparer.OrdinalIgnoreCase)
            .Select(one => new ImportedQuery(new ImportPlace(one.Line, string.Empty)) { Group = one.Name })
            .ToList();
        return new ImportReading(ImportForm.Names, queries, problems)
        {
            Delimiter = named.Count > 0 ? table.Delimiter : null,
            Header = named.Count > 0 ? header : [],
            FirstRows = [.. rows.Take(Shown)],
            Ignored = named.Count > 0 ? [.. header.Where((_, index) => index != named[0].Index && fields[index] != ImportField.None || fields[index] == ImportField.None)] : [],
        };
    }

    /// <summary>A list of distinguished names has commas, and no columns.</summary>
    private static bool LooksLikeOneName(DelimitedTable table) =>
        table.Delimiter == ',' && table.Rows.All(row => row.Cells.All(cell => cell.Contains('=', StringComparison.Ordinal)));
}
