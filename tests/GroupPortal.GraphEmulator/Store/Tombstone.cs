namespace GroupPortal.GraphEmulation.Store;

/// <summary>An object that went, for delta.</summary>
internal sealed record Tombstone(Guid Id, ObjectKind Kind, long Change, bool IsRestorable);
