using System.Net;
using System.Net.Sockets;
using GroupPortal.TestDirectories;

namespace GroupPortal.Directories.Tests.Servers;

/// <summary>The harness itself: a domain controller starts, answers, and leaves nothing behind.</summary>
public sealed class SambaDomainControllerTests
{
    [Fact]
    public async Task Two_controllers_run_beside_each_other()
    {
        await using var one = await SambaDomainController.StartAsync();
        await using var other = await SambaDomainController.StartAsync();

        Assert.NotEqual(one.Address, other.Address);
        var administrator = SambaDomainController.Administrator;
        Assert.True((await one.BindAsync(administrator.UserPrincipalName, administrator.Password)).Succeeded);
        Assert.True((await other.BindAsync(administrator.UserPrincipalName, administrator.Password)).Succeeded);
        Assert.Equal(49, (await one.BindAsync(administrator.UserPrincipalName, "wrong")).Code);
    }

    [Fact]
    public async Task A_controller_can_be_stopped_or_killed_and_started_again()
    {
        await using var controller = await SambaDomainController.StartAsync();
        var administrator = SambaDomainController.Administrator;

        await controller.StopAsync();
        await AssertRefusesAsync(controller);
        await controller.StartAgainAsync();
        await controller.KillAsync();
        await AssertRefusesAsync(controller);
        await controller.StartAgainAsync();

        Assert.True((await controller.BindAsync(administrator.UserPrincipalName, administrator.Password)).Succeeded);
    }

    [Fact]
    public async Task Nothing_is_left_of_a_disposed_controller()
    {
        var controller = await SambaDomainController.StartAsync();
        Assert.True(Directory.Exists(controller.Folder));

        await controller.DisposeAsync();

        Assert.False(Directory.Exists(controller.Folder));
        await AssertRefusesAsync(controller);
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
