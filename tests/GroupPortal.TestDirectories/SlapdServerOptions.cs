namespace GroupPortal.TestDirectories;

/// <summary>How a slapd is to run, and what it begins with.</summary>
public sealed record SlapdServerOptions
{
    /// <summary>Entries that one unpaged search may answer (then: sizeLimitExceeded); its manager is exempt.</summary>
    public int SizeLimit { get; init; } = 500;

    /// <summary>How many inetOrgPerson below OU=People: uid=person00001 and so on.</summary>
    public int People { get; init; } = 1000;

    /// <summary>Entries besides, as LDIF.</summary>
    public string Ldif { get; init; } = string.Empty;
}
