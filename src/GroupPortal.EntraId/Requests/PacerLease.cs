namespace GroupPortal.EntraId.Requests;

/// <summary>
/// A share in the one pacer of an app in a tenant. Graph counts by these two, and not by connection: a check of a connection or a second
/// store of the same tenant takes out of the same bucket. Whoever gives up the last share ends it.
/// </summary>
internal sealed class PacerLease : IDisposable
{
    private static readonly Lock Gate = new();

    // For the life of the process, because Graph's count is: a pacer stands in it only as long as somebody has a share.
    private static readonly Dictionary<Key, (RequestPacer Pacer, int Shares)> Pacers = [];
    private readonly Key _key;
    private bool _isOver;

    private PacerLease(Key key, RequestPacer pacer)
    {
        _key = key;
        Pacer = pacer;
    }

    public RequestPacer Pacer { get; }

    public static PacerLease Of(GraphConnection connection, TimeProvider clock)
    {
        var identity = connection.Identity;
        var key = new Key(connection.Root, identity.Tenant, identity.Client.ToUpperInvariant(), connection.Quotas, clock, connection.Network);
        lock (Gate)
        {
            var (pacer, shares) = Pacers.TryGetValue(key, out var known) ? known : (new RequestPacer(connection.Quotas, clock), 0);
            Pacers[key] = (pacer, shares + 1);
            return new PacerLease(key, pacer);
        }
    }

    public void Dispose()
    {
        lock (Gate)
        {
            if (_isOver)
            {
                return;
            }

            _isOver = true;
            var shares = Pacers[_key].Shares - 1;
            if (shares > 0)
            {
                Pacers[_key] = (Pacer, shares);
                return;
            }

            Pacers.Remove(_key);
        }

        Pacer.Dispose();
    }

    /// <param name="Network">Of tests: each has a Graph of its own.</param>
    private sealed record Key(Uri Root, Guid Tenant, string Client, GraphQuotas Quotas, TimeProvider Clock, Func<HttpMessageHandler>? Network);
}
