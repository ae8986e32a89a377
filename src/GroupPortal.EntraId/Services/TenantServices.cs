using GroupPortal.Core.Directories;
using GroupPortal.Core.Directories.Tenants;
using GroupPortal.EntraId.Reading;
using GroupPortal.EntraId.Writing;

namespace GroupPortal.EntraId.Services;

/// <summary>What a tenant has beyond its directory, each part by a class of its own.</summary>
internal sealed class TenantServices(Tenant tenant, GraphReader graph) : ITenantServices
{
    private readonly GroupDetails _details = new(tenant, graph);
    private readonly LicenceReader _licences = new(graph);
    private readonly ExpirationPolicies _policies = new(new GraphWrites(tenant), graph);
    private readonly DeletedGroups _deleted = new(graph);
    private readonly NamingPolicy _naming = new(tenant);

    public Task<DirectoryAnswer<TenantGroup?>> GroupAsync(Guid group, CancellationToken cancellation) => _details.ReadAsync(group, cancellation);

    public Task<DirectoryAnswer<IReadOnlyList<Licence>>> LicencesAsync(CancellationToken cancellation) => _licences.ReadAsync(cancellation);

    public Task<DirectoryAnswer<ExpirationPolicy?>> ExpirationAsync(CancellationToken cancellation) => _policies.ReadAsync(cancellation);

    public Task<PolicyAnswer> SetExpirationAsync(ExpirationPolicy policy, CancellationToken cancellation) => _policies.WriteAsync(policy, cancellation);

    public Task<DirectoryAnswer<Page<DeletedGroup>>> DeletedAsync(string text, int skip, int take, CancellationToken cancellation) =>
        _deleted.FindAsync(text, skip, take, cancellation);

    public Task<DirectoryAnswer<IReadOnlyList<NameRefusal>>> CheckNamesAsync(NameCheck check, CancellationToken cancellation) => _naming.CheckAsync(check, cancellation);

    /// <summary>
    /// Graph answers evaluateDynamicMembership (/beta) to people who are signed in and refuses every application, and all our credentials
    /// are an application's: nothing is sent. That changes once people sign in with Entra ID and the portal can ask in their name.
    /// </summary>
    public Task<DirectoryAnswer<RuleOpinion>> EvaluateRuleAsync(Guid member, Guid? group, string? rule, CancellationToken cancellation) =>
        Task.FromResult(DirectoryAnswer.Failed<RuleOpinion>(new DirectoryError.Unsupported()));
}
