using System.Collections.Concurrent;
using GroupPortal.Core.Directories;
using GroupPortal.Ldap;

namespace GroupPortal.ActiveDirectory.Reading;

/// <summary>
/// Where each container of one server stood, and by which change number that is known. A container changes for many reasons (a
/// policy is linked, a right is given), and only where it stands matters to what is below it.
/// </summary>
/// <param name="server">The invocation id: the numbers are this server's.</param>
internal sealed class ReplicaContainers(Guid server)
{
    private readonly ConcurrentDictionary<Guid, (string Dn, long Number)> _known = new();

    public Guid Server => server;

    public static LdapFilter Filter { get; } = LdapFilter.Or(
        LdapFilter.Equal("objectClass", "organizationalUnit"),
        LdapFilter.Equal("objectClass", "container"));

    /// <summary>All of them, as they are now.</summary>
    public async Task<DirectoryAnswer<IReadOnlyList<string>>> ReadAsync(Domain domain, DomainSearch searches, CancellationToken cancellation) =>
        await searches.CollectAsync<string>(
            new LdapSearch(domain.BaseName, LdapScope.Subtree, Filter, ["objectGUID", "uSNChanged"]) { Controls = [LdapControls.ExtendedNames] },
            entry =>
            {
                Note(entry);
                return null;
            },
            cancellation);

    /// <summary>Whether it stands where it stood when the change of this number was made, as far as is known.</summary>
    /// <param name="from">
    /// What is known by a later number says nothing: whoever asks may have been told of the move before, and not have heard it.
    /// </param>
    public bool HasStayed(LdapEntry entry, long from) =>
        entry.Guid("objectGUID") is { } id && _known.TryGetValue(id, out var known)
        && known.Number <= from && string.Equals(known.Dn, ExtendedName.Of(entry).Dn, StringComparison.Ordinal);

    /// <summary>A move of what it stands in is that container's change, and noted there.</summary>
    public void Note(LdapEntry entry)
    {
        if (entry.Guid("objectGUID") is { } id && entry.Number("uSNChanged") is { } number)
        {
            var now = (ExtendedName.Of(entry).Dn, number);
            _known.AddOrUpdate(id, now, (_, known) => known.Number > number ? known : now);
        }
    }
}
