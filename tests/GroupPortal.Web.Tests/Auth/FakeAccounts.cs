using GroupPortal.ActiveDirectory;
using GroupPortal.Core.Access;
using GroupPortal.Core.Directories;

namespace GroupPortal.Web.Tests.Auth;

/// <summary>A domain of one account, in three spellings, that counts what it is asked.</summary>
internal sealed class FakeAccounts : IDomainAccounts
{
    public const string Password = "right";

    public DomainAccount Ada { get; set; } = new(Guid.NewGuid(), "ada", "ada@demo.local", "Ada Winter", IsActive: true);

    public BindOutcome WhenRight { get; set; } = BindOutcome.Right;

    public PortalRole Role { get; set; } = PortalRole.Helpdesk;

    public bool IsReachable { get; set; } = true;

    /// <summary>Passwords that were sent; null stands for nobody's.</summary>
    public List<string?> Sent { get; } = [];

    public int Reads { get; private set; }

    public IdentityStore Store { get; } = new(2, "demo.local", StoreKind.ActiveDirectory, StoreConnection.Ldap, "DC=demo,DC=local", "dc");

    public Task<DirectoryAnswer<DomainAccount?>> FindAsync(string name, CancellationToken cancellation)
    {
        Reads++;
        var isAda = name.ToUpperInvariant() is "ADA" or @"DEMO\ADA" or "ADA@DEMO.LOCAL";
        return Task.FromResult(IsReachable ? DirectoryAnswer.Ok(isAda ? Ada : null) : new DirectoryError.Unavailable());
    }

    public string KeyOf(string name) => name.Split('\\')[^1].Split('@')[0].ToUpperInvariant();

    public Task<BindOutcome> TryPasswordAsync(DomainAccount? account, string password, CancellationToken cancellation)
    {
        Sent.Add(account is null ? null : password);
        return Task.FromResult(!IsReachable ? BindOutcome.Unreachable : account is not null && password == Password ? WhenRight : BindOutcome.Wrong);
    }

    public Task<DirectoryAnswer<PortalRole>> RoleAsync(DomainAccount account, CancellationToken cancellation) =>
        Task.FromResult(IsReachable ? DirectoryAnswer.Ok(Role) : new DirectoryError.Unavailable());
}
