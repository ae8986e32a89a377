using System.Globalization;
using GroupPortal.Core.Criteria;
using GroupPortal.Core.Resources;

namespace GroupPortal.Core.SmartGroups.Import;

/// <summary>Where something stands in an imported file.</summary>
/// <param name="Line">From 1 in a table; null in JSON.</param>
/// <param name="Path">The column's name, or the JSON path from <c>$</c>; empty for a whole line.</param>
public sealed record ImportPlace(int? Line, string Path)
{
    /// <summary>As people read it.</summary>
    public string Words => Line is not { } line ? Path
        : Path.Length == 0 ? Texts.Format("Import.Place.Line", line.ToString(CultureInfo.CurrentCulture))
        : Texts.Format("Import.Place.Cell", line.ToString(CultureInfo.CurrentCulture), Path);
}

/// <summary>One thing that is wrong with an imported query, or with the file.</summary>
/// <param name="Code">Stable; the resource key of its sentence is <c>Import.{Code}</c>.</param>
public sealed record ImportProblem(string Code, ImportPlace Place, params IReadOnlyList<string> Arguments)
{
    /// <summary>The sentence of a problem that another part of the model found; instead of the code's own.</summary>
    public string? Words { get; init; }

    /// <summary>Worth knowing, but the query can be saved all the same.</summary>
    public bool IsHint { get; init; }

    public string Message => Words ?? Texts.Format("Import." + Code, [.. Arguments]);

    public bool Equals(ImportProblem? other) =>
        other is not null && Code == other.Code && Place == other.Place && Words == other.Words && IsHint == other.IsHint
        && Arguments.SequenceEqual(other.Arguments, StringComparer.Ordinal);

    public override int GetHashCode() => HashCode.Combine(Code, Place);
}

/// <summary>Somebody whom a query names as an exception.</summary>
/// <param name="Reference">A GUID, DN, account name, UPN, mail address or name.</param>
/// <param name="Reason">May be empty.</param>
/// <param name="Until">Null for ever.</param>
public sealed record ImportedException(string Reference, string Reason = "", DateTimeOffset? Until = null);

/// <summary>The query of one group as a file has it, before anything is looked up.</summary>
/// <param name="Place">The line, or the object, that it was read from.</param>
public sealed record ImportedQuery(ImportPlace Place)
{
    /// <summary>The group's GUID, DN or name; empty where the file does not say.</summary>
    public string Group { get; init; } = string.Empty;

    /// <summary>As it stands in the file; structured criteria as the GroupID text that says the same. Empty in a list of names.</summary>
    public string Criteria { get; init; } = string.Empty;

    /// <summary>The language in which the criteria are valid; where there is none, the likeliest.</summary>
    public CriteriaLanguage Language { get; init; }

    /// <summary>Null where there are no criteria.</summary>
    public CriteriaReading? Reading { get; init; }

    /// <summary>Empty where the file does not say.</summary>
    public IReadOnlyList<QueryObjectType> ObjectTypes { get; init; } = [];

    public IReadOnlyList<StartPath> StartPaths { get; init; } = [];

    public IReadOnlyList<ImportedException> Include { get; init; } = [];

    public IReadOnlyList<ImportedException> Exclude { get; init; } = [];

    /// <summary>The primary one first.</summary>
    public IReadOnlyList<string> Owners { get; init; } = [];

    public IReadOnlyList<ImportProblem> Problems { get; init; } = [];

    /// <summary>Whether nothing in the file keeps it from being saved. Half a query would select others, so any doubt does.</summary>
    public bool IsWhole => Reading is { IsValid: true } && Problems.All(problem => problem.IsHint);
}
