using GroupPortal.Core.Criteria.Lint;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Plans;

namespace GroupPortal.Application.SmartGroups;

/// <summary>People by what would become of them.</summary>
/// <param name="Total">Members once the rule is applied: joining and staying.</param>
/// <param name="Excepted">Those who are in or out by Include or Exclude, against what the criteria say.</param>
public sealed record PreviewCounts(int Total, int Joining, int Leaving, int Staying, int Excepted)
{
    /// <summary>
    /// Members now of whom the data holds nothing, hence in none of the other counts. An update asks the directory about them, and
    /// whom it cannot read either stays.
    /// </summary>
    public int Unknown { get; init; }
}

/// <summary>How many a clause selects by itself, within the rule's types and paths.</summary>
/// <param name="Path">As <see cref="Core.Criteria.Criterion.Children"/> numbers it; empty for the whole.</param>
/// <param name="Text">The clause in GroupID criteria text.</param>
public sealed record ClauseCount(string Path, string Text, int Count);

/// <summary>One person, or group or device, of a preview's list.</summary>
/// <param name="IsExcepted">In or out by Include or Exclude.</param>
public sealed record PreviewMember(Guid Id, ObjectKind Kind, string Label, string Dn, Standing Standing, bool IsExcepted, bool IsEnabled)
{
    /// <summary>The attributes asked for; absent ones are left out.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Values { get; init; }

    /// <summary>As the query type <see cref="Core.SmartGroups.QueryObjectType.MailboxUsers"/> understands it.</summary>
    public bool HasMailbox { get; init; }
}

/// <summary>One of a whole list, without what is known of him.</summary>
/// <param name="IsExcepted">In or out by Include or Exclude.</param>
public readonly record struct ListedMember(Guid Id, Standing Standing, bool IsExcepted);

/// <summary>One bar of the small chart.</summary>
/// <param name="Value">Null for those without one.</param>
/// <param name="IsRest">All values that have no bar of their own, together.</param>
public sealed record ChartBar(string? Value, int Count, bool IsRest = false);

/// <summary>The effect of a rule.</summary>
/// <param name="Hash">Of rule, group version and everybody's standing: what was looked at is what is applied.</param>
/// <param name="AsOf">When the data was brought up to date last.</param>
/// <param name="Found">How many the list has in all, search applied.</param>
public sealed record Preview(
    string Hash,
    DateTimeOffset AsOf,
    PreviewCounts Counts,
    IReadOnlyList<ClauseCount> Clauses,
    GuardVerdict Guard,
    IReadOnlyList<LintFinding> Lint,
    IReadOnlyList<PreviewMember> Members,
    int Found,
    IReadOnlyList<ChartBar> Chart)
{
    /// <summary>Ids of Include and Exclude, in force, that are nobody to the data, and no member either.</summary>
    public IReadOnlyList<Guid> UnknownExceptions { get; init; } = [];
}

/// <summary>What asking for a preview gave.</summary>
public abstract record PreviewAnswer
{
    private PreviewAnswer()
    {
    }

    public sealed record Ok(Preview Preview) : PreviewAnswer;

    public sealed record StoreUnknown : PreviewAnswer;

    public sealed record GroupUnknown : PreviewAnswer;

    /// <summary>The data is being read for the first time; ask again in a moment.</summary>
    /// <param name="Loaded">Objects so far.</param>
    public sealed record Loading(int Loaded) : PreviewAnswer;

    public sealed record Failed(DirectoryError Error) : PreviewAnswer;

    /// <summary>What an answer without a preview is to somebody who needs one.</summary>
    public static DirectoryError ErrorOf(PreviewAnswer answer) => answer switch
    {
        Failed(var error) => error,
        Loading => new DirectoryError.Unavailable(),
        _ => new DirectoryError.NotFound(),
    };
}

/// <summary>Why somebody is in or out: the tree with each clause's verdict and his own values.</summary>
/// <param name="Path">As <see cref="Core.Criteria.Criterion.Children"/> numbers it.</param>
/// <param name="Text">The clause in GroupID criteria text.</param>
/// <param name="Values">His values of the clause's attribute; null for a node without one.</param>
public sealed record ClauseVerdict(string Path, string Text, bool Holds, IReadOnlyList<string>? Values, IReadOnlyList<ClauseVerdict> Parts);

/// <summary>Why one person is in or out.</summary>
/// <param name="IsInScope">Of the kinds, and below the paths, that the rule asks for.</param>
/// <param name="IncludedBecause">The reason of his Include; null where there is none.</param>
/// <param name="ExcludedBecause">The reason of his Exclude, which wins; null where there is none.</param>
public sealed record Explanation(Guid Id, string Label, bool IsMember, bool IsInScope, string? IncludedBecause, string? ExcludedBecause, ClauseVerdict Criteria);

/// <summary>A value that an attribute has, and how many have it.</summary>
public sealed record ValueCount(string Value, int Count);
