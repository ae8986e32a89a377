using System.Net;
using System.Net.Sockets;
using GroupPortal.TestDirectories;
using GroupPortal.Tests;

namespace GroupPortal.Directories.Tests.Servers;

/// <summary>The harness itself: a domain controller starts, answers, and leaves nothing behind.</summary>
public sealed class SambaDomainControllerTests
{
    [SambaFact]
    public async Task Two_controllers_run_beside_each_other()
    {
        await using var one = await SambaDomainController.StartAsync();
        await using var other = await SambaDomainController.StartAsync(new SambaDomainControllerOptions { Workers = 2 });

        Assert.NotEqual(one.Address, other.Address);
        Assert.True((await one.BindAsync(SambaDomainController.Administrator)).Succeeded);
        Assert.True((await other.BindAsync(SambaDomainController.Administrator)).Succeeded);
    }

    [SambaFact]
    public async Task A_controller_keeps_its_data_over_a_stop_and_a_kill()
    {
        await using var controller = await SambaDomainController.StartAsync();
        var administrator = LdapTool.For(controller, SambaDomainController.Administrator);
        const string Dn = "CN=Kept,OU=Groups,DC=demo,DC=local";
        Assert.Equal(0, await administrator.ModifyAsync($"dn: {Dn}\nchangetype: add\nobjectClass: group\nsAMAccountName: kept\n"));

        await controller.StopAsync();
        await AssertRefusesAsync(controller);
        await controller.StartAgainAsync();
        await controller.KillAsync();
        await AssertRefusesAsync(controller);
        await controller.StartAgainAsync();

        Assert.Equal(0, (await administrator.SearchAsync(Dn, "(objectClass=group)")).Code);
    }

    [SambaFact]
    public async Task Nothing_is_left_of_a_disposed_controller()
    {
        var controller = await SambaDomainController.StartAsync();
        Assert.True(Directory.Exists(controller.Folder));

        await controller.DisposeAsync();

        Assert.False(Directory.Exists(controller.Folder));
        Assert.False(File.Exists(controller.Folder + ".lock"));
        await AssertRefusesAsync(controller);
    }

    [SambaFact]
    public async Task A_running_controller_is_not_started_twice()
    {
        await using var controller = await SambaDomainController.StartAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => controller.StartAgainAsync());
        Assert.True(controller.IsRunning);
    }

    private static async Task AssertRefusesAsync(SambaDomainController controller)
    {
        Assert.False(controller.IsRunning);
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        var refused = await Assert.ThrowsAsync<SocketException>(
            () => socket.ConnectAsync(new IPEndPoint(controller.Address, SambaDomainController.LdapsPort)));
        Assert.Equal(SocketError.ConnectionRefused, refused.SocketErrorCode);
    }
}
