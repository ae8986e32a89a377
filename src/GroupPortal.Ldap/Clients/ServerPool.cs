using GroupPortal.Ldap.Connections;

namespace GroupPortal.Ldap.Clients;

/// <summary>
/// The connections to one server. Requests share them; another is made when all are busy. A server that could not be
/// reached is left alone for a moment, so that nobody waits for the same time limit one after the other.
/// </summary>
internal sealed class ServerPool : IAsyncDisposable
{
    /// <summary>From so many requests in flight on a connection on, another one is worth its handshake.</summary>
    private const int BusyFrom = 16;

    private static readonly TimeSpan RestAfterFault = TimeSpan.FromSeconds(1);

    /// <summary>Longer, because each try of a wrong password counts towards locking the service account.</summary>
    private static readonly TimeSpan RestAfterRefusedBind = TimeSpan.FromSeconds(60);

    private readonly LdapServer _server;
    private readonly LdapOptions _options;
    private readonly TimeProvider _clock;
    private readonly Connector _connector;
    private readonly Lock _lock = new();
    private readonly List<LdapConnection> _connections = [];
    private readonly SemaphoreSlim _connecting = new(1);
    private readonly ITimer _tidying;
    private (LdapFault Fault, long At)? _lastFault;
    private bool _isDisposed;

    public ServerPool(LdapServer server, LdapOptions options, TimeProvider clock)
    {
        _server = server;
        _options = options;
        _clock = clock;
        _connector = new Connector(options, clock);
        _tidying = clock.CreateTimer(_ => Tidy(), null, options.IdleLimit / 2, options.IdleLimit / 2);
    }

    public LdapServer Server => _server;

    /// <summary>A connection with little to do, or why there is none.</summary>
    /// <param name="forPaging">One without a paged search, as long as there can be one.</param>
    public async Task<(LdapConnection? Connection, LdapFault? Fault)> GetAsync(bool forPaging, CancellationToken cancellation)
    {
        if (Choose(forPaging, orMake: true) is { } ready)
        {
            return (ready, null);
        }

        await _connecting.WaitAsync(cancellation);
        try
        {
            // Another caller may have made one while this one waited.
            if (Choose(forPaging, orMake: true) is { } made)
            {
                return (made, null);
            }

            if (_isDisposed)
            {
                return (null, new LdapFault(LdapFaultKind.Disposed, _server.ToString(), "The client is closed."));
            }

            if (_lastFault is var (recent, at) && _clock.GetElapsedTime(at) < Rest(recent))
            {
                return Choose(forPaging, orMake: false) is { } busy ? (busy, null) : (null, recent);
            }

            var (connection, fault) = await _connector.ConnectAsync(_server, _options.Credential, cancellation);
            if (connection is null)
            {
                _lastFault = (fault!, _clock.GetTimestamp());
                return Choose(forPaging, orMake: false) is { } busy ? (busy, null) : (null, fault);
            }

            _lastFault = null;
            lock (_lock)
            {
                _connections.Add(connection);
            }

            return (connection, null);
        }
        finally
        {
            _connecting.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _tidying.DisposeAsync();
        await _connecting.WaitAsync();
        try
        {
            _isDisposed = true;
            LdapConnection[] all;
            lock (_lock)
            {
                all = [.. _connections];
                _connections.Clear();
            }

            await Task.WhenAll(all.Select(connection => connection.DisposeAsync().AsTask()));
        }
        finally
        {
            _connecting.Release();
        }
    }

    /// <summary>A server that is busy or stopping has looked at no password.</summary>
    private static TimeSpan Rest(LdapFault fault) =>
        fault is { Kind: LdapFaultKind.Bind, Result.Code: not (LdapResultCode.Busy or LdapResultCode.Unavailable) } ? RestAfterRefusedBind : RestAfterFault;

    /// <param name="orMake">Null rather than a busy connection, while another can be made.</param>
    private LdapConnection? Choose(bool forPaging, bool orMake)
    {
        lock (_lock)
        {
            _connections.RemoveAll(connection => !connection.IsUsable);
            LdapConnection? best = null;
            foreach (var connection in _connections)
            {
                best = best is null || LoadOf(connection, forPaging) < LoadOf(best, forPaging) ? connection : best;
            }

            return best is not null && (!orMake || _connections.Count >= _options.MaximumConnections || LoadOf(best, forPaging) < BusyFrom) ? best : null;
        }
    }

    private static int LoadOf(LdapConnection connection, bool forPaging) => connection.InFlight + (forPaging ? connection.Paging * BusyFrom : 0);

    private void Tidy()
    {
        List<LdapConnection> idle;
        lock (_lock)
        {
            idle = _connections.FindAll(connection => connection.Idle > _options.IdleLimit);
            _connections.RemoveAll(idle.Contains);
        }

        foreach (var connection in idle)
        {
            _ = connection.DisposeAsync().AsTask();
        }
    }
}
