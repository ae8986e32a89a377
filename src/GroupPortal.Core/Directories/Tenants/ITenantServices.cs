namespace GroupPortal.Core.Directories.Tenants;

/// <summary>
/// What a tenant of Entra ID has beyond groups, members and owners. All of it is asked when somebody looks, nothing when groups
/// are listed. What is written about one group goes by plan and <see cref="IDirectory.WriteAsync"/> like everything else.
/// </summary>
public interface ITenantServices
{
    /// <summary>What there is beside the attributes of a group; null when there is no such group.</summary>
    Task<DirectoryAnswer<TenantGroup?>> GroupAsync(Guid group, CancellationToken cancellation);

    /// <summary>The licences that the tenant has bought.</summary>
    Task<DirectoryAnswer<IReadOnlyList<Licence>>> LicencesAsync(CancellationToken cancellation);

    /// <summary>The tenant's expiration policy of Microsoft 365 groups; null where it has none.</summary>
    Task<DirectoryAnswer<ExpirationPolicy?>> ExpirationAsync(CancellationToken cancellation);

    /// <summary>Makes or changes that policy.</summary>
    Task<PolicyAnswer> SetExpirationAsync(ExpirationPolicy policy, CancellationToken cancellation);

    /// <summary>Deleted groups that can still be restored, the last deleted first.</summary>
    /// <param name="text">The beginning of a word of a name, or an id; empty for all.</param>
    Task<DirectoryAnswer<Page<DeletedGroup>>> DeletedAsync(string text, int skip, int take, CancellationToken cancellation);

    /// <summary>What the tenant's naming policy has against these names; empty for nothing.</summary>
    Task<DirectoryAnswer<IReadOnlyList<NameRefusal>>> CheckNamesAsync(NameCheck check, CancellationToken cancellation);

    /// <summary>
    /// Entra ID's own opinion whether a rule takes somebody in. <see cref="DirectoryError.Unsupported"/> where the portal's account
    /// may not ask: it is answered only to signed-in people.
    /// </summary>
    /// <param name="rule">A rule that is not saved yet, or null for the group's own.</param>
    Task<DirectoryAnswer<RuleOpinion>> EvaluateRuleAsync(Guid member, Guid? group, string? rule, CancellationToken cancellation);
}
