using GroupPortal.Core.Directories;
using GroupPortal.Ldap;

namespace GroupPortal.ActiveDirectory.Reading;

/// <summary>
/// What our account may do, as the server works it out ([MS-ADTS] 3.1.1.4.5.17 and .18). Beforehand it tells what will be
/// refused; after a refusal, which names the object only, it tells which attributes were meant.
/// </summary>
internal static class EffectiveRights
{
    /// <summary>The attributes of an object that may be written; null when it is gone.</summary>
    public static Task<DirectoryAnswer<IReadOnlySet<string>?>> AttributesAsync(DomainSearch searches, LdapName name, CancellationToken cancellation) =>
        ReadAsync(searches, name, "allowedAttributesEffective", cancellation);

    /// <summary>The classes of which objects may be made in a container; null when it is gone.</summary>
    public static Task<DirectoryAnswer<IReadOnlySet<string>?>> ClassesBelowAsync(DomainSearch searches, LdapName container, CancellationToken cancellation) =>
        ReadAsync(searches, container, "allowedChildClassesEffective", cancellation);

    private static async Task<DirectoryAnswer<IReadOnlySet<string>?>> ReadAsync(
        DomainSearch searches, LdapName name, string attribute, CancellationToken cancellation) =>
        (await searches.EntryAsync(name, [attribute], cancellation))
            .Map<IReadOnlySet<string>?>(entry => entry?.Texts(attribute).ToHashSet(StringComparer.OrdinalIgnoreCase));
}
