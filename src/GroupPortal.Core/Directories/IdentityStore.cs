namespace GroupPortal.Core.Directories;

/// <summary>How a store behaves, whatever it is connected through.</summary>
public enum StoreKind
{
    ActiveDirectory,
    EntraId,
}

/// <summary>What a store is reached through.</summary>
public enum StoreConnection
{
    Embedded,
    Ldap,
    Graph,
}

/// <summary>One directory the portal works in.</summary>
/// <param name="Id">The <c>{identityStoreId}</c> of the API; positive.</param>
/// <param name="Name">The name people know it by: <c>demo.local</c>.</param>
/// <param name="BaseDn">The naming context, RFC 4514: <c>DC=demo,DC=local</c>.</param>
/// <param name="Server">What the API calls <c>currentDirectoryServer</c>; empty for Entra ID, which has none.</param>
public sealed record IdentityStore(
    int Id,
    string Name,
    StoreKind Kind,
    StoreConnection Connection,
    string BaseDn,
    string Server)
{
    /// <summary>How strings compare in this store.</summary>
    public Folding Folding => Folding.For(Kind);
}
