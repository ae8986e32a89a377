using GroupPortal.ActiveDirectory;
using GroupPortal.ActiveDirectory.Schema;
using GroupPortal.Core.Directories;
using GroupPortal.Directories.Tests.ActiveDirectory.Connections;
using GroupPortal.Directories.Tests.Ldap;
using GroupPortal.Ldap;
using GroupPortal.TestDirectories;
using GroupPortal.TestDirectories.Processes;
using GroupPortal.Tests;

namespace GroupPortal.Directories.Tests.ActiveDirectory.Checks;

/// <summary>The rights of <see cref="Delegation"/>, given to an account that had none: they are enough, and no more than meant.</summary>
public sealed class DelegatedRightsTests : IDisposable
{
    private const string Container = "OU=Groups,DC=demo,DC=local";
    private static readonly LdapName Group = LdapName.FromEscaped($"CN=Delegated,{Container}");
    private readonly DomainSettings _settings = new();

    public void Dispose() => _settings.Dispose();

    [SambaFact]
    public async Task They_are_what_the_check_asks_for_and_what_writing_takes()
    {
        await using var controller = await SambaDomainController.StartAsync();
        await DelegateAsync(controller, SambaDomainController.Lowly);
        var options = _settings.Of(controller);
        options.Account = SambaDomainController.Lowly.BindName;
        await File.WriteAllTextAsync(Path.Combine(_settings.Folder, options.PasswordFile), SambaDomainController.Lowly.Password);
        var connection = _settings.Read(options);

        await foreach (var step in new DomainCheck(connection, Container, TimeProvider.System).RunAsync(CancellationToken.None))
        {
            Assert.True(step.Status == CheckStatus.Ok, step.ToString());
        }

        await using var client = new LdapClient(connection.Ldap, TimeProvider.System);
        await SucceedsAsync(client, new LdapRequest.Add(Group, [new("objectClass", "group"), new("sAMAccountName", "delegated"), new("groupType", "-2147483640")]));
        await SucceedsAsync(client, new LdapRequest.Modify(Group,
        [
            Replace("member", "CN=lowly,CN=Users,DC=demo,DC=local"), Replace("managedBy", "CN=lowly,CN=Users,DC=demo,DC=local"),
            Replace("description", "d"), Replace("displayName", "d"), Replace("info", "i"), Replace("mail", "d@demo.local"), Replace("proxyAddresses", "SMTP:d@demo.local"),
            Replace("telephoneNumber", "1"), Replace("wWWHomePage", "http://demo.local"), Replace("sAMAccountName", "delegated2"), Replace("groupType", "-2147483646"),
        ]));
        await SucceedsAsync(client, new LdapRequest.ModifyName(Group, LdapName.FromEscaped("CN=Renamed"), null));
        await SucceedsAsync(client, new LdapRequest.Delete(LdapName.FromEscaped($"CN=Renamed,{Container}")));

        Assert.Equal(LdapResultCode.InsufficientAccessRights, await CodeAsync(client, new LdapRequest.Add(
            LdapName.FromEscaped($"CN=Somebody,{Container}"), [new("objectClass", "user"), new("sAMAccountName", "somebody")])));
        Assert.Equal(LdapResultCode.InsufficientAccessRights, await CodeAsync(client, new LdapRequest.Add(
            LdapName.FromEscaped("CN=Delegated,CN=Users,DC=demo,DC=local"), [new("objectClass", "group"), new("sAMAccountName", "delegated")])));
        Assert.Equal(LdapResultCode.InsufficientAccessRights, await CodeAsync(client, new LdapRequest.Modify(
            LdapName.FromEscaped("CN=Domain Admins,CN=Users,DC=demo,DC=local"), [Replace("member", "CN=lowly,CN=Users,DC=demo,DC=local")])));
    }

    private static LdapModification Replace(string attribute, string value) => new(LdapChange.Replace, new LdapAttribute(attribute, value));

    private static async Task SucceedsAsync(LdapClient client, LdapRequest request)
    {
        var answer = Assert.IsType<LdapAnswer.Answered>(await client.SendAsync(request, CancellationToken.None));
        Assert.True(answer.Result.IsSuccess, $"{request}: {answer.Result}");
    }

    private static async Task<LdapResultCode> CodeAsync(LdapClient client, LdapRequest request) =>
        Assert.IsType<LdapAnswer.Answered>(await client.SendAsync(request, CancellationToken.None)).Result.Code;

    /// <summary>What dsacls would write: CCDC;group with /I:T, and RPWP;attribute;group with /I:S.</summary>
    private static async Task DelegateAsync(SambaDomainController controller, TestAccount account)
    {
        await using var administrator = new LdapClient(Clients.OptionsFor(controller), TimeProvider.System);
        var sid = SecurityIdentifier.Of((await OneAsync(administrator, SambaDomainController.BaseDn, "sAMAccountName", account.Name, "objectSid")).Octets("objectSid"));
        var group = await SchemaIdAsync(administrator, DirectoryRights.GroupClass);
        var entries = $"(OA;CI;CCDC;{group};;{sid})";
        foreach (var attribute in DirectoryRights.Attributes)
        {
            entries += $"(OA;CIIO;RPWP;{await SchemaIdAsync(administrator, attribute)};{group};{sid})";
        }

        await Tool.RunAsync(
            "samba-tool",
            ["dsacl", "set", $"--configfile={controller.Folder}/smb.conf", "-H", $"{controller.Folder}/private/sam.ldb", $"--objectdn={Container}", $"--sddl={entries}"],
            CancellationToken.None);
    }

    private static async Task<Guid> SchemaIdAsync(LdapClient client, string name) =>
        (await OneAsync(client, "CN=Schema,CN=Configuration,DC=demo,DC=local", "lDAPDisplayName", name, "schemaIDGUID")).Guid("schemaIDGUID")!.Value;

    private static async Task<LdapEntry> OneAsync(LdapClient client, string root, string attribute, string value, string wanted) => Assert.Single(
        (await client.SearchAsync(new LdapSearch(LdapName.FromEscaped(root), LdapScope.Subtree, LdapFilter.Equal(attribute, value), [wanted]), CancellationToken.None)).Entries);
}
