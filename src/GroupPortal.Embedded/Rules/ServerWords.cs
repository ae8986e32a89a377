using GroupPortal.Core.Directories;

namespace GroupPortal.Embedded.Rules;

/// <summary>What a kind of directory says when it refuses, with the codes that a real server gives.</summary>
internal sealed record ServerWords
{
    /// <summary>A value that must be unique, by attribute and value.</summary>
    public required Func<string, string, string> ValueTaken { get; init; }

    public required Func<string, string> DnTaken { get; init; }

    public required Func<string, string> ParentMissing { get; init; }

    public required Func<string, string> BadDn { get; init; }

    /// <summary>The group itself is gone, by id.</summary>
    public required Func<Guid, string> GroupMissing { get; init; }

    /// <summary>A member or owner that does not exist, by attribute and id.</summary>
    public required Func<string, Guid, string> ReferenceMissing { get; init; }

    public required Func<ObjectKind, int, string> MemberRefused { get; init; }

    public required Func<ObjectKind, string> OwnerRefused { get; init; }

    public required Func<string, string> UnknownAttribute { get; init; }

    public required Func<string, string> ReadOnlyAttribute { get; init; }

    /// <summary>Too long, of the wrong syntax, with a character that cannot stand there.</summary>
    public required Func<string, string> InvalidValue { get; init; }

    public required Func<string, string> SeveralValues { get; init; }

    public required Func<string, string> EmptyValue { get; init; }

    public required Func<string, string> CannotDelete { get; init; }

    public required string VersionConflict { get; init; }

    public required Func<string, string> ValueConflict { get; init; }
}
