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
}
