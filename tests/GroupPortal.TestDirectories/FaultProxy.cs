using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using GroupPortal.TestDirectories.Faults;

namespace GroupPortal.TestDirectories;

/// <summary>
/// A network that breaks on demand: relays TCP from a port of its own to a server. It does not look into what passes, so
/// TLS goes through it, and it listens on the server's own address, so that the server's certificate is good there too.
/// </summary>
public sealed class FaultProxy : IAsyncDisposable
{
    private readonly IPEndPoint _server;
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentDictionary<FaultConnection, Task> _open = new();
    private readonly Lock _gate = new();
    private FaultMode _mode = new FaultMode.Pass();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Socket? _listener;
    private long _connections;
    private long _fromClients;
    private long _fromServer;

    private FaultProxy(IPEndPoint server)
    {
        _server = server;
        EndPoint = new IPEndPoint(server.Address, 0);
        Listen();
    }

    /// <summary>Where clients connect; the same for the proxy's whole life.</summary>
    public IPEndPoint EndPoint { get; private set; }

    /// <summary>Can be changed at any time, also for connections that stand.</summary>
    public FaultMode Mode
    {
        get
        {
            lock (_gate)
            {
                return _mode;
            }
        }

        set
        {
            ArgumentNullException.ThrowIfNull(value);
            Change(value, expected: null);
        }
    }

    /// <summary>How many connections were taken in all.</summary>
    public long Connections => Interlocked.Read(ref _connections);

    public int OpenConnections => _open.Count;

    /// <summary>Bytes that clients sent, read by the proxy, passed on or not.</summary>
    public long BytesFromClients => Interlocked.Read(ref _fromClients);

    /// <summary>Bytes that the server answered, read by the proxy, passed on or not.</summary>
    public long BytesFromServer => Interlocked.Read(ref _fromServer);

    internal IPEndPoint Server => _server;

    /// <param name="server">On a loopback address.</param>
    public static FaultProxy Start(IPEndPoint server)
    {
        ArgumentNullException.ThrowIfNull(server);
        return new FaultProxy(server);
    }

    /// <summary>Resets every connection that stands (RST), as a firewall does that has forgotten them.</summary>
    public void ResetConnections()
    {
        foreach (var connection in _open.Keys)
        {
            connection.Reset();
        }
    }

    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            StopListening();
        }

        await _end.CancelAsync();
        await Task.WhenAll(_open.Values);
        _end.Dispose();
    }

    internal void CountFromClient(int bytes) => Interlocked.Add(ref _fromClients, bytes);

    internal void CountFromServer(int bytes) => Interlocked.Add(ref _fromServer, bytes);

    /// <summary>The fault of this mode has happened.</summary>
    internal void Happened(FaultMode mode)
    {
        if (mode.After is { } after)
        {
            Change(after, expected: mode);
        }
    }

    /// <summary>Waits until something may pass, and answers the mode in which it does.</summary>
    internal async Task<FaultMode> PassableAsync(CancellationToken cancellation)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (_mode is not FaultMode.BlackHole)
                {
                    return _mode;
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellation);
        }
    }

    private void Change(FaultMode mode, FaultMode? expected)
    {
        lock (_gate)
        {
            if (expected is not null && !ReferenceEquals(_mode, expected))
            {
                return;
            }

            _mode = mode;
            _changed.TrySetResult();
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (mode is FaultMode.Refuse)
            {
                StopListening();
            }
            else if (_listener is null && !_end.IsCancellationRequested)
            {
                Listen();
            }
        }

        if (mode is FaultMode.HalfClose)
        {
            foreach (var connection in _open.Keys)
            {
                connection.EndAnswers();
            }
        }
    }

    private void Listen()
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        // The port stays ours after it was closed: connections of the time before may linger.
        listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, optionValue: true);
        listener.Bind(EndPoint);
        listener.Listen();
        EndPoint = (IPEndPoint)listener.LocalEndPoint!;
        _listener = listener;
        _ = AcceptAsync(listener);
    }

    /// <summary>At once: a disposed socket goes on listening for as long as its pending accept takes to end.</summary>
    private void StopListening()
    {
        try
        {
            _listener?.Shutdown(SocketShutdown.Both);
        }
        catch (SocketException)
        {
            // It has no peer to tell; it has stopped listening all the same.
        }

        _listener?.Dispose();
        _listener = null;
    }

    private async Task AcceptAsync(Socket listener)
    {
        while (true)
        {
            Socket client;
            try
            {
                client = await listener.AcceptAsync(_end.Token);
            }
            catch (Exception fault) when (fault is SocketException or ObjectDisposedException or OperationCanceledException)
            {
                // Closed, to refuse or for good.
                return;
            }

            Interlocked.Increment(ref _connections);
            var connection = new FaultConnection(this, client);
            // Not started before it can be found: it takes itself out when it ends.
            var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _open[connection] = RunAsync(connection, start.Task);
            start.SetResult();
        }
    }

    private async Task RunAsync(FaultConnection connection, Task start)
    {
        await start;
        await connection.RunAsync(_end.Token);
        _open.TryRemove(connection, out _);
    }
}
