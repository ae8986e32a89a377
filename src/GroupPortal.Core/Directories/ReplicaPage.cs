namespace GroupPortal.Core.Directories;

/// <summary>An object as rules see it, whole: what it has replaces what was known of it.</summary>
/// <param name="Values">
/// Values of the vocabulary's attributes, by <c>CriteriaAttribute.Name</c>; absent ones are left out. Text as the directory has
/// it; numbers decimal; <c>TRUE</c>/<c>FALSE</c>; times ISO 8601 in UTC; references the target's GUID in the form D, or its DN
/// where the directory does not say the GUID. Not memberOf, which is worked out from <paramref name="Members"/>. Items of an
/// object collection are <c>field=value;field=value</c>.
/// </param>
/// <param name="Members">A group's direct members, all of them; null for anything but a group.</param>
public sealed record ReplicaObject(
    Guid Id, ObjectKind Kind, string Dn, IReadOnlyList<KeyValuePair<string, IReadOnlyList<string>>> Values, IReadOnlyList<Guid>? Members = null)
{
    /// <summary>A group that no automation may change.</summary>
    public bool IsProtected { get; init; }
}

/// <summary>Part of a full load, or what changed since a cookie.</summary>
/// <param name="Deleted">Gone, and out of every group: these need not come again for it (AD gives them no new number then).</param>
/// <param name="Cookie">Ask with it for what follows. Opaque; the adapter's own.</param>
/// <param name="HasMore">There is more right now.</param>
public sealed record ReplicaPage(IReadOnlyList<ReplicaObject> Objects, IReadOnlyList<Guid> Deleted, string Cookie, bool HasMore);
