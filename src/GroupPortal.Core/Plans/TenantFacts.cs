using GroupPortal.Core.Directories.Tenants;

namespace GroupPortal.Core.Plans;

/// <summary>What a tenant of Entra ID said of one request; only what the request gives reason to ask for.</summary>
public sealed record TenantFacts
{
    /// <summary>What the tenant has bought, by the id of the SKU; null where it was not asked or could not be.</summary>
    public IReadOnlyDictionary<Guid, Licence>? Licences { get; init; }

    /// <summary>Whether <see cref="Expiration"/> is what the tenant says.</summary>
    public bool IsExpirationKnown { get; init; }

    /// <summary>The tenant's expiration policy; null where it has none.</summary>
    public ExpirationPolicy? Expiration { get; init; }

    /// <summary>What its naming policy has against the names that the request would give.</summary>
    public IReadOnlyList<NameRefusal> NameRefusals { get; init; } = [];

    /// <summary>The naming policy was to be asked, and gave no answer. That stops nobody.</summary>
    public bool AreNamesUnchecked { get; init; }
}
