using GroupPortal.Core.Directories;
using GroupPortal.EntraId;
using GroupPortal.EntraId.Requests;
using GroupPortal.GraphEmulation;
using GroupPortal.GraphEmulation.Record;

namespace GroupPortal.Benchmarks.Graph;

/// <summary>
/// A tenant that throttles as Graph does, with its periods so many times shorter, and a portal in front of it that knows of that. Both begin
/// with a full bucket of 3,000 writes.
/// </summary>
internal sealed class EmulatedTenant : IAsyncDisposable
{
    /// <summary>150 seconds are 60: 50 writes a second in place of 20. Faster, and what is measured would be this machine.</summary>
    public const double Speed = 2.5;

    public const double WritesPerSecond = WritesPerBucket / 150.0 * Speed;

    private const int WritesPerBucket = 3000;

    private const int WritesAtOnce = 100;

    private EmulatedTenant(GraphEmulator graph, DirectoryPortal portal) => (Graph, Portal) = (graph, portal);

    public GraphEmulator Graph { get; }

    public DirectoryPortal Portal { get; }

    public static async Task<EmulatedTenant> StartAsync(int writesOfTwentyMembers = 1)
    {
        var graph = await GraphEmulator.StartAsync(new EmulatorOptions
        {
            People = 0, Throttles = true, ThrottleSpeed = Speed, WritesOfTwentyMembers = writesOfTwentyMembers,
        });
        graph.Directory.AddUser("Ada Winter", ("userPrincipalName", $"ada@{graph.Domain}"));
        var connection = new GraphConnection(
            new IdentityStore(3, graph.Domain, StoreKind.EntraId, StoreConnection.Graph, $"DC={string.Join(",DC=", graph.Domain.Split('.'))}", string.Empty),
            new AppIdentity(GraphCredential.Secret, Guid.Parse(graph.TenantId), "22222222-2222-4222-8222-222222222222", GraphCloud.Global)
            {
                Secret = new EmulatorOptions().ClientSecret, Loopback = graph.Endpoint,
            },
            graph.Endpoint,
            TimeSpan.FromSeconds(60))
        {
            Quotas = new GraphQuotas { ResourceUnits = GraphQuotas.MostResourceUnits, Speed = Speed },
        };
        return new EmulatedTenant(graph, await DirectoryPortal.StartAsync(connection.Open(TimeProvider.System)));
    }

    /// <summary>Uses up whatever is in the bucket, so that from here on writes come as fast as it fills.</summary>
    public async Task DrainAsync()
    {
        var group = Graph.Directory.AddGroup($"Drain {Guid.NewGuid():N}");
        TimeSpan taken;
        do
        {
            var begun = System.Diagnostics.Stopwatch.GetTimestamp();
            await Parallel.ForEachAsync(Enumerable.Range(0, WritesAtOnce), async (number, cancellation) =>
            {
                var write = new DirectoryWrite.ModifyGroup(0, [new AttributeWrite(0, "description", [$"{begun} {number}"], Expected: null)]);
                await Portal.Directory.WriteAsync(write, new WriteTarget(group, ExpectedVersion: null), cancellation);
            });
            taken = System.Diagnostics.Stopwatch.GetElapsedTime(begun);
        }
        while (taken.TotalSeconds < 0.9 * WritesAtOnce / WritesPerSecond);
    }

    /// <summary>Writes that arrived after a place in the record, refused ones among them.</summary>
    public IReadOnlyList<RecordedRequest> WritesSince(long sequence) =>
    [
        .. Graph.Requests.Where(request => request.Sequence > sequence && request.Method is "POST" or "PATCH" or "PUT" or "DELETE"
            && !request.Target.Contains("/oauth2/", StringComparison.Ordinal)
            && !request.Target.Contains("$batch", StringComparison.Ordinal)
            && !request.Target.Contains("getByIds", StringComparison.Ordinal)
            && !request.Target.Contains("validateProperties", StringComparison.Ordinal)),
    ];

    public long Now => Graph.Requests is [.., var last] ? last.Sequence : 0;

    public async ValueTask DisposeAsync()
    {
        await Portal.DisposeAsync();
        await Graph.DisposeAsync();
    }
}
