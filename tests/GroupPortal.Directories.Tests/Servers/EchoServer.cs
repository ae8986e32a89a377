using System.Net;
using System.Net.Sockets;
using GroupPortal.TestDirectories.Processes;

namespace GroupPortal.Directories.Tests.Servers;

/// <summary>Sends back what it gets, and remembers it.</summary>
internal sealed class EchoServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(LoopbackAddress.Pick(), 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Task _accepting;
    private long _received;

    public EchoServer()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public IPEndPoint EndPoint => (IPEndPoint)_listener.LocalEndpoint;

    /// <summary>Bytes that reached it.</summary>
    public long Received => Interlocked.Read(ref _received);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(EchoAsync(await _listener.AcceptSocketAsync(_end.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task EchoAsync(Socket socket)
    {
        using var own = socket;
        var buffer = new byte[64 * 1024];
        try
        {
            while (await socket.ReceiveAsync(buffer, _end.Token) is > 0 and var length)
            {
                Interlocked.Add(ref _received, length);
                await socket.SendAsync(buffer.AsMemory(0, length), _end.Token);
            }
        }
        catch (Exception fault) when (fault is SocketException or OperationCanceledException)
        {
            // The test hung up, or is over.
        }
    }
}
