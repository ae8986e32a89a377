namespace GroupPortal.GraphEmulation;

/// <summary>How the emulator behaves.</summary>
public sealed record EmulatorOptions
{
    /// <summary>Tells the time for lag, age of teams, dynamic delay, token lifetimes and throttling.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>0: a free port.</summary>
    public int Port { get; init; }

    /// <summary>The tenant's id, a GUID.</summary>
    public string TenantId { get; init; } = "5c000000-0000-4000-8000-00000000c15a";

    /// <summary>The tenant's first domain; people's principal names end in it.</summary>
    public string Domain { get; init; } = "5cjshm.onmicrosoft.com";

    /// <summary>The secret that every client id has.</summary>
    public string ClientSecret { get; init; } = "emulator";

    /// <summary>People of the sample company, at least 10; 0: an empty tenant.</summary>
    public int People { get; init; } = 200;

    /// <summary>How long a new object is not found by reads and by additions of members.</summary>
    public TimeSpan ReplicationLag { get; init; }

    /// <summary>Objects on a page when $top does not say.</summary>
    public int PageSize { get; init; } = 100;

    /// <summary>The most that $top can ask.</summary>
    public int MostPerPage { get; init; } = 999;

    /// <summary>Groups that a person who is no administrator may create.</summary>
    public int MostGroupsOfPerson { get; init; } = 250;

    /// <summary>Deleted security groups can be restored, as Microsoft's pages say since 2026; older ones say they are gone.</summary>
    public bool RestoresSecurityGroups { get; init; } = true;

    /// <summary>PUT of a team answers 404 while the group is younger than this; Graph's is 15 minutes.</summary>
    public TimeSpan TeamDelay { get; init; }

    /// <summary>How long after a rule or a person changed dynamic groups are evaluated.</summary>
    public TimeSpan DynamicDelay { get; init; }

    /// <summary>Too many requests are refused with 429.</summary>
    public bool Throttles { get; init; }

    /// <summary>The periods of throttling are this many times shorter: 100 makes 150 seconds 1.5.</summary>
    public double ThrottleSpeed { get; init; } = 1;

    /// <summary>Resource units in 10 seconds per application: 3,500 small, 5,000 medium, 8,000 large tenants.</summary>
    public double ResourceUnitsPerTenSeconds { get; init; } = 8_000;

    /// <summary>Writes in 150 seconds per application.</summary>
    public double WritesPer150Seconds { get; init; } = 3_000;

    /// <summary>The share of a bucket that requests of low priority (x-ms-throttle-priority) cannot have: 0 to 1.</summary>
    public double ReservedFromLowPriority { get; init; }

    /// <summary>What a PATCH of 20 members costs in writes: 1 by the table, 7 as one project was told.</summary>
    public int WritesOfTwentyMembers { get; init; } = 1;

    /// <summary>Delta tokens are refused with 410 when they are older.</summary>
    public TimeSpan DeltaTokenLifetime { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Objects and members together on a page of delta.</summary>
    public int DeltaPageSize { get; init; } = 200;

    /// <summary>The naming policy that validateProperties asks.</summary>
    public NamingPolicy NamingPolicy { get; init; } = new();
}
