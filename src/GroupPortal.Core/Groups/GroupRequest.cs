using GroupPortal.Core.Plans;

namespace GroupPortal.Core.Groups;

/// <summary>How given values meet the present ones.</summary>
public enum ChangeMode
{
    /// <summary>Exactly these; none clears.</summary>
    Set,
    Add,
    Remove,
}

/// <summary>What is wanted of one attribute.</summary>
/// <param name="Name">As the requester wrote it; the catalog decides without regard to case.</param>
public sealed record AttributeChange(string Name, ChangeMode Mode, IReadOnlyList<string> Values);

/// <summary>What is wanted of members or owners; each reference is a GUID, DN, account name, UPN, mail address or name.</summary>
public sealed record ReferenceChange(ChangeMode Mode, IReadOnlyList<string> References)
{
    /// <summary>Owners only: the change concerns the primary owner (managedBy) and leaves the others alone.</summary>
    public bool PrimaryOnly { get; init; }
}

/// <summary>What somebody wants of one group: the same type for wizard, page, API and bulk.</summary>
public sealed record GroupRequest
{
    public required PlanKind Kind { get; init; }

    /// <summary>The group to change or delete; null for a create.</summary>
    public Guid? GroupId { get; init; }

    /// <summary>The name of a new group, or the new name of an existing one; null leaves it.</summary>
    public string? Name { get; init; }

    /// <summary>Where a new group stands, or where an existing one goes; null leaves it (create: the store's default).</summary>
    public string? Container { get; init; }

    /// <summary>In the requester's order; two changes of one attribute are a problem unless one adds and the other removes.</summary>
    public IReadOnlyList<AttributeChange> Attributes { get; init; } = [];

    public IReadOnlyList<ReferenceChange> Members { get; init; } = [];

    /// <summary>The first owner of a Set is the primary one.</summary>
    public IReadOnlyList<ReferenceChange> Owners { get; init; } = [];

    /// <summary>Problems found while reading the request (the API's wire fields); they go into the plan with the others.</summary>
    public IReadOnlyList<Problem> ReadingProblems { get; init; } = [];

    /// <summary>Every line problem stops the whole.</summary>
    public bool IsStrict { get; init; }

    /// <summary>Whether the requester becomes owner of a new group that names none.</summary>
    public bool CreatorOwns { get; init; } = true;

    /// <summary>The state the requester saw (<c>If-Match</c>); a different one is a conflict. Null: whatever stands now.</summary>
    public string? ExpectedETag { get; init; }

    /// <summary>
    /// The preview of the rule that the requester looked at: it is saved only while it would do exactly that. Null where nobody
    /// looked.
    /// </summary>
    public string? PreviewHash { get; init; }
}
