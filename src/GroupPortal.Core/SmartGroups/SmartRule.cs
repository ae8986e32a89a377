using GroupPortal.Core.Criteria;

namespace GroupPortal.Core.SmartGroups;

/// <summary>How far below a start path a rule looks; the numbers of the API and of LDAP (RFC 4511 4.5.1.2).</summary>
public enum StartScope
{
    /// <summary>Only the object itself.</summary>
    Base = 0,

    /// <summary>What stands right below it.</summary>
    OneLevel = 1,

    /// <summary>It and all below it.</summary>
    Subtree = 2,
}

/// <summary>Where a rule looks.</summary>
public sealed record StartPath(string Dn, StartScope Scope = StartScope.Subtree);

/// <summary>Somebody who is a member, or not, whatever the rule says.</summary>
/// <param name="Reason">Why, for people; may be empty.</param>
/// <param name="Until">When it ends; null for ever. At that instant and later it counts no more.</param>
/// <param name="By">Who made it: the account.</param>
public sealed record MembershipException(Guid Id, string Reason, DateTimeOffset? Until, string By)
{
    public bool HoldsAt(DateTimeOffset now) => Until is null || now < Until;
}

/// <summary>
/// All that decides who is in a smart group. Evaluation: the criteria within types and paths, plus Include, minus Exclude
/// (Exclude wins), then never the group itself.
/// </summary>
public sealed record SmartRule
{
    public required Criterion Criteria { get; init; }

    /// <summary>The text as it was typed, with its language: shown again and sent again as typed.</summary>
    public required string Text { get; init; }

    public required CriteriaLanguage Language { get; init; }

    /// <summary>Never empty; users unless something else was asked for.</summary>
    public IReadOnlyList<QueryObjectType> ObjectTypes { get; init; } = [QueryObjectType.Users];

    /// <summary>Empty: the whole store.</summary>
    public IReadOnlyList<StartPath> StartPaths { get; init; } = [];

    public IReadOnlyList<MembershipException> Include { get; init; } = [];

    public IReadOnlyList<MembershipException> Exclude { get; init; } = [];
}
