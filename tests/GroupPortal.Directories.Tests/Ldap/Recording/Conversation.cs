using System.Formats.Asn1;
using System.Net.Sockets;
using GroupPortal.Ldap;

namespace GroupPortal.Directories.Tests.Ldap.Recording;

/// <summary>One connection of a client, seen from the server.</summary>
/// <param name="gate">Nothing is read from the client before it opens.</param>
internal sealed class Conversation(int number, Socket socket, Func<Task> gate) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly MemoryStream _received = new();

    /// <summary>From 1 on, in the order of connecting.</summary>
    public int Number => number;

    public Stream Stream { get; set; } = new NetworkStream(socket, ownsSocket: true);

    /// <summary>How much the client has sent.</summary>
    public long Octets { get; private set; }

    /// <summary>Ends when the connection does.</summary>
    public Task Ended => _ended.Task;

    public async Task SendAsync(ReadOnlyMemory<byte> octets)
    {
        await _turn.WaitAsync();
        try
        {
            await Stream.WriteAsync(octets);
            await Stream.FlushAsync();
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Ends an operation, as the server that finds everything good.</summary>
    public Task AnswerAsync(DecodedMessage message, LdapResultCode code = LdapResultCode.Success, string text = "") =>
        ResponseEncoder.DoneTagFor(message.Operation) is { } tag ? SendAsync(ResponseEncoder.Done(message.Id, tag, code, text)) : Task.CompletedTask;

    /// <summary>What this client asks next; null when it is gone.</summary>
    public async Task<DecodedMessage?> ReceiveAsync()
    {
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var octets = _received.GetBuffer().AsMemory(0, (int)_received.Length);
            if (AsnDecoder.TryReadEncodedValue(octets.Span, AsnEncodingRules.BER, out _, out _, out _, out var length))
            {
                var message = RequestDecoder.Decode(octets[..length].ToArray());
                var rest = octets[length..].ToArray();
                _received.SetLength(0);
                await _received.WriteAsync(rest);
                return message;
            }

            await gate();
            var count = await Stream.ReadAsync(buffer);
            if (count == 0)
            {
                return null;
            }

            Octets += count;
            await _received.WriteAsync(buffer.AsMemory(0, count));
        }
    }

    public void Close() => Stream.Dispose();

    /// <summary>Whoever took it knows that the client has gone, or that it was closed here.</summary>
    public void End() => _ended.TrySetResult();

    public void Dispose()
    {
        Stream.Dispose();
        _received.Dispose();
    }
}
