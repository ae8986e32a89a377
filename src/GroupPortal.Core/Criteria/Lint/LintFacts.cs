using GroupPortal.Core.Directories;
using GroupPortal.Core.SmartGroups;

namespace GroupPortal.Core.Criteria.Lint;

/// <summary>What lint may know about the people whom a rule is asked of. Without counts it says only what the rule itself shows.</summary>
/// <param name="Kind">The kind of store that the rule is for.</param>
public sealed record LintFacts(StoreKind Kind)
{
    /// <summary>What the rule asks for.</summary>
    public IReadOnlyList<QueryObjectType> ObjectTypes { get; init; } = [QueryObjectType.Users];

    /// <summary>How many objects of these types a criterion selects; null where that is not known. Asked about once per clause.</summary>
    public Func<Criterion, int?> Count { get; init; } = _ => null;

    /// <summary>The value of an attribute that somebody has and that resembles this one most; null where none does.</summary>
    public Func<string, string, string?> Nearest { get; init; } = (_, _) => null;
}
