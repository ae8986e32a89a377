using System.Collections.Concurrent;
using System.Text.Json;
using GroupPortal.Core.Directories;
using GroupPortal.EntraId.Errors;
using GroupPortal.EntraId.Requests;
using Microsoft.Graph;
using Microsoft.Kiota.Abstractions;

namespace GroupPortal.EntraId.Writing;

/// <summary>
/// Sends what changes something, and waits where a group is so young that not every server of Graph knows it yet. Which groups are young is
/// known of those that this process made.
/// </summary>
internal sealed class GraphWrites(Tenant tenant)
{
    /// <summary>Far longer than a new group takes to be known everywhere.</summary>
    private static readonly TimeSpan Youth = TimeSpan.FromMinutes(5);

    /// <summary>Some seconds, as Graph's documentation says, and then some.</summary>
    private static readonly TimeSpan[] WaitsForYoung = [.. new[] { 0.5, 1, 2, 4, 8, 8 }.Select(TimeSpan.FromSeconds)];

    private readonly ConcurrentDictionary<Guid, DateTimeOffset> _young = new();

    public Tenant Tenant => tenant;

    public SentReferences Sent { get; } = new(tenant.Clock);

    public void Made(Guid group)
    {
        var now = tenant.Clock.GetUtcNow();
        foreach (var (old, made) in _young)
        {
            if (now - made > Youth)
            {
                _young.TryRemove(old, out _);
            }
        }

        _young[group] = now;
    }

    public bool IsYoung(Guid group) => _young.TryGetValue(group, out var made) && tenant.Clock.GetUtcNow() - made <= Youth;

    public async Task<GraphReply<T>> SendAsync<T>(Func<GraphServiceClient, CancellationToken, Task<T?>> send, CancellationToken cancellation)
    {
        var trace = WriteTrace.Begin();
        try
        {
            return new GraphReply<T>(await send(tenant.Client, cancellation), null, null, null);
        }
        catch (ApiException fault)
        {
            return new GraphReply<T>(default, GraphFailure.Of(fault, tenant.Clock), null, null);
        }
        catch (Exception fault) when (fault is RequestNotSentException or OperationCanceledException or ObjectDisposedException && !trace.HasLeft)
        {
            // Given up or closed in the queue, that is; later it is not answered.
            return new GraphReply<T>(default, null, GraphErrors.Unreachable(fault), null);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or JsonException or FormatException or OperationCanceledException or ObjectDisposedException)
        {
            return new GraphReply<T>(default, null, null, GraphErrors.Unreachable(fault));
        }
    }

    /// <summary>To a group that is there, as far as anybody knows: a young one that is not found is asked again, for half a minute at most.</summary>
    public async Task<GraphReply<T>> SendAsync<T>(Guid group, Func<GraphServiceClient, CancellationToken, Task<T?>> send, CancellationToken cancellation)
    {
        for (var waited = 0; ; waited++)
        {
            var reply = await SendAsync(send, cancellation);
            if (reply.Failure is not { } failure || waited == WaitsForYoung.Length || !IsLag(group, failure))
            {
                return reply;
            }

            try
            {
                await tenant.WaitAsync(WaitsForYoung[waited], cancellation);
            }
            catch (OperationCanceledException)
            {
                return reply;
            }
        }
    }

    /// <summary>Whether "does not exist" may mean that the group is not known everywhere yet. A member that is named is not the group.</summary>
    private bool IsLag(Guid group, GraphFailure failure) =>
        GraphErrors.IsNotFoundYet(failure) && IsYoung(group) && (failure.NamedId is null || failure.NamedId == group);
}
