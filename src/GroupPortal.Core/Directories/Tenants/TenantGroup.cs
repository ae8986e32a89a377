namespace GroupPortal.Core.Directories.Tenants;

/// <summary>What Entra ID and Microsoft 365 know of one group beside its attributes.</summary>
public sealed record TenantGroup(Guid Id)
{
    /// <summary>How far Entra ID is with the group's own rule; null for a group without one.</summary>
    public RuleProcessing? Processing { get; init; }

    /// <summary>Where it comes from, of a group that is or was synchronised; else null.</summary>
    public OnPremisesOrigin? Origin { get; init; }

    /// <summary>The licences it gives its members.</summary>
    public IReadOnlyList<Licence> Licences { get; init; } = [];

    /// <summary>Whether some members could not get theirs; null where that could not be asked.</summary>
    public bool? HasLicenceErrors { get; init; } = false;

    /// <summary>When it is deleted unless somebody renews it; null for never.</summary>
    public DateTimeOffset? Expires { get; init; }

    public DateTimeOffset? Renewed { get; init; }

    /// <summary>Whether the expiration policy names it; null where the policy takes all groups, or none.</summary>
    public bool? IsNamedByExpirationPolicy { get; init; }

    /// <summary>Settings of the group itself that differ from the tenant's, as Entra ID names them.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Settings { get; init; } = [];

    /// <summary>What belongs to a Microsoft 365 group, in the order in which people look for it.</summary>
    public IReadOnlyList<ResourceLink> Links { get; init; } = [];
}

/// <summary>Whether and how far Entra ID applies a group's own rule.</summary>
/// <param name="Error">The service's own words; null without one.</param>
public sealed record RuleProcessing(bool IsOn, RuleProcessingStatus Status, DateTimeOffset? LastUpdated, string? Error);

public enum RuleProcessingStatus
{
    /// <summary>The service did not say, or something newer than this portal.</summary>
    Unknown,
    NotStarted,
    Running,

    /// <summary>Caught up; later changes go on being taken in.</summary>
    Succeeded,
    Failed,
}

/// <summary>The Active Directory group that a group was made from.</summary>
/// <param name="IsSynchronised">Whether Active Directory still decides; false once its source of authority is the cloud.</param>
public sealed record OnPremisesOrigin(bool IsSynchronised, string? Domain, string? AccountName, string? SecurityIdentifier, DateTimeOffset? LastSynchronised);

/// <summary>A licence that the tenant has bought.</summary>
/// <param name="Name">The part number: <c>ENTERPRISEPACK</c>.</param>
/// <param name="Bought">How many; null where unknown.</param>
/// <param name="Used">How many somebody has.</param>
public sealed record Licence(Guid Sku, string Name, long? Bought, long? Used)
{
    /// <summary>How many nobody has; none where more are used than were bought.</summary>
    public long? Free => Bought - Used is { } free ? Math.Max(0, free) : null;

    /// <summary>The product as people know it: <c>Office 365 E3</c>; its part number where it is not well known.</summary>
    public string Label => LicenceNames.Of(Name);
}

public enum ResourceKind
{
    Conversations,
    Calendar,
    Site,
    Notebook,
    Planner,
    Team,
}

/// <summary>Where something of a Microsoft 365 group is looked at.</summary>
public sealed record ResourceLink(ResourceKind Kind, Uri Address);
