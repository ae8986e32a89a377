using GroupPortal.Core.Access;
using GroupPortal.Core.Directories;

namespace GroupPortal.ActiveDirectory;

/// <summary>The accounts of one domain: who they are, whether a password is theirs, and their role.</summary>
public interface IDomainAccounts
{
    IdentityStore Store { get; }

    /// <summary>The one account of a name in any spelling; null where there is none, or more than one.</summary>
    Task<DirectoryAnswer<DomainAccount?>> FindAsync(string name, CancellationToken cancellation);

    /// <summary>The same for every spelling of a name that leads to nobody.</summary>
    string KeyOf(string name);

    /// <summary>Tries a password, which is never empty. For null it takes as long as for somebody, and is wrong.</summary>
    Task<BindOutcome> TryPasswordAsync(DomainAccount? account, string password, CancellationToken cancellation);

    /// <summary>The strongest role that the account's groups give, nested ones included.</summary>
    Task<DirectoryAnswer<PortalRole>> RoleAsync(DomainAccount account, CancellationToken cancellation);
}
