using GroupPortal.TestDirectories;
using GroupPortal.Tests;

namespace GroupPortal.EndToEnd.Tests;

/// <summary>A portal as a company has it: a domain behind a network, and a group of the domain whose members are administrators.</summary>
public sealed class DomainFixture : IAsyncLifetime
{
    private const string Administrators = "Portal administrators";

    internal SambaDomainController Controller { get; private set; } = null!;

    internal FaultProxy Network { get; private set; } = null!;

    internal PortalProcess Portal { get; private set; } = null!;

    /// <summary>The domain's own administrator, with a client that is not ours.</summary>
    internal LdapTool Tool => LdapTool.For(Controller, SambaDomainController.Administrator);

    internal static string AdaPassword => SambaDomainController.Person("ada").Password;

    public async Task InitializeAsync()
    {
        if (ServerTools.Samba.ReasonToSkip is null)
        {
            Controller = await SambaDomainController.StartAsync();
            Network = FaultProxy.Start(Controller.LdapsEndPoint);
            var ada = Assert.Single(await Tool.ValuesAsync(SambaDomainController.BaseDn, "(sAMAccountName=ada)", "distinguishedName"));
            await NewGroupAsync(Administrators, $"member: {ada}");
            Portal = await PortalProcess.StartAsync(DomainSettings.For(Controller, Network.EndPoint, Administrators));
        }
    }

    public async Task DisposeAsync()
    {
        if (Controller is not null)
        {
            await (Portal?.DisposeAsync() ?? ValueTask.CompletedTask);
            await Network.DisposeAsync();
            await Controller.DisposeAsync();
        }
    }

    /// <summary>Without the portal's doing.</summary>
    internal async Task NewGroupAsync(string name, params string[] attributes) => await ModifyAsync(
        name, ["changetype: add", "objectClass: group", $"sAMAccountName: {name}", "groupType: -2147483646", .. attributes]);

    /// <summary>Somebody else changes a group below OU=Groups.</summary>
    internal async Task ModifyAsync(string group, params string[] lines) =>
        Assert.Equal(0, await Tool.ModifyAsync(string.Join('\n', [$"dn: CN={group},OU=Groups,{SambaDomainController.BaseDn}", .. lines, ""])));

    /// <summary>What stands in the domain of the group of that name.</summary>
    internal Task<IReadOnlyList<string>> ValuesAsync(string group, string attribute) =>
        Tool.ValuesAsync(SambaDomainController.BaseDn, $"(&(objectCategory=group)(cn={group}))", attribute);
}
