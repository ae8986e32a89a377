using System.Net.Sockets;

namespace GroupPortal.TestDirectories.Faults;

/// <summary>One client's way through the proxy to the server.</summary>
internal sealed class FaultConnection(FaultProxy proxy, Socket client)
{
    private const int BufferSize = 32 * 1024;

    private readonly Socket _server = new(SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource _end = new();
    private bool _answersEnded;
    private long _sinceAnswer;

    public async Task RunAsync(CancellationToken cancellation)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(_end.Token, cancellation);
        try
        {
            await proxy.PassableAsync(end.Token);
            await _server.ConnectAsync(proxy.Server, end.Token);
            client.NoDelay = true;
            _server.NoDelay = true;
            await Task.WhenAll(RequestsAsync(end.Token), AnswersAsync(end.Token));
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // A side hung up, or the fault was to hang up.
        }
        finally
        {
            // Not before nothing is under way: .NET would reset the connection, where a FIN is wanted.
            client.Dispose();
            _server.Dispose();
        }
    }

    /// <summary>RST instead of FIN: that is what closing without lingering does.</summary>
    public void Reset()
    {
        try
        {
            client.LingerState = new LingerOption(enable: true, seconds: 0);
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
        {
            // It was gone before.
        }

        _end.Cancel();
    }

    /// <summary>FIN to the client.</summary>
    public void EndAnswers()
    {
        if (_answersEnded)
        {
            return;
        }

        _answersEnded = true;
        try
        {
            client.Shutdown(SocketShutdown.Send);
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
        {
            // It was gone before.
        }
    }

    private async Task RequestsAsync(CancellationToken cancellation)
    {
        var buffer = new byte[BufferSize];
        while (await ReceiveAsync(client, buffer, cancellation) is > 0 and var length)
        {
            proxy.CountFromClient(length);
            if (Interlocked.Add(ref _sinceAnswer, length) is var sent && proxy.Mode is FaultMode.AwaitRequest awaited && sent >= awaited.Bytes)
            {
                proxy.Happened(awaited);
            }

            if (await proxy.PassableAsync(cancellation) is FaultMode.Delay delay)
            {
                await Task.Delay(delay.Time, cancellation);
            }

            await SendAsync(_server, buffer.AsMemory(0, length), cancellation);
        }

        await proxy.PassableAsync(cancellation);
        _server.Shutdown(SocketShutdown.Send);
    }

    private async Task AnswersAsync(CancellationToken cancellation)
    {
        var buffer = new byte[BufferSize];
        FaultMode? before = null;
        var passed = 0L;
        while (await ReceiveAsync(_server, buffer, cancellation) is > 0 and var length)
        {
            proxy.CountFromServer(length);
            Interlocked.Exchange(ref _sinceAnswer, 0);
            var mode = await proxy.PassableAsync(cancellation);
            if (!ReferenceEquals(mode, before))
            {
                before = mode;
                passed = 0;
            }

            if (!await AnswerAsync(mode, buffer.AsMemory(0, length), passed, cancellation))
            {
                return;
            }

            passed += length;
        }

        await proxy.PassableAsync(cancellation);
        EndAnswers();
    }

    /// <summary>False when the connection is over.</summary>
    private async Task<bool> AnswerAsync(FaultMode mode, ReadOnlyMemory<byte> answer, long passed, CancellationToken cancellation)
    {
        switch (mode)
        {
            case FaultMode.Delay delay:
                await Task.Delay(delay.Time, cancellation);
                break;
            case FaultMode.DropAnswerThenClose:
                // Before the client can notice and come back.
                proxy.Happened(mode);
                EndAnswers();
                await _end.CancelAsync();
                return false;
            case FaultMode.ResetAfter reset when passed + answer.Length >= reset.Bytes:
                await SendAsync(client, answer[..(int)(reset.Bytes - passed)], cancellation);
                proxy.Happened(mode);
                Reset();
                return false;
            case FaultMode.SlowDrip drip:
                await DripAsync(drip, answer, cancellation);
                return true;
            case FaultMode.HalfClose:
                EndAnswers();
                return true;
        }

        if (!_answersEnded)
        {
            await SendAsync(client, answer, cancellation);
        }

        return true;
    }

    private async Task DripAsync(FaultMode.SlowDrip drip, ReadOnlyMemory<byte> answer, CancellationToken cancellation)
    {
        while (!answer.IsEmpty)
        {
            var piece = Math.Min(drip.Bytes, answer.Length);
            await SendAsync(client, answer[..piece], cancellation);
            answer = answer[piece..];
            await Task.Delay(drip.Pause, cancellation);
            if (!ReferenceEquals(proxy.Mode, drip))
            {
                // Somebody has repaired it meanwhile.
                await SendAsync(client, answer, cancellation);
                return;
            }
        }
    }

    private async Task<int> ReceiveAsync(Socket socket, byte[] buffer, CancellationToken cancellation)
    {
        try
        {
            await proxy.PassableAsync(cancellation);
            return await socket.ReceiveAsync(buffer, cancellation);
        }
        catch (SocketException)
        {
            // That side was reset: so is the other.
            Reset();
            return 0;
        }
    }

    private static async Task SendAsync(Socket socket, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[await socket.SendAsync(bytes, cancellation)..];
        }
    }
}
