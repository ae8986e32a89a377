using System.Diagnostics;
using System.Net.Sockets;
using GroupPortal.TestDirectories;

namespace GroupPortal.Directories.Tests.Servers;

/// <summary>Every fault, seen from a client.</summary>
public sealed class FaultProxyTests : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(100);

    private readonly EchoServer _server = new();
    private readonly CancellationTokenSource _limit = new(Limit);
    private readonly FaultProxy _proxy;

    public FaultProxyTests() => _proxy = FaultProxy.Start(_server.EndPoint);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _proxy.DisposeAsync();
        await _server.DisposeAsync();
        _limit.Dispose();
    }

    [Fact]
    public async Task Bytes_pass_and_are_counted()
    {
        using var client = await ConnectAsync();

        Assert.Equal(1000, await AskAsync(client, 1000));

        Assert.Equal((1, 1000, 1000), (_proxy.Connections, _proxy.BytesFromClients, _proxy.BytesFromServer));
    }

    [Fact]
    public async Task A_clients_end_reaches_the_server_and_comes_back()
    {
        using var client = await ConnectAsync();
        client.Shutdown(SocketShutdown.Send);

        Assert.Equal(0, await ReceiveAsync(client));
        await ConditionAsync(() => _proxy.OpenConnections == 0);
    }

    [Fact]
    public async Task A_delay_holds_both_directions()
    {
        _proxy.Mode = new FaultMode.Delay(Short);
        using var client = await ConnectAsync();
        var clock = Stopwatch.StartNew();

        Assert.Equal(10, await AskAsync(client, 10));

        // Timers may be a little early.
        Assert.True(clock.Elapsed >= 1.5 * Short, $"{clock.Elapsed}");
    }

    [Fact]
    public async Task An_answer_is_dropped_after_the_server_has_acted()
    {
        using var client = await ConnectAsync();
        await AskAsync(client, 5);
        _proxy.Mode = new FaultMode.DropAnswerThenClose();

        await SendAsync(client, 10);

        Assert.Equal(0, await ReceiveAsync(client));
        Assert.Equal(15, _server.Received);
    }

    [Fact]
    public async Task A_fault_of_once_leaves_a_working_network()
    {
        _proxy.Mode = new FaultMode.DropAnswerThenClose().Once();
        using var first = await ConnectAsync();
        await SendAsync(first, 10);
        Assert.Equal(0, await ReceiveAsync(first));

        using var second = await ConnectAsync();

        Assert.Equal(10, await AskAsync(second, 10));
        Assert.IsType<FaultMode.Pass>(_proxy.Mode);
    }

    [Fact]
    public async Task A_black_hole_takes_connections_and_answers_nothing_until_it_is_repaired()
    {
        using var standing = await ConnectAsync();
        await AskAsync(standing, 10);
        _proxy.Mode = new FaultMode.BlackHole();
        using var fresh = await ConnectAsync();
        await SendAsync(standing, 10);
        await SendAsync(fresh, 10);
        var answers = Task.WhenAny(ReceiveAsync(standing), ReceiveAsync(fresh));

        await Assert.ThrowsAsync<TimeoutException>(() => answers.WaitAsync(Short));
        Assert.Equal(10, _server.Received);
        _proxy.Mode = new FaultMode.Pass();

        Assert.Equal(10, await await answers);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    public async Task A_connection_is_reset_after_so_many_bytes(int bytes)
    {
        _proxy.Mode = new FaultMode.ResetAfter(bytes);
        using var client = await ConnectAsync();
        await SendAsync(client, 1000);

        var received = 0;
        var fault = await Assert.ThrowsAsync<SocketException>(async () =>
        {
            while (true)
            {
                received += await ReceiveAsync(client);
            }
        });

        Assert.Equal(SocketError.ConnectionReset, fault.SocketErrorCode);
        // A reset may overtake bytes that were not read yet.
        Assert.InRange(received, 0, bytes);
    }

    [Fact]
    public async Task Answers_drip()
    {
        _proxy.Mode = new FaultMode.SlowDrip(10, TimeSpan.FromMilliseconds(20));
        using var client = await ConnectAsync();
        var clock = Stopwatch.StartNew();

        Assert.Equal(60, await AskAsync(client, 60));

        // Five pauses before the last piece.
        Assert.True(clock.Elapsed >= TimeSpan.FromMilliseconds(80), $"{clock.Elapsed}");
    }

    [Fact]
    public async Task A_half_closed_connection_still_carries_requests()
    {
        using var client = await ConnectAsync();
        await AskAsync(client, 10);

        _proxy.Mode = new FaultMode.HalfClose();

        Assert.Equal(0, await ReceiveAsync(client));
        await SendAsync(client, 10);
        await ConditionAsync(() => _server.Received == 20);
    }

    [Fact]
    public async Task Connections_are_refused_and_taken_again_on_the_same_port()
    {
        using var standing = await ConnectAsync();
        await AskAsync(standing, 10);
        var address = _proxy.EndPoint;
        _proxy.Mode = new FaultMode.Refuse();

        var fault = await Assert.ThrowsAsync<SocketException>(ConnectAsync);
        Assert.Equal(SocketError.ConnectionRefused, fault.SocketErrorCode);
        Assert.Equal(10, await AskAsync(standing, 10));
        _proxy.Mode = new FaultMode.Pass();

        using var fresh = await ConnectAsync();
        Assert.Equal(10, await AskAsync(fresh, 10));
        Assert.Equal(address, _proxy.EndPoint);
    }

    [Fact]
    public async Task A_large_request_meets_a_fault_that_small_ones_do_not_and_then_the_next_fault()
    {
        _proxy.Mode = new FaultMode.AwaitRequest(1000).Then(new FaultMode.DropAnswerThenClose().Then(new FaultMode.Refuse()));
        using var client = await ConnectAsync();
        Assert.Equal(600, await AskAsync(client, 600));
        Assert.Equal(600, await AskAsync(client, 600));

        Assert.Equal(0, await AskAsync(client, 1000));

        Assert.Equal(2200, _proxy.BytesFromServer);
        await Assert.ThrowsAsync<SocketException>(ConnectAsync);
    }

    [Fact]
    public async Task All_connections_are_reset_at_once()
    {
        using var client = await ConnectAsync();
        await AskAsync(client, 10);

        _proxy.ResetConnections();

        var fault = await Assert.ThrowsAsync<SocketException>(() => ReceiveAsync(client));
        Assert.Equal(SocketError.ConnectionReset, fault.SocketErrorCode);
    }

    private async Task<Socket> ConnectAsync()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(_proxy.EndPoint, _limit.Token);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>How many bytes came back.</summary>
    private async Task<int> AskAsync(Socket client, int bytes)
    {
        await SendAsync(client, bytes);
        var received = 0;
        while (received < bytes && await ReceiveAsync(client) is > 0 and var length)
        {
            received += length;
        }

        return received;
    }

    private async Task SendAsync(Socket client, int bytes) => await client.SendAsync(new byte[bytes], _limit.Token);

    private async Task<int> ReceiveAsync(Socket client) => await client.ReceiveAsync(new byte[64 * 1024], _limit.Token);

    private async Task ConditionAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), _limit.Token);
        }
    }
}
