using System.Net;
using GroupPortal.GraphEmulation;
using GroupPortal.TestDirectories;
using GroupPortal.Tests;

namespace GroupPortal.EndToEnd.Tests;

/// <summary>A portal in front of a tenant that takes its time over teams and over rules of its own.</summary>
public sealed class TenantFixture : IAsyncLifetime
{
    /// <summary>Longer than any journey: Graph's own 15 minutes.</summary>
    private static readonly TimeSpan TeamDelay = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan DynamicDelay = TimeSpan.FromSeconds(5);

    /// <summary>Nobody but hal is in it.</summary>
    internal const string Department = "Bell ringing";

    internal GraphEmulator Graph { get; private set; } = null!;

    internal FaultProxy Network { get; private set; } = null!;

    internal PortalProcess Portal { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Graph = await GraphEmulator.StartAsync(new EmulatorOptions { People = 1100, TeamDelay = TeamDelay, DynamicDelay = DynamicDelay, Throttles = true });
        Graph.Directory.Set(Graph.Directory.Person("hal"), "department", Department);
        Network = FaultProxy.Start(new IPEndPoint(IPAddress.Loopback, Graph.Endpoint.Port));
        Portal = await PortalProcess.StartAsync(TenantSettings.For(Graph, Network.EndPoint));
    }

    public async Task DisposeAsync()
    {
        await Portal.DisposeAsync();
        await Network.DisposeAsync();
        await Graph.DisposeAsync();
    }

    /// <summary>The group of that name, asked of the tenant itself; null when there is none.</summary>
    internal Guid? Find(string name) => Graph.Directory.All(GraphEmulation.Store.ObjectKind.Group)
        .Where(id => Equals(Graph.Directory.Object(id)["displayName"]?.ToString(), name))
        .Select(id => (Guid?)id)
        .SingleOrDefault();
}
