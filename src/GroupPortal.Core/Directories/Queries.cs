namespace GroupPortal.Core.Directories;

/// <summary>
/// A search for objects by the beginning of any word of their names, or of their account name, UPN or mail address.
/// </summary>
/// <param name="Text">What was typed; empty finds the first by name.</param>
/// <param name="Kinds">Which kinds; empty means all but organisational units.</param>
/// <param name="Limit">At most this many, 1 to 200.</param>
public sealed record ObjectQuery(string Text, IReadOnlyCollection<ObjectKind> Kinds, int Limit = 20);

public enum GroupSort
{
    Name,
    Changed,
}

/// <summary>One page of the groups of a store.</summary>
/// <param name="Text">The beginning of a word of a name, account name or mail address; empty for all.</param>
/// <param name="GroupTypes">Only these raw group types; empty for all.</param>
/// <param name="Owner">Only groups that this object owns, by the directory's own record.</param>
/// <param name="Member">Only groups that this object is a direct member of.</param>
/// <param name="Take">1 to 200.</param>
public sealed record GroupQuery(
    string Text = "",
    IReadOnlyCollection<int>? GroupTypes = null,
    Guid? Owner = null,
    Guid? Member = null,
    GroupSort Sort = GroupSort.Name,
    bool Descending = false,
    int Skip = 0,
    int Take = 50);

/// <summary>A group as a list shows it; its members are never read for that.</summary>
public sealed record GroupSummary(Guid Id, string Name, string Dn, int GroupType)
{
    public string? DisplayName { get; init; }

    public string? Description { get; init; }

    public string? Mail { get; init; }

    public string? OwnerName { get; init; }

    public bool IsProtected { get; init; }

    /// <summary>Entra ID itself decides the members, by a membershipRule.</summary>
    public bool IsDynamic { get; init; }

    /// <summary>Where the group is written; anywhere but in the directory itself it can only be looked at.</summary>
    public Groups.GroupAuthority Authority { get; init; }

    public DateTimeOffset Changed { get; init; }

    public string Label => string.IsNullOrWhiteSpace(DisplayName) ? Name : DisplayName;
}

/// <summary>One page of a group's direct members.</summary>
/// <param name="Text">The beginning of a word of a member's name; empty for all.</param>
/// <param name="Take">1 to 1,000.</param>
public sealed record MemberQuery(Guid Group, string Text = "", int Skip = 0, int Take = 50);

/// <summary>Which names a new or renamed group would like to have; null is not asked.</summary>
/// <param name="Except">The group itself, which may keep its own names.</param>
public sealed record NameQuery(string? Dn, string? AccountName, string? MailNickname, string? DisplayName, Guid? Except = null);

/// <summary>A name that somebody has already.</summary>
/// <param name="Attribute">name, sAMAccountName, mailNickname or displayName.</param>
public sealed record NameInUse(string Attribute, string Value, DirectoryObject Holder, bool MustBeUnique);

/// <summary>One entry of a store's change feed.</summary>
/// <param name="Cookie">Ask for changes since this to get what follows.</param>
public sealed record DirectoryChange(long Cookie, Guid ObjectId, ObjectKind Kind, bool Deleted);
