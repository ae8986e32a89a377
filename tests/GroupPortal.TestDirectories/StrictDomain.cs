using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using GroupPortal.TestDirectories.Limits;

namespace GroupPortal.TestDirectories;

/// <summary>
/// Active Directory's limits in front of a Samba controller, which has none of them (pages of 1,000, ranges of 1,500, limits of
/// size and time), and a domain that is busy on demand. LDAPS on the controller's own address, so its authority is good here too.
/// </summary>
public sealed class StrictDomain : IAsyncDisposable
{
    private readonly SambaDomainController _controller;
    private readonly IPEndPoint _server;
    private readonly X509Certificate2 _certificate;
    private readonly Socket _listener;
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentDictionary<StrictConnection, Task> _open = new();
    private readonly ConcurrentQueue<string> _violations = new();
    private readonly Lock _gate = new();
    private readonly Task _accepting;
    private StrictDomainCounts _counts = new();

    private StrictDomain(SambaDomainController controller, StrictDomainLimits limits, IPEndPoint server)
    {
        _server = server;
        _controller = controller;
        _certificate = controller.Certificate;
        Limits = limits;
        _listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _listener.Bind(new IPEndPoint(controller.Address, 0));
        _listener.Listen();
        EndPoint = (IPEndPoint)_listener.LocalEndPoint!;
        _accepting = AcceptAsync();
    }

    /// <summary>Where clients connect, with TLS from the first octet.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>The authority to trust, as PEM: the controller's own.</summary>
    public string CaFile => _controller.CaFile;

    public StrictDomainLimits Limits { get; }

    public StrictDomainCounts Counts
    {
        get
        {
            lock (_gate)
            {
                return _counts;
            }
        }
    }

    /// <summary>What no client may ever send, refused with 11: a test that expects none asserts that it is empty.</summary>
    public IReadOnlyList<string> Violations => [.. _violations];

    internal Refusals Refusals { get; } = new();

    /// <summary>The controller stays its owner's.</summary>
    /// <param name="by">Another way to the controller, such as a <see cref="FaultProxy"/>.</param>
    public static StrictDomain Start(SambaDomainController controller, StrictDomainLimits? limits = null, IPEndPoint? by = null)
    {
        ArgumentNullException.ThrowIfNull(controller);
        return new StrictDomain(controller, limits ?? new StrictDomainLimits(), by ?? controller.LdapsEndPoint);
    }

    /// <summary>The next so many of these requests are answered 51 and do not reach the controller.</summary>
    public void Busy(int count = 1, RequestKinds kinds = RequestKinds.Writes) => Refusals.Add(Refusals.Busy, count, kinds);

    /// <summary>The next so many of these requests are answered 52 and do not reach the controller.</summary>
    public void Unavailable(int count = 1, RequestKinds kinds = RequestKinds.Writes) => Refusals.Add(Refusals.Unavailable, count, kinds);

    /// <summary>One in so many of these requests is answered 51, until <see cref="Recover"/>.</summary>
    public void BusyEvery(int every, RequestKinds kinds = RequestKinds.Any) => Refusals.AddEvery(Refusals.Busy, every, kinds);

    /// <summary>Nothing is refused any more.</summary>
    public void Recover() => Refusals.Clear();

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        await _accepting;
        await Task.WhenAll(_open.Values);
        _certificate.Dispose();
        _end.Dispose();
    }

    internal void Count(Func<StrictDomainCounts, StrictDomainCounts> change)
    {
        lock (_gate)
        {
            _counts = change(_counts);
        }
    }

    internal void CountReceived(LdapOperation operation, int bytes) =>
        Count(counts => counts.WithReceived(operation) with { LargestRequestBytes = Math.Max(counts.LargestRequestBytes, bytes) });

    internal void CountPassed(LdapOperation operation) => Count(counts => counts.WithPassed(operation));

    internal string Violated(FormattableString what)
    {
        var text = FormattableString.Invariant(what);
        _violations.Enqueue(text);
        return text;
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            Socket client;
            try
            {
                client = await _listener.AcceptAsync(_end.Token);
            }
            catch (Exception fault) when (fault is SocketException or ObjectDisposedException or OperationCanceledException)
            {
                return;
            }

            client.NoDelay = true;
            Count(counts => counts with { Connections = counts.Connections + 1 });
            var connection = new StrictConnection(this, client, _server, _controller.CaFile, _certificate);
            // Not started before it can be found: it takes itself out when it ends.
            var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _open[connection] = RunAsync(connection, start.Task);
            start.SetResult();
        }
    }

    private async Task RunAsync(StrictConnection connection, Task start)
    {
        await start;
        await connection.RunAsync(_end.Token);
        _open.TryRemove(connection, out _);
    }
}
