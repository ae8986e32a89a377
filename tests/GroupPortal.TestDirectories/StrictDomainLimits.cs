namespace GroupPortal.TestDirectories;

/// <summary>
/// Active Directory's LDAP policy, with the values it comes with. Smaller ones show with few objects what a client does at the
/// limit; an administrator may set them too.
/// </summary>
public sealed record StrictDomainLimits
{
    /// <summary>Entries of one answer, paged or not.</summary>
    public int MaxPageSize { get; init; } = 1000;

    /// <summary>Values of one attribute in one answer.</summary>
    public int MaxValRange { get; init; } = 1500;

    /// <summary>
    /// The attributes to which <see cref="MaxValRange"/> applies; empty for all. With a small maximum these are the links: of others,
    /// such as what an account may write, no real domain has as many.
    /// </summary>
    public IReadOnlyList<string> RangedAttributes { get; init; } = [];

    /// <summary>How long one search, or one page of it, may take.</summary>
    public TimeSpan MaxQueryDuration { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>Bytes of one request; with a longer one the connection ends without a word.</summary>
    public int MaxReceiveBuffer { get; init; } = 10 * 1024 * 1024;

    /// <summary>Values that one modify or add may write: what Microsoft's scalability limits allow one transaction.</summary>
    public int MaxWrittenValues { get; init; } = 5000;

    /// <summary>No account has the right "Replicating Directory Changes".</summary>
    public bool RefusesDirSync { get; init; }

    /// <summary>No policy of AD's: beyond it AD is slow and Samba hangs up.</summary>
    public int MaxFilterDepth { get; init; } = 50;

    /// <inheritdoc cref="MaxFilterDepth"/>
    public int MaxFilterTerms { get; init; } = 500;
}
