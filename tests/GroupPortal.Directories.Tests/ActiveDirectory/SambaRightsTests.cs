using GroupPortal.ActiveDirectory;
using GroupPortal.Core.Directories;
using GroupPortal.Directories.Tests.Contract;
using GroupPortal.Directories.Tests.Ldap;
using GroupPortal.Directories.Tests.Servers;
using GroupPortal.Ldap;
using GroupPortal.TestDirectories;
using GroupPortal.Tests;

namespace GroupPortal.Directories.Tests.ActiveDirectory;

/// <summary>What the portal's account may write, told by a real domain controller beforehand.</summary>
[Collection(DomainControllerCollection.Name)]
public sealed class SambaRightsTests(DomainControllerFixture fixture) : IAsyncLifetime
{
    private const string Groups = "OU=Groups," + Base;
    private const string Base = "DC=demo,DC=local";

    private static readonly string[] Written = ["description", "member", "managedBy", "displayName", "groupType", "sAMAccountName", "mail", "info"];

    private readonly DomainDirectory _service = Open(fixture, SambaDomainController.Service);
    private readonly DomainDirectory _lowly = Open(fixture, SambaDomainController.Lowly);

    [SambaFact]
    public async Task The_service_account_may_create_and_write_where_it_was_given_the_right_and_nowhere_else()
    {
        var ours = await GroupAsync(_service, "OU=Groups");
        var rights = (await _service.RightsAsync(ours.Id, ours.Dn, Written, CancellationToken.None)).Value();
        Assert.All(Written, attribute => Assert.True(rights.MayWrite(attribute), attribute));
        Assert.True((await _service.RightsAsync(null, Groups, [], CancellationToken.None)).Value().MayCreate);

        Assert.False((await _service.RightsAsync(null, "CN=Users," + Base, [], CancellationToken.None)).Value().MayCreate);
        var theirs = await GroupAsync(_service, "CN=Users");
        Assert.False((await _service.RightsAsync(theirs.Id, theirs.Dn, Written, CancellationToken.None)).Value().MayWrite("member"));
    }

    [SambaFact]
    public async Task An_account_without_rights_is_told_so_of_every_group_of_a_container()
    {
        var group = await GroupAsync(_lowly, "OU=Groups");

        var rights = (await _lowly.RightsAsync(group.Id, group.Dn, Written, CancellationToken.None)).Value();
        var again = (await _lowly.RightsAsync(group.Id, group.Dn, Written, CancellationToken.None)).Value();

        Assert.All(Written, attribute => Assert.False(rights.MayWrite(attribute) || again.MayWrite(attribute), attribute));
        Assert.False((await _lowly.RightsAsync(null, Groups, [], CancellationToken.None)).Value().MayCreate);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _service.DisposeAsync();
        await _lowly.DisposeAsync();
    }

    private static DomainDirectory Open(DomainControllerFixture fixture, TestAccount account) => DomainDirectory.Open(
        SambaFixture.Store, Clients.OptionsFor(fixture.Controller) with { Credential = new LdapCredential(account.BindName, account.Password) }, TimeProvider.System);

    private static async Task<GroupSummary> GroupAsync(DomainDirectory directory, string container)
    {
        var page = (await directory.FindGroupsAsync(new GroupQuery(Take: 200), CancellationToken.None)).Value();
        return page.Items.First(group => DistinguishedName.Parse(group.Dn).Parent!.ToString().StartsWith(container, StringComparison.OrdinalIgnoreCase));
    }
}
