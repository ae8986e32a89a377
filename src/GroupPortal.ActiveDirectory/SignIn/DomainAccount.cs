using GroupPortal.Ldap;

namespace GroupPortal.ActiveDirectory;

/// <summary>A person's account, as the service account sees it.</summary>
/// <param name="IsActive">Neither disabled nor expired; false also where that cannot be read.</param>
public sealed record DomainAccount(Guid Id, string AccountName, string? UserPrincipalName, string DisplayName, bool IsActive)
{
    /// <summary>How the portal calls the account: the same in history, tokens and when its own object is looked for.</summary>
    public string Name => UserPrincipalName ?? AccountName;

    internal LdapName Entry { get; init; }
}
