using GroupPortal.ActiveDirectory.Reading;
using GroupPortal.ActiveDirectory.Schema;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Ldap;

namespace GroupPortal.ActiveDirectory.Writing;

/// <summary>
/// One server for all that belongs to one write: what is read before and after it must come from where it is written, and
/// replication between servers takes seconds.
/// </summary>
/// <param name="facts">Of the server that answers now, which need not be this one.</param>
internal sealed class PinnedServer(Domain domain, LdapServer? server, DomainFacts facts)
{
    private readonly Func<long, string>? _version = server == facts.Server ? facts.Version : null;

    public LdapServer? Server => server;

    public AttributeCatalog Catalog => facts.Catalog;

    public DomainSearch Searches { get; } = new(domain, server);

    /// <summary>The group of that id, or null when nothing, or no group, has it.</summary>
    public async Task<DirectoryAnswer<PresentGroup?>> GroupAsync(Guid id, IReadOnlyList<string> besides, CancellationToken cancellation) =>
        (await EntryAsync(LdapName.FromGuid(id), besides, cancellation)).Map(entry => entry is null ? null : PresentGroup.Of(entry, _version));

    /// <summary>The group of that name, or null when nothing, or no group, has it.</summary>
    public async Task<DirectoryAnswer<PresentGroup?>> GroupAsync(DistinguishedName dn, IReadOnlyList<string> besides, CancellationToken cancellation) =>
        (await EntryAsync(Domain.NameOf(dn), besides, cancellation)).Map(entry => entry is null ? null : PresentGroup.Of(entry, _version));

    public Task<LdapAnswer> SendAsync(LdapRequest request, CancellationToken cancellation) => domain.Client.SendAsync(request, cancellation, server);

    private Task<DirectoryAnswer<LdapEntry?>> EntryAsync(LdapName name, IReadOnlyList<string> besides, CancellationToken cancellation) =>
        Searches.EntryAsync(name, [.. PresentGroup.Attributes.Union(besides, StringComparer.OrdinalIgnoreCase)], cancellation, LdapControls.ExtendedNames);
}
