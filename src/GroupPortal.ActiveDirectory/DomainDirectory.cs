using GroupPortal.ActiveDirectory.Reading;
using GroupPortal.ActiveDirectory.Schema;
using GroupPortal.ActiveDirectory.Writing;
using GroupPortal.Core.Criteria;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using GroupPortal.Ldap;

namespace GroupPortal.ActiveDirectory;

/// <summary>
/// A domain of Active Directory, over LDAP. Nothing is contacted before the first question, so a directory that does not
/// answer delays neither the portal's start nor its first page.
/// </summary>
public sealed class DomainDirectory : IDirectory, IAsyncDisposable
{
    private readonly Domain _domain;
    private readonly DomainWriter _writer;
    private readonly ObjectReader _objects;
    private readonly ReferenceReader _references;
    private readonly GroupReader _groups;
    private readonly GroupListReader _lists;
    private readonly MemberReader _members;
    private readonly NestingReader _nesting;
    private readonly ContainerReader _containers;
    private readonly NameReader _names;
    private readonly ChangeReader _changes;
    private readonly RightsReader _rights;
    private readonly ReplicaReader _replica;

    private DomainDirectory(Domain domain)
    {
        _domain = domain;
        _writer = new DomainWriter(domain);
        var searches = new DomainSearch(domain);
        var links = new LinkedNames(domain, searches);
        _objects = new ObjectReader(domain, searches);
        _references = new ReferenceReader(domain, searches);
        _members = new MemberReader(domain, searches, links, _objects);
        _nesting = new NestingReader(domain, searches, links, _objects);
        _groups = new GroupReader(domain, searches, _objects, _members, _nesting);
        _lists = new GroupListReader(domain, searches, _objects);
        _containers = new ContainerReader(domain, searches);
        _names = new NameReader(domain, searches);
        _changes = new ChangeReader(domain, searches);
        _rights = new RightsReader(domain, searches);
        _replica = new ReplicaReader(domain, _objects);
    }

    public IdentityStore Store => _domain.Store;

    /// <summary>The live schema's from the first contact on, until then what is known of Active Directory.</summary>
    public AttributeCatalog Catalog => _domain.Facts.Known?.Catalog ?? AttributeCatalogs.ActiveDirectory;

    public StoreCapabilities Capabilities => _domain.Facts.Known?.Capabilities ?? FactsReader.Unknown;

    public CriteriaVocabulary Vocabulary => CriteriaVocabulary.For(Store.Kind);

    public static DomainDirectory Open(IdentityStore store, LdapOptions options, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(clock);
        return new DomainDirectory(new Domain(store, new LdapClient(options, clock), clock));
    }

    public Task<DirectoryAnswer<Page<DirectoryObject>>> FindAsync(ObjectQuery query, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        return _objects.FindAsync(query, cancellation);
    }

    public Task<DirectoryAnswer<Page<GroupSummary>>> FindGroupsAsync(GroupQuery query, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        return _lists.FindAsync(query, cancellation);
    }

    public Task<DirectoryAnswer<IReadOnlyDictionary<string, ReferenceMatch>>> ResolveAsync(
        IReadOnlyCollection<string> references, IReadOnlyCollection<ObjectKind> kinds, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(references);
        ArgumentNullException.ThrowIfNull(kinds);
        return _references.ResolveAsync(references, kinds, cancellation);
    }

    public async Task<DirectoryAnswer<GroupState?>> GetGroupAsync(Guid id, CancellationToken cancellation)
    {
        var answer = await _groups.GetAsync(id, cancellation);
        if (answer is DirectoryAnswer<GroupState?>.Ok({ Version.Directory: { } version }))
        {
            _writer.Seen(id, version);
        }

        return answer;
    }

