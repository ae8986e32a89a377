using GroupPortal.Core.Tables;

namespace GroupPortal.Core.SmartGroups.Import;

/// <summary>What a file turned out to be.</summary>
public enum ImportForm
{
    /// <summary>Nothing that is understood.</summary>
    Unknown,
    Json,
    Table,

    /// <summary>One group in each line, without criteria.</summary>
    Names,
}

/// <summary>A file as it was recognised, and all that it holds.</summary>
/// <param name="Queries">In the file's order, at most <see cref="QueryImport.MostQueries"/>.</param>
/// <param name="Problems">Those of the file itself; each query has its own.</param>
public sealed record ImportReading(ImportForm Form, IReadOnlyList<ImportedQuery> Queries, IReadOnlyList<ImportProblem> Problems)
{
    /// <summary>Null for text that was pasted.</summary>
    public FileEncoding? Encoding { get; init; }

    /// <summary>Null for JSON.</summary>
    public char? Delimiter { get; init; }

    /// <summary>The columns of a table; empty else.</summary>
    public IReadOnlyList<string> Header { get; init; } = [];

    /// <summary>The first rows of a table as they stand there; empty else.</summary>
    public IReadOnlyList<TableRow> FirstRows { get; init; } = [];

    /// <summary>Names in the file that are none of a query's: read past, and shown.</summary>
    public IReadOnlyList<string> Ignored { get; init; } = [];
}
