using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Ldap;

namespace GroupPortal.ActiveDirectory.Schema;

/// <summary>What was read of the domain and of one of its servers at the first contact.</summary>
internal sealed record DomainFacts
{
    /// <summary>Whose facts these are, as configured; null when the client did not say.</summary>
    public required LdapServer? Server { get; init; }

    public required RootDse Root { get; init; }

    /// <summary>The identity of the server's database: change numbers compare only within one.</summary>
    public required Guid InvocationId { get; init; }

    public required SecurityIdentifier DomainSid { get; init; }

    public required AttributeCatalog Catalog { get; init; }

    public required StoreCapabilities Capabilities { get; init; }

    /// <summary>What a group's version is made of.</summary>
    public string Version(long changeNumber) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{InvocationId:N}:{changeNumber}");
}
