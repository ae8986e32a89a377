namespace GroupPortal.ActiveDirectory;

/// <summary>Groups by distinguished name, account name or SID; nested members count. Everybody else is a user.</summary>
public sealed class DomainRoleOptions
{
    /// <summary>Members administer the portal.</summary>
    public IReadOnlyList<string> Administrators { get; set; } = [];

    /// <summary>Members may change any unprotected group.</summary>
    public IReadOnlyList<string> Helpdesk { get; set; } = [];
}
