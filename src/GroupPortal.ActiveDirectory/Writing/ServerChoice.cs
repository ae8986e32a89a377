using GroupPortal.ActiveDirectory.Schema;
using GroupPortal.Core.Directories;
using GroupPortal.Ldap;

namespace GroupPortal.ActiveDirectory.Writing;

/// <summary>Chooses the server of a write. Pinned calls stay where they are, so going on to the next server is done here.</summary>
internal sealed class ServerChoice(Domain domain)
{
    /// <summary>The one that answers now.</summary>
    public async Task<DirectoryAnswer<PinnedServer>> CurrentAsync(CancellationToken cancellation) =>
        (await domain.Facts.GetAsync(cancellation)).Map(facts => new PinnedServer(domain, facts.Server, facts));

    /// <summary>The next that answers, after the present one did not.</summary>
    public async Task<DirectoryAnswer<PinnedServer>> NextAsync(CancellationToken cancellation) =>
        await FactsReader.RootAsync(domain, cancellation) is DirectoryAnswer<RootDse>.Failed failed
            ? failed.Error
            : await CurrentAsync(cancellation);

    /// <summary>Only that one; another's word does not count yet.</summary>
    public async Task<DirectoryAnswer<PinnedServer>> OfAsync(LdapServer? server, CancellationToken cancellation) =>
        (await domain.Facts.GetAsync(cancellation)).Map(facts => new PinnedServer(domain, server ?? facts.Server, facts));
}
