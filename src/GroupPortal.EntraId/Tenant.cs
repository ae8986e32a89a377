using GroupPortal.Core.Directories;
using GroupPortal.EntraId.Errors;
using GroupPortal.EntraId.Requests;
using Microsoft.Graph;
using Microsoft.Kiota.Abstractions;

namespace GroupPortal.EntraId;

/// <summary>One tenant and the way to it: what every reader and writer of this adapter works with.</summary>
internal sealed class Tenant(IdentityStore store, GraphServiceClient client, TimeProvider clock) : IDisposable
{
    private GraphPipeline? _pipeline;

    public IdentityStore Store { get; } = store;

    public GraphServiceClient Client { get; } = client;

    public TimeProvider Clock { get; } = clock;

    public GraphUrls Urls { get; } = new(new Uri(new Uri(client.RequestAdapter.BaseUrl!), "/"));

    /// <summary>Waits for Graph to come along; shorter where its time runs faster, as in measurements.</summary>
    public Task WaitAsync(TimeSpan time, CancellationToken cancellation) => Task.Delay(time / (_pipeline?.Speed ?? 1), Clock, cancellation);

    public static Tenant Open(GraphConnection connection, TimeProvider clock)
    {
        var pipeline = new GraphPipeline(connection, clock);
        return new Tenant(connection.Store, pipeline.Client, clock) { _pipeline = pipeline };
    }

    public void Dispose() => _pipeline?.Dispose();

    /// <summary>The store is flat and names repeat, so a DN is made of the id.</summary>
    public DistinguishedName DnOf(Guid id) => DistinguishedName.Parse(Store.BaseDn).Child("CN", id.ToString("D"));

    /// <summary>Asks, and decodes whatever goes wrong. Only for requests that change nothing.</summary>
    public async Task<DirectoryAnswer<T>> AskAsync<T>(Func<GraphServiceClient, CancellationToken, Task<T>> ask, CancellationToken cancellation)
    {
        try
        {
            return new DirectoryAnswer<T>.Ok(await ask(Client, cancellation));
        }
        catch (ApiException fault)
        {
            return new DirectoryAnswer<T>.Failed(GraphErrors.Of(GraphFailure.Of(fault, Clock)));
        }
        catch (Exception fault) when (GraphErrors.IsUnreachable(fault, cancellation))
        {
            return new DirectoryAnswer<T>.Failed(GraphErrors.Unreachable(fault));
        }
    }
}