    public Task<DirectoryAnswer<IReadOnlyDictionary<Guid, GroupState>>> GetGroupsAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return _groups.GetManyAsync(ids, cancellation);
    }

    public Task<DirectoryAnswer<Page<DirectoryObject>>> MembersAsync(MemberQuery query, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        return _members.PageAsync(query, cancellation);
    }

    public Task<DirectoryAnswer<IReadOnlySet<Guid>>> MemberIdsAsync(Guid group, CancellationToken cancellation) => _members.IdsAsync(group, cancellation);

    public Task<DirectoryAnswer<IReadOnlySet<Guid>>> WhichAreMembersAsync(
        Guid group, IReadOnlyCollection<Guid> candidates, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        return _members.WhichAsync(group, candidates, cancellation);
    }

    public Task<DirectoryAnswer<IReadOnlySet<Guid>>> AncestorsAsync(Guid group, CancellationToken cancellation) =>
        _nesting.AncestorsAsync(group, cancellation);

    public Task<DirectoryAnswer<Page<DirectoryObject>>> MemberOfAsync(Guid id, int skip, int take, CancellationToken cancellation) =>
        _nesting.MemberOfAsync(id, skip, take, cancellation);

    public Task<DirectoryAnswer<IReadOnlyDictionary<Guid, DirectoryObject>>> GetObjectsAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return _objects.ByIdsAsync(ids, cancellation);
    }

    public Task<DirectoryAnswer<IReadOnlyList<ContainerNode>>> ContainersAsync(string? parentDn, CancellationToken cancellation) =>
        _containers.BelowAsync(parentDn, cancellation);

    public Task<DirectoryAnswer<bool>> ContainerExistsAsync(string dn, CancellationToken cancellation) => _containers.ExistsAsync(dn, cancellation);

    public Task<DirectoryAnswer<IReadOnlyList<NameInUse>>> NamesInUseAsync(NameQuery query, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        return _names.InUseAsync(query, cancellation);
    }

    public IReadOnlyList<DirectoryWrite> Batch(GroupPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return _writer.Batch(plan);
    }

    public async Task<DirectoryWriteAnswer> WriteAsync(DirectoryWrite write, WriteTarget? target, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(write);
        try
        {
            return await _writer.WriteAsync(write, target, cancellation);
        }
        finally
        {
            // Also when nobody knows what became of it: then least of all is an old list to be believed.
            _lists.Forget();
            _members.Forget();
            _changes.Forget();
        }
    }

    public async Task<DirectoryAnswer<AccountRights>> RightsAsync(Guid? group, string dn, IReadOnlyCollection<string> wanted, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        if (!DistinguishedName.TryParse(dn, out var name))
        {
            return new DirectoryError.NotFound { ServerText = dn };
        }

        return group is { } id ? await _rights.OfGroupAsync(id, name, wanted, cancellation) : await _rights.OfContainerAsync(name, cancellation);
    }

    public IReadOnlyList<DirectoryWrite> Split(DirectoryWrite write, DirectoryError error)
    {
        ArgumentNullException.ThrowIfNull(write);
        ArgumentNullException.ThrowIfNull(error);
        return _writer.Split(write, error);
    }

    public Task<DirectoryWriteAnswer> SettleAsync(DirectoryWrite write, WriteTarget? target, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(write);
        return _writer.SettleAsync(write, target, cancellation);
    }

    public Task<DirectoryAnswer<IReadOnlyList<DirectoryChange>>> ChangesAsync(long cookie, int take, CancellationToken cancellation) =>
        _changes.SinceAsync(cookie, take, cancellation);

    public Task<DirectoryAnswer<ReplicaPage>> ReplicaAsync(string? cookie, int take, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(take);
        return _replica.PageAsync(cookie, take, cancellation);
    }

    public async Task<DirectoryError?> CheckAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var facts = await _domain.Facts.GetAsync(cancellation);
        if (facts is not DirectoryAnswer<DomainFacts>.Ok)
        {
            return facts.WhyNot();
        }

        // The facts may be old; whether the server answers is asked now.
        var root = await FactsReader.RootAsync(_domain, cancellation);
        return root is DirectoryAnswer<RootDse>.Ok ? null : root.WhyNot();
    }

    public async ValueTask DisposeAsync()
    {
        await _replica.DisposeAsync();
        await _domain.Client.DisposeAsync();
    }
}
