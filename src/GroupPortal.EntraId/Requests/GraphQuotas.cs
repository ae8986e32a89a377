namespace GroupPortal.EntraId.Requests;

/// <summary>
/// What Graph's identity and access service lets one app do in one tenant: token buckets of resource units and of writes. The portal
/// stays just under them, because going over costs everybody a pause.
/// </summary>
internal sealed record GraphQuotas
{
    public const int MostResourceUnits = 8000;
    public const int MostWrites = 3000;

    /// <summary>Per <see cref="ResourceWindow"/>.</summary>
    public int ResourceUnits { get; init; } = 3500;

    public TimeSpan ResourceWindow { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Per <see cref="WriteWindow"/>.</summary>
    public int Writes { get; init; } = MostWrites;

    public TimeSpan WriteWindow { get; init; } = TimeSpan.FromSeconds(150);

    /// <summary>What of a quota is used at most.</summary>
    public double Margin { get; init; } = 0.995;

    /// <summary>What of the writes is kept for people who wait. Little, because a bulk job that is on its way takes all the rest.</summary>
    public double WritesForPeople { get; init; } = 0.005;

    /// <summary>What of the resource units is kept for people who wait.</summary>
    public double ResourceUnitsForPeople { get; init; } = 0.1;

    /// <summary>Requests on their way at once, and how many of them may be nobody's who waits.</summary>
    public int AtOnce { get; init; } = 32;

    public int AtOnceForLow { get; init; } = 16;

    /// <summary>How fast this time runs: windows and pauses of ten seconds take one at 10. For measurements.</summary>
    public double Speed { get; init; } = 1;
}
