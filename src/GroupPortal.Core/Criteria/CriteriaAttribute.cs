namespace GroupPortal.Core.Criteria;

/// <summary>How a directory writes the times of an attribute.</summary>
public enum TimeForm
{
    /// <summary>AD's GeneralizedTime, <c>20260301000000.0Z</c>.</summary>
    Generalized,

    /// <summary>100-nanosecond steps since 1601 (lastLogonTimestamp); 0 and the highest number mean never, and are absent.</summary>
    FileTime,

    /// <summary>ISO 8601, as Graph writes it.</summary>
    Iso,
}

/// <summary>An attribute that rules can ask, with its name in each language.</summary>
/// <param name="Name">The vocabulary's own name, which stands in the tree.</param>
/// <param name="Syntax">Exactly one of <see cref="CriteriaSyntaxes"/>.</param>
public sealed record CriteriaAttribute(string Name, CriteriaSyntaxes Syntax = CriteriaSyntaxes.Text)
{
    /// <summary>Resource key of the label people read: <c>Attribute.{Label}</c>.</summary>
    public string Label { get; init; } = Name;

    /// <summary>lDAPDisplayName; null where Active Directory has no such attribute.</summary>
    public string? Ldap { get; init; }

    /// <summary>The name in a membershipRule, without <c>user.</c>; null where the language does not know it.</summary>
    public string? Entra { get; init; }

    /// <summary>The name in a <c>membershipRule</c> on devices, without <c>device.</c>.</summary>
    public string? EntraDevice { get; init; }

    /// <summary>The path in a Graph <c>$filter</c> and <c>$select</c>; null where Graph cannot be asked.</summary>
    public string? Graph { get; init; }

    public bool IsMultiValued { get; init; }

    /// <summary>Fields of the items of an object collection (<c>assignedPlans</c>); empty for any other attribute.</summary>
    public IReadOnlyList<string> Fields { get; init; } = [];

    /// <summary>Whether the directory finds it without looking at everybody.</summary>
    public bool IsIndexed { get; init; }

    /// <summary>Whether people can write it themselves where nobody forbade it (AD's Personal-Information property set): a rule on it can be joined at will.</summary>
    public bool IsSelfWritable { get; init; }

    /// <summary>Whether the values are nearly as many as the people (names, mail); decides how a column is kept.</summary>
    public bool IsNearlyUnique { get; init; }

    /// <summary>How the directory writes it, for times.</summary>
    public TimeForm TimeForm { get; init; }

    /// <summary>
    /// Whether everybody who signs in may see the values that others have: what colleagues know of each other, as the address book
    /// shows it. The rest (numbers of employees, logons, expiries) only administrators and helpdesk see.
    /// </summary>
    public bool IsOpen { get; init; }

    /// <summary>Whether the replica holds it; what it does not hold is asked of the directory.</summary>
    public bool IsReplicated { get; init; } = true;
}
