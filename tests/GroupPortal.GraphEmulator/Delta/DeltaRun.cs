namespace GroupPortal.GraphEmulation.Delta;

/// <summary>One round: what it tells was settled when it began.</summary>
/// <param name="Since">Changes after this one; -1: everything.</param>
/// <param name="Until">The next round begins after this change.</param>
internal sealed record DeltaRun(DeltaScope Scope, long Since, long Until, IReadOnlyList<DeltaEntry> Entries);
