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
    private readonly CancellationTokenSource _closing = new();
    private readonly ITimer _tidying;
    private (LdapFault Fault, long At)? _lastFault;
    private Task<LdapFault?>? _attempt;
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

    /// <summary>
    /// A connection with little to do, or why there is none. One attempt to connect serves everybody who waits, and goes on
    /// when they no longer do: its end is what tells the next ones whether to try another server.
    /// </summary>
    /// <param name="forPaging">One without a paged search, as long as there can be one; leased to the caller.</param>
    /// <exception cref="OperationCanceledException">Cancelled by the caller.</exception>
    public async Task<(LdapConnection? Connection, LdapFault? Fault)> GetAsync(bool forPaging, Deadline deadline, CancellationToken cancellation)
    {
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            Task<LdapFault?> attempt;
            lock (_lock)
            {
                if (Choose(forPaging, orMake: true) is { } ready)
                {
                    return (ready, null);
                }

                if (_isDisposed)
                {
                    return (null, new LdapFault(LdapFaultKind.Disposed, _server.ToString(), "The client is closed."));
                }

                if (_attempt is null && _lastFault is var (recent, at) && _clock.GetElapsedTime(at) < Rest(recent))
                {
                    return Choose(forPaging, orMake: false) is { } busy ? (busy, null) : (null, recent);
                }

                attempt = _attempt ??= Task.Run(ConnectAsync, CancellationToken.None);
                if (!forPaging && Choose(forPaging, orMake: false) is { } shared)
                {
                    // The other one is for those who come later.
                    return (shared, null);
                }
            }

            try
            {
                if (await attempt.WaitAsync(deadline.Rest, _clock, cancellation) is { } fault)
                {
                    return OrBusy(forPaging, fault);
                }
            }
            catch (TimeoutException)
            {
                return OrBusy(forPaging, new LdapFault(LdapFaultKind.TimedOut, _server.ToString(), "There was no connection within the call's limit."));
            }
        }
    }

    /// <summary>Whether another server may do better than this one that refused a bind: it is busy or stopping. A wrong password is wrong everywhere.</summary>
    public static bool IsRefusedEverywhere(LdapFault? fault) =>
        fault is { Kind: LdapFaultKind.Bind, Result.Code: not (LdapResultCode.Busy or LdapResultCode.Unavailable) };

    public async ValueTask DisposeAsync()
    {
        LdapConnection[] all;
        Task attempt;
        lock (_lock)
        {
            _isDisposed = true;
            all = [.. _connections];
            _connections.Clear();
            attempt = _attempt ?? Task.CompletedTask;
        }

        await _tidying.DisposeAsync();
        await _closing.CancelAsync();
        await Task.WhenAll(all.Select(connection => connection.DisposeAsync().AsTask()));
        await attempt;
    }

    private static TimeSpan Rest(LdapFault fault) => IsRefusedEverywhere(fault) ? RestAfterRefusedBind : RestAfterFault;

    private async Task<LdapFault?> ConnectAsync()
    {
        LdapConnection? connection = null;
        LdapFault? fault;
        try
        {
            (connection, fault) = await _connector.ConnectAsync(_server, _options.Credential, _closing.Token);
        }
        catch (Exception unexpected)
        {
            // Everybody who waits is answered, whatever it was.
            fault = new LdapFault(_closing.IsCancellationRequested ? LdapFaultKind.Disposed : LdapFaultKind.Unreachable, _server.ToString(), unexpected.Message);
        }

        lock (_lock)
        {
            _attempt = null;
            _lastFault = fault is null ? null : (fault, _clock.GetTimestamp());
            if (connection is not null && !_isDisposed)
            {
                _connections.Add(connection);
                return null;
            }
        }

        if (connection is not null)
        {
            await connection.DisposeAsync();
        }

        return fault;
    }

    private (LdapConnection? Connection, LdapFault? Fault) OrBusy(bool forPaging, LdapFault fault)
    {
        lock (_lock)
        {
            return Choose(forPaging, orMake: false) is { } busy ? (busy, null) : (null, fault);
        }
    }

    /// <summary>Within the lock. What is chosen for paging is leased there and then, so that nobody else takes it for the same.</summary>
    /// <param name="orMake">Null rather than a busy connection, while another can be made.</param>
    private LdapConnection? Choose(bool forPaging, bool orMake)
    {
        _connections.RemoveAll(connection => !connection.IsUsable);
        LdapConnection? best = null;
        foreach (var connection in _connections)
        {
            best = best is null || LoadOf(connection, forPaging) < LoadOf(best, forPaging) ? connection : best;
        }

        if (best is null || (orMake && _connections.Count < _options.MaximumConnections && LoadOf(best, forPaging) >= BusyFrom))
        {
            return null;
        }

        if (forPaging)
        {
            best.BeginPaging();
        }

        return best;
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
