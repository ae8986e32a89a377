using GroupPortal.Core.SmartGroups;

namespace GroupPortal.Application.SmartGroups;

/// <summary>What somebody is to a group under a rule.</summary>
public enum Standing
{
    /// <summary>Not a member now, and would be.</summary>
    Joining,

    /// <summary>A member now, and would not be.</summary>
    Leaving,

    /// <summary>A member now and then.</summary>
    Staying,
}

/// <summary>Which list of a preview is wanted.</summary>
public enum PreviewShow
{
    /// <summary>Everybody whom the rule selects, exceptions counted.</summary>
    All,
    Joining,
    Leaving,
    Staying,

    /// <summary>Those who are in or out by Include or Exclude, against what the criteria say.</summary>
    Excepted,
}

/// <summary>A rule, the group that it is, or would be, of, and the part of the effect that is looked at.</summary>
/// <param name="Group">Null for a group that does not exist yet: everybody joins.</param>
public sealed record PreviewQuery(SmartRule Rule, Guid? Group = null)
{
    public PreviewShow Show { get; init; }

    /// <summary>The beginning of a word of a name, account name or mail address; empty for all.</summary>
    public string Search { get; init; } = string.Empty;

    /// <summary>An attribute of the vocabulary; null sorts by name. Ties are in the order of ids.</summary>
    public string? SortBy { get; init; }

    public bool IsDescending { get; init; }

    public int Skip { get; init; }

    /// <summary>0 to 1,000.</summary>
    public int Take { get; init; } = 50;

    /// <summary>The values to bring with each person, by the vocabulary's names.</summary>
    public IReadOnlyList<string> Attributes { get; init; } = [];

    /// <summary>Whose values the small chart counts; null for no chart.</summary>
    public string? ChartBy { get; init; }
}
