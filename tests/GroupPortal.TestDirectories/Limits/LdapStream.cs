using System.Formats.Asn1;
using System.Net.Security;

namespace GroupPortal.TestDirectories.Limits;

/// <summary>Whole messages out of a connection and into it, which any number may write at a time.</summary>
internal sealed class LdapStream(SslStream stream, int maximumBytes) : IAsyncDisposable
{
    private readonly BufferedStream _input = new(stream, 32 * 1024);
    private readonly SemaphoreSlim _writing = new(1);

    /// <summary>The next message with its length in octets; null when there is none any more.</summary>
    /// <exception cref="InvalidDataException">It is longer than is taken, or no message.</exception>
    public async Task<(LdapMessage Message, int Length)?> ReadAsync(CancellationToken cancellation)
    {
        var header = new byte[6];
        if (await _input.ReadAtLeastAsync(header.AsMemory(0, 2), 2, throwOnEndOfStream: false, cancellation) < 2)
        {
            return null;
        }

        var more = header[1] < 0x80 ? 0 : header[1] & 0x7f;
        if (header[0] != 0x30 || header[1] == 0x80 || more > 4)
        {
            throw new InvalidDataException("No LDAP message begins so.");
        }

        await _input.ReadExactlyAsync(header.AsMemory(2, more), cancellation);
        var content = more == 0 ? header[1] : header.AsSpan(2, more).ToArray().Aggregate(0L, (length, octet) => (length << 8) | octet);
        if (content + 2 + more > maximumBytes)
        {
            throw new InvalidDataException("The message is longer than is taken.");
        }

        var octets = new byte[2 + more + content];
        header.AsSpan(0, 2 + more).CopyTo(octets);
        await _input.ReadExactlyAsync(octets.AsMemory(2 + more), cancellation);
        try
        {
            return (LdapMessage.Decode(octets), octets.Length);
        }
        catch (AsnContentException fault)
        {
            throw new InvalidDataException(fault.Message, fault);
        }
    }

    public async Task WriteAsync(LdapMessage message, CancellationToken cancellation)
    {
        var octets = message.Encode();
        await _writing.WaitAsync(cancellation);
        try
        {
            await stream.WriteAsync(octets, cancellation);
        }
        finally
        {
            _writing.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        // Not the semaphore: a timer may still be about to write, and finds a closed stream.
        await stream.DisposeAsync();
        await _input.DisposeAsync();
    }
}
