using GroupPortal.ActiveDirectory;
using GroupPortal.Core.Access;
using GroupPortal.Core.Directories;
using GroupPortal.Directories.Tests.ActiveDirectory.Connections;
using GroupPortal.Directories.Tests.Servers;
using GroupPortal.TestDirectories;
using GroupPortal.Tests;

namespace GroupPortal.Directories.Tests.ActiveDirectory.SignIn;

/// <summary>Signing in to a real domain controller.</summary>
[Collection(DomainControllerCollection.Name)]
public sealed class DomainAccountsTests(DomainControllerFixture fixture) : IDisposable
{
    private readonly DomainSettings _settings = new();

    public void Dispose() => _settings.Dispose();

    [SambaTheory]
    [InlineData("ada")]
    [InlineData("ADA")]
    [InlineData(@"DEMO\ada")]
    [InlineData(@"demo.local\ada")]
    [InlineData("ada@demo.local")]
    [InlineData("Ada@DEMO.LOCAL")]
    public async Task Every_spelling_leads_to_the_same_account_and_its_password_is_right(string name)
    {
        await using var accounts = Open();
        var account = await FindAsync(accounts, name);

        Assert.Equal(("ada", "ada@demo.local", true), (account!.AccountName, account.Name, account.IsActive));
        Assert.Equal(BindOutcome.Right, await accounts.TryPasswordAsync(account, SambaDomainController.Person("ada").Password, CancellationToken.None));
        Assert.Equal(BindOutcome.Wrong, await accounts.TryPasswordAsync(account, "a guess", CancellationToken.None));
    }

    [SambaTheory]
    [InlineData("nobody-of-this-name")]
    [InlineData(@"ELSEWHERE\ada")]
    [InlineData("ada@elsewhere.example")]
    [InlineData("*")]
    [InlineData("a*")]
    [InlineData("ada)(objectClass=*")]
    [InlineData("Domain Admins")]
    [InlineData("CN=ada,CN=Users,DC=demo,DC=local")]
    public async Task Other_names_lead_to_nobody(string name)
    {
        await using var accounts = Open();

        Assert.Null(await FindAsync(accounts, name));
    }

    [SambaFact]
    public async Task Nobodys_password_is_tried_and_wrong()
    {
        await using var accounts = Open();

        Assert.Equal(BindOutcome.Wrong, await accounts.TryPasswordAsync(null, "whatever", CancellationToken.None));
    }

    public static TheoryData<string, BindOutcome, bool> Refused => new()
    {
        { SambaDomainController.Disabled.Name, BindOutcome.Disabled, false },
        { SambaDomainController.Expired.Name, BindOutcome.AccountExpired, false },
        { SambaDomainController.MustChange.Name, BindOutcome.MustChangePassword, true },
    };

    [SambaTheory]
    [MemberData(nameof(Refused))]
    public async Task Who_may_not_sign_in_is_told_why_only_with_the_right_password(string name, BindOutcome outcome, bool isActive)
    {
        await using var accounts = Open();
        var account = await FindAsync(accounts, name);

        Assert.Equal(isActive, account!.IsActive);
        Assert.Equal(outcome, await accounts.TryPasswordAsync(account, SambaDomainController.Disabled.Password, CancellationToken.None));
        Assert.Equal(BindOutcome.Wrong, await accounts.TryPasswordAsync(account, "a guess", CancellationToken.None));
    }

    [SambaTheory]
    [InlineData("Administrator", PortalRole.Administrator)]
    [InlineData("uma", PortalRole.User)]
    public async Task A_role_comes_from_a_group_by_its_name(string name, PortalRole role)
    {
        await using var accounts = Open();

        Assert.Equal(role, await RoleAsync(accounts, name));
    }

    [SambaTheory]
    // Nested: Domain Admins are members of Administrators.
    [InlineData("S-1-5-32-544", PortalRole.Helpdesk)]
    [InlineData("CN=Administrators,CN=Builtin,DC=demo,DC=local", PortalRole.Helpdesk)]
    [InlineData(@"DEMO\Domain Admins", PortalRole.Helpdesk)]
    // The primary group, which no membership names.
    [InlineData("Domain Users", PortalRole.Helpdesk)]
    [InlineData("No such group", PortalRole.User)]
    [InlineData("CN=No such group,DC=demo,DC=local", PortalRole.User)]
    [InlineData("S-1-5-32-549", PortalRole.User)]
    public async Task A_group_is_named_in_many_ways_and_counts_when_nested(string group, PortalRole role)
    {
        await using var accounts = Open(options => options.Roles = new DomainRoleOptions { Helpdesk = [group] });

        Assert.Equal(role, await RoleAsync(accounts, "Administrator"));
    }

    [SambaFact]
    public async Task A_domain_that_does_not_answer_is_not_a_wrong_password()
    {
        await using var accounts = Open(options => options.Servers = ["ldaps://127.0.0.1:9"]);

        Assert.IsType<DirectoryAnswer<DomainAccount?>.Failed>(await accounts.FindAsync("ada", CancellationToken.None));
        Assert.Equal(BindOutcome.Unreachable, await accounts.TryPasswordAsync(null, "x", CancellationToken.None));
    }

    private static async Task<DomainAccount?> FindAsync(DomainAccounts accounts, string name) =>
        Assert.IsType<DirectoryAnswer<DomainAccount?>.Ok>(await accounts.FindAsync(name, CancellationToken.None)).Value;

    private static async Task<PortalRole> RoleAsync(DomainAccounts accounts, string name) => Assert.IsType<DirectoryAnswer<PortalRole>.Ok>(
        await accounts.RoleAsync((await FindAsync(accounts, name))!, CancellationToken.None)).Value;

    private DomainAccounts Open(Action<DomainOptions>? change = null)
    {
        var options = _settings.Of(fixture.Controller);
        change?.Invoke(options);
        return new DomainAccounts(_settings.Read(options), TimeProvider.System);
    }
}
