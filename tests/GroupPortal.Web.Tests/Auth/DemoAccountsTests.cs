using System.Net;
using GroupPortal.Application.Groups;
using GroupPortal.Core.Directories;
using GroupPortal.Tests;
using GroupPortal.Web.Auth;
using GroupPortal.Web.Tests.Support;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace GroupPortal.Web.Tests.Auth;

public sealed class DemoAccountsTests
{
    [Theory]
    [InlineData("http://localhost:5080", true)]
    [InlineData("http://127.0.0.1:0", true)]
    [InlineData("http://127.9.9.9:80", true)]
    [InlineData("https://[::1]:443", true)]
    [InlineData("http://0.0.0.0:80", false)]
    [InlineData("http://[::]:80", false)]
    [InlineData("http://*:80", false)]
    [InlineData("http://+:80", false)]
    [InlineData("http://10.0.0.4:80", false)]
    [InlineData("http://portal.example:80", false)]
    [InlineData("http://localhost.evil.example:80", false)]
    public void Loopback_is_an_address_of_this_machine_alone(string address, bool loopback) =>
        Assert.Equal(loopback, LoopbackListeners.IsLoopback(address));

    [Theory]
    [InlineData("http://localhost:5080", StoreConnection.Embedded, false, true)]
    [InlineData("http://localhost:5080", StoreConnection.Ldap, false, false)]
    [InlineData("http://localhost:5080", StoreConnection.Ldap, true, true)]
    [InlineData("http://localhost:5080", StoreConnection.Graph, false, false)]
    [InlineData("http://localhost:5080", StoreConnection.Graph, true, true)]
    [InlineData("http://0.0.0.0:5080", StoreConnection.Embedded, false, false)]
    [InlineData("http://0.0.0.0:5080", StoreConnection.Ldap, true, false)]
    public async Task They_exist_on_this_machine_and_for_directories_of_this_machine_only(string address, StoreConnection second, bool onThisMachine, bool exist)
    {
        var stores = new StoreRegistry([StoreOf(2, StoreConnection.Embedded), StoreOf(3, second)], _ => new StoreOptions());
        using var server = new ServerAt(address);
        var accounts = new DemoAccounts(new LoopbackListeners(server), stores, new StoresOnThisMachine(onThisMachine), new UnchangingOptions(new DemoOptions()));

        Assert.Equal(exist, accounts.IsAvailable);
        Assert.Equal(exist, await accounts.SignInAsync("ada", "demo", CancellationToken.None) is SignInAnswer.Welcome);
        Assert.Equal(exist, await accounts.IsStillValidAsync("ada", PortalRoles.Administrator, CancellationToken.None));
    }

    [Fact]
    public async Task Without_a_demo_password_there_are_no_demo_accounts()
    {
        await using var portal = await PortalProcess.StartAsync(("Demo:Password", ""));
        using var client = portal.CreateClient();
        using var response = await client.SignInAsync("ada", "");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.DoesNotContain("demo-ada", await client.GetStringAsync(new Uri("/sign-in", UriKind.Relative)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_survives_a_restart_and_a_crash()
    {
        await using var portal = await PortalProcess.StartAsync();
        using var client = portal.CreateClient();
        using var signedIn = await client.SignInAsync("ada");

        await portal.StopAsync();
        await portal.StartAgainAsync();
        await portal.KillAsync();
        await portal.StartAgainAsync();
        using var home = await client.GetAsync(new Uri("/", UriKind.Relative));

        Assert.Equal(HttpStatusCode.OK, home.StatusCode);
    }

    private static IDirectory StoreOf(int id, StoreConnection connection)
    {
        var store = new IdentityStore(id, "demo", StoreKind.ActiveDirectory, connection, "DC=demo", "dc");
        return WatchedDirectory.Around(null!, (_, _) => store);
    }

    private sealed class ServerAt : IServer
    {
        public ServerAt(string address)
        {
            var addresses = new ServerAddressesFeature();
            addresses.Addresses.Add(address);
            Features.Set<IServerAddressesFeature>(addresses);
        }

        public IFeatureCollection Features { get; } = new FeatureCollection();

        public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
            where TContext : notnull => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose()
        {
        }
    }

    private sealed class UnchangingOptions(DemoOptions options) : IOptionsMonitor<DemoOptions>
    {
        public DemoOptions CurrentValue => options;

        public DemoOptions Get(string? name) => options;

        public IDisposable? OnChange(Action<DemoOptions, string?> listener) => null;
    }
}
