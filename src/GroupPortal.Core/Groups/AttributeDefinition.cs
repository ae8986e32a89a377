namespace GroupPortal.Core.Groups;

/// <summary>Whose write an attribute belongs to. The numbers are in the state database.</summary>
public enum KeptBy
{
    /// <summary>The directory's main store: one modify, one PATCH.</summary>
    Directory = 0,

    /// <summary>Exchange's own store behind Graph: a request of its own.</summary>
    Exchange = 1,

    /// <summary>The portal's state database, written last, in the transaction that closes the journal.</summary>
    Portal = 2,

    /// <summary>Nobody: a field of the API's samples that only repeats what is known.</summary>
    Wire = 3,

    /// <summary>Microsoft Teams: a team is made of a group by a request of its own, which may have to wait.</summary>
    Teams = 4,

    /// <summary>Entra ID's licensing: what members get by a group, by an action of its own.</summary>
    Licensing = 5,

    /// <summary>The tenant's expiration policy: in it or not, renewed or not, by actions of its own.</summary>
    Expiration = 6,
}

public enum AttributeSyntax
{
    Text,
    Number,
    Boolean,
    Time,
    Reference,
}

/// <summary>What the catalog knows of one attribute of groups.</summary>
/// <param name="Name">The directory's own name, in its own casing.</param>
/// <param name="Label">Resource key of the label people read, and its English fallback.</param>
/// <param name="MaximumLength">In UTF-16 units, per value (rangeUpper); null where the directory has no limit.</param>
public sealed record AttributeDefinition(
    string Name,
    string Label,
    AttributeSyntax Syntax = AttributeSyntax.Text,
    bool IsMultiValued = false,
    int? MaximumLength = null,
    bool IsWritable = true,
    bool IsIndexed = false,
    KeptBy KeptBy = KeptBy.Directory)
{
    /// <summary>Whether a line break may stand in a value (description no, info yes).</summary>
    public bool AllowsLines { get; init; }

    /// <summary>Whether two groups of one store may not share a value.</summary>
    public bool IsUnique { get; init; }
}
