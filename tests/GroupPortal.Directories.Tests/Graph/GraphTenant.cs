using GroupPortal.Core.Directories;
using GroupPortal.EntraId;
using GroupPortal.EntraId.Requests;
using GroupPortal.GraphEmulation;
using GroupPortal.GraphEmulation.Record;

namespace GroupPortal.Directories.Tests.Graph;

/// <summary>A tenant of the emulator, and the adapter connected to it as it is to Graph: SDK, tokens, queue and all.</summary>
internal sealed class GraphTenant : IAsyncDisposable
{
    private readonly IDirectory _directory;
    private long _seen;

    private GraphTenant(GraphEmulator emulator, IDirectory directory)
    {
        Emulator = emulator;
        _directory = directory;
    }

    public GraphEmulator Emulator { get; }

    public IDirectory Directory => _directory;

    public EmulatedDirectory Objects => Emulator.Directory;

    public static async Task<GraphTenant> StartAsync(EmulatorOptions? options = null, TimeProvider? clock = null, GraphQuotas? quotas = null)
    {
        var emulator = await GraphEmulator.StartAsync(options ?? new EmulatorOptions { People = 0 });
        return new GraphTenant(emulator, Connect(emulator, quotas).Open(clock ?? TimeProvider.System));
    }

    public static GraphConnection Connect(GraphEmulator emulator, GraphQuotas? quotas = null) => new(
        new IdentityStore(3, emulator.Domain, StoreKind.EntraId, StoreConnection.Graph, $"DC={string.Join(",DC=", emulator.Domain.Split('.'))}", string.Empty),
        new AppIdentity(GraphCredential.Secret, Guid.Parse(emulator.TenantId), "22222222-2222-4222-8222-222222222222", GraphCloud.Global)
        {
            Secret = "emulator", Loopback = emulator.Endpoint,
        },
        emulator.Endpoint,
        TimeSpan.FromSeconds(60))
    {
        Quotas = quotas ?? new GraphQuotas { Speed = 1000 },
    };

    /// <summary>What arrived since this was asked the last time: each batch once, and nothing of what was in it.</summary>
    public IReadOnlyList<RecordedRequest> Sent()
    {
        var all = Emulator.Requests;
        var since = _seen;
        _seen = all.Count > 0 ? all[^1].Sequence : 0;
        return [.. all.Where(request => request.Sequence > since && request.Parent is null && !request.Target.Contains("/oauth2/", StringComparison.Ordinal))];
    }

    public async ValueTask DisposeAsync()
    {
        (_directory as IDisposable)?.Dispose();
        await Emulator.DisposeAsync();
    }
}
