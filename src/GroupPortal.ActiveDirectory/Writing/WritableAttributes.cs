using GroupPortal.Core.Directories;
using GroupPortal.Ldap;

namespace GroupPortal.ActiveDirectory.Writing;

/// <summary>
/// What the portal's account may write, as the server works it out ([MS-ADTS] 3.1.1.4.5.17 and .18). Beforehand it can say what
/// will be refused; after a refusal, which names the object only, it says which attributes were meant.
/// </summary>
internal static class WritableAttributes
{
    private const string OfObject = "allowedAttributesEffective";
    private const string BelowObject = "allowedChildClassesEffective";

    /// <summary>The attributes of an object that may be written; null when it is gone.</summary>
    public static async Task<DirectoryAnswer<IReadOnlySet<string>?>> ReadAsync(PinnedServer server, LdapName name, CancellationToken cancellation) =>
        (await server.Searches.EntryAsync(name, [OfObject], cancellation)).Map<IReadOnlySet<string>?>(entry => Set(entry, OfObject));

    /// <summary>Whether groups may be made in a container; null when it is gone.</summary>
    public static async Task<DirectoryAnswer<bool?>> MayCreateGroupsAsync(PinnedServer server, LdapName container, CancellationToken cancellation) =>
        (await server.Searches.EntryAsync(container, [BelowObject], cancellation)).Map(entry => Set(entry, BelowObject)?.Contains("group"));

    private static HashSet<string>? Set(LdapEntry? entry, string attribute) => entry?.Texts(attribute).ToHashSet(StringComparer.OrdinalIgnoreCase);
}
