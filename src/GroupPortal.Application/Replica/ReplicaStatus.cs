using GroupPortal.Core.Directories;

namespace GroupPortal.Application.Replica;

public enum ReplicaPhase
{
    /// <summary>There is nothing to read yet: the first load goes on, or is about to begin.</summary>
    Loading,

    /// <summary>There is a table; how old it is, and whether the directory could be asked since, stands beside it.</summary>
    Ready,

    /// <summary>There is nothing to read, and the directory did not answer; it is asked again.</summary>
    Failed,
}

/// <summary>How it stands with the copy of one store.</summary>
/// <param name="Loaded">Objects so far (loading), or in the table.</param>
/// <param name="AsOf">The table holds all that had changed by then; null where there is none.</param>
/// <param name="IsStale">The table is of a feed that has ended; everything is being read again.</param>
/// <param name="Error">Why the last reading of the feed failed; null when it did not.</param>
public sealed record ReplicaStatus(ReplicaPhase Phase, int Loaded, DateTimeOffset? AsOf, bool IsStale, DirectoryError? Error)
{
    /// <summary>
    /// Objects that were there before everything was read anew and are not now, where they are clearly many; 0 otherwise. They may be
    /// deleted, or hidden from the portal's account.
    /// </summary>
    public int Missing { get; init; }
}
