namespace GroupPortal.Ldap.Clients;

/// <summary>When a call ends, whatever it is at by then: waiting for a connection, for an answer, or for the next of several.</summary>
internal readonly struct Deadline(TimeSpan limit, TimeProvider clock)
{
    private readonly long _beginning = clock.GetTimestamp();

    /// <summary>What is left; nothing when it is over, and never less.</summary>
    public TimeSpan Rest => limit == Timeout.InfiniteTimeSpan ? limit
        : limit - clock.GetElapsedTime(_beginning) is var rest && rest > TimeSpan.Zero ? rest
        : TimeSpan.Zero;
}
