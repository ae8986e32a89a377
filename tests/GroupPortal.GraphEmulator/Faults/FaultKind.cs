namespace GroupPortal.GraphEmulation.Faults;

/// <summary>What goes wrong.</summary>
public enum FaultKind
{
    /// <summary>429.</summary>
    TooManyRequests,

    /// <summary>401, as if the token had been revoked.</summary>
    Unauthorized,

    /// <summary>503.</summary>
    ServiceUnavailable,

    /// <summary>504.</summary>
    GatewayTimeout,

    /// <summary>The connection is cut without an answer; in a batch: the inner answer is a 504.</summary>
    Drop,

    /// <summary>The request waits until <see cref="Fault.Release"/>.</summary>
    Hold,
}
