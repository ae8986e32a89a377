using GroupPortal.Core.Directories;

namespace GroupPortal.Core.Groups;

/// <summary>
/// Which state of a group somebody looked at: the directory's own version (embedded: a counter; AD: invocation id and
/// uSNChanged; Graph: none, empty) and the portal's counter for what it keeps itself.
/// </summary>
public readonly record struct GroupVersion(string Directory, long Portal)
{
    /// <summary>The API's entity tag, quoted as RFC 9110 8.8.3 wants it.</summary>
    public string ETag => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"\"{Directory}-{Portal}\"");
}

/// <summary>Who is the source of authority for a group.</summary>
public enum GroupAuthority
{
    /// <summary>The directory that shows it.</summary>
    Directory,

    /// <summary>Exchange Online: distribution and mail-enabled security groups, which Graph only shows.</summary>
    Exchange,

    /// <summary>An Active Directory from which it is synchronised.</summary>
    OnPremises,
}

/// <summary>What the directory, and the portal beside it, hold of one group now; without its members.</summary>
public sealed record GroupState(Guid Id, string Dn, GroupVersion Version)
{
    /// <summary>Directory and portal attributes alike; the catalog says whose each is. References are not among them.</summary>
    public AttributeValues Attributes { get; init; } = AttributeValues.None;

    /// <summary>
    /// The owners, the primary one (AD: managedBy) first. In an AD store the others are kept by the portal.
    /// </summary>
    public IReadOnlyList<DirectoryObject> Owners { get; init; } = [];

    /// <summary>Whether <see cref="Owners"/> begins with the directory's own managedBy; false when only the portal knows owners.</summary>
    public bool HasPrimaryOwner { get; init; }

    public long MemberCount { get; init; }

    /// <summary>Where the group is written; anywhere but in the directory itself it is shown and not changed.</summary>
    public GroupAuthority Authority { get; init; }

    /// <summary>A group that no ordinary path may change: an administrators' group, or one that holds a role.</summary>
    public bool IsProtected { get; init; }

    public DateTimeOffset Created { get; init; }

    public DateTimeOffset Changed { get; init; }

    public string Name => Attributes.First(AttributeNames.Name) ?? DistinguishedName.Parse(Dn).Name;

    public string Label => Attributes.First(AttributeNames.DisplayName) is { Length: > 0 } label ? label : Name;

    /// <summary>The raw group type, in the store kind's own meaning.</summary>
    public int GroupType => int.Parse(Attributes.First(AttributeNames.GroupType) ?? "0", System.Globalization.CultureInfo.InvariantCulture);

    public GroupSecurityType SecurityType =>
        GroupSecurityTypes.TryParse(Attributes.First(AttributeNames.SecurityType), out var type) ? type : GroupSecurityType.Private;

    public Membership Membership =>
        Attributes.First(AttributeNames.ManagedGroupType) == "2" ? Membership.Smart
        : Attributes.First(AttributeNames.MembershipRule) is { Length: > 0 } ? Membership.Dynamic
        : Membership.Static;

    /// <summary>The group as lists and pickers show it.</summary>
    public DirectoryObject AsObject() => new(Id, ObjectKind.Group, Name, Dn)
    {
        DisplayName = Attributes.First(AttributeNames.DisplayName),
        AccountName = Attributes.First(AttributeNames.AccountName),
        Mail = Attributes.First(AttributeNames.Mail),
        GroupType = GroupType,
        IsProtected = IsProtected,
    };
}
