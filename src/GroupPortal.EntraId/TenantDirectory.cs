using GroupPortal.Core.Criteria;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using GroupPortal.EntraId.Reading;
using GroupPortal.EntraId.Services;
using GroupPortal.EntraId.Writing;

namespace GroupPortal.EntraId;

/// <summary>
/// A tenant of Microsoft Entra ID, over Microsoft Graph. Nothing is asked before the first question, so a Graph that does not
/// answer delays neither the portal's start nor its first page.
/// </summary>
public sealed class TenantDirectory : IDirectory, IDisposable
{
    private readonly Tenant _tenant;
    private readonly TenantWriter _writer;
    private readonly ObjectReader _objects;
    private readonly ReferenceReader _references;
    private readonly GroupReader _groups;
    private readonly GroupListReader _lists;
    private readonly MemberReader _members;
    private readonly NestingReader _nesting;
    private readonly NameReader _names;
    private readonly ReplicaReader _replica;
    private readonly ListPages _pages;

    internal TenantDirectory(Tenant tenant)
    {
        _tenant = tenant;
        var graph = new GraphReader(tenant);
        _pages = new ListPages(graph, tenant.Clock);
        _objects = new ObjectReader(tenant, graph);
        _references = new ReferenceReader(tenant, graph);
        _groups = new GroupReader(tenant, graph);
        _nesting = new NestingReader(tenant, graph, _objects);
        _lists = new GroupListReader(tenant, graph, _nesting, _pages);
        _members = new MemberReader(tenant, graph, _pages);
        _writer = new TenantWriter(tenant, _members);
        _names = new NameReader(tenant, graph);
        _replica = new ReplicaReader(tenant, graph);
        Tenant = new TenantServices(tenant, graph);
    }

    public IdentityStore Store => _tenant.Store;

    public AttributeCatalog Catalog => AttributeCatalogs.EntraId;

    /// <summary>Distribution groups are Exchange Online's; Graph shows them and cannot write them.</summary>
    public StoreCapabilities Capabilities { get; } = new(
        HasMailNickname: true, HasExchange: false, HasTeams: true, Core.Directories.Writes.WriteRules.Graph.MembersPerWrite);

    public Core.Directories.Tenants.ITenantServices Tenant { get; }

    public CriteriaVocabulary Vocabulary => CriteriaVocabulary.For(Store.Kind);

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

    public Task<DirectoryAnswer<GroupState?>> GetGroupAsync(Guid id, CancellationToken cancellation) => _groups.GetAsync(id, cancellation);

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

    /// <summary>The tenant is flat: the naming context itself is the only container.</summary>
    public Task<DirectoryAnswer<IReadOnlyList<ContainerNode>>> ContainersAsync(string? parentDn, CancellationToken cancellation) =>
        Task.FromResult(parentDn is null ? DirectoryAnswer.Ok<IReadOnlyList<ContainerNode>>([new ContainerNode(Store.BaseDn, Store.Name, HasChildren: false)])
            : IsRoot(parentDn) ? DirectoryAnswer.Ok<IReadOnlyList<ContainerNode>>([])
            : new DirectoryError.NotFound());

    public Task<DirectoryAnswer<bool>> ContainerExistsAsync(string dn, CancellationToken cancellation) => Task.FromResult(DirectoryAnswer.Ok(IsRoot(dn)));

    public Task<DirectoryAnswer<IReadOnlyList<NameInUse>>> NamesInUseAsync(NameQuery query, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        return _names.InUseAsync(query, cancellation);
    }

    public Task<DirectoryAnswer<AccountRights>> RightsAsync(Guid? group, string dn, IReadOnlyCollection<string> wanted, CancellationToken cancellation) =>
        Task.FromResult(DirectoryAnswer.Ok(AccountRights.All));

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
            // Also when no answer came: it may have been carried out.
            _pages.Forget();
        }
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

    /// <summary>Graph numbers no changes; <see cref="ReplicaAsync"/> tells them by tokens.</summary>
    public Task<DirectoryAnswer<IReadOnlyList<DirectoryChange>>> ChangesAsync(long cookie, int take, CancellationToken cancellation) =>
        Task.FromResult(DirectoryAnswer.Failed<IReadOnlyList<DirectoryChange>>(new DirectoryError.Unsupported()));

    public Task<DirectoryAnswer<ReplicaPage>> ReplicaAsync(string? cookie, int take, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(take);
        return _replica.PageAsync(cookie, take, cancellation);
    }

    public void Dispose() => _tenant.Dispose();

    public async Task<DirectoryError?> CheckAsync(CancellationToken cancellation)
    {
        var answer = await _tenant.AskAsync(
            (client, token) => client.Organization.GetAsync(request => request.QueryParameters.Select = ["id"], token), cancellation);

        // Whether the app may read the organisation is nothing that the portal needs: a refusal is an answer too.
        return answer is DirectoryAnswer<Microsoft.Graph.Models.OrganizationCollectionResponse?>.Failed(var error) and not { Error: DirectoryError.AccessDenied } ? error : null;
    }

    private bool IsRoot(string dn) => DistinguishedName.TryParse(dn, out var name) && name.Equals(DistinguishedName.Parse(Store.BaseDn));
}
