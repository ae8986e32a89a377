using System.Globalization;

namespace GroupPortal.Ldap.Wire;

/// <summary>
/// Cuts a stream into messages. Memory grows with what arrives, never with what a length promises.
/// </summary>
internal sealed class FrameReader(Stream stream, int maximumBytes)
{
    private const int SmallBuffer = 16 * 1024;

    private byte[] _buffer = new byte[SmallBuffer];
    private int _start;
    private int _end;

    /// <summary>Whether octets are here that belong to no message yet.</summary>
    public bool HasRest => _end > _start;

    /// <summary>The content of the next message's outermost sequence, in memory of its own; null when the stream ends between messages.</summary>
    /// <exception cref="MalformedMessageException">No message, or a longer one than is taken.</exception>
    /// <exception cref="EndOfStreamException">The stream ends within a message.</exception>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(CancellationToken cancellation)
    {
        while (true)
        {
            if (HasRest && _buffer[_start] != BerReader.Sequence)
            {
                throw new MalformedMessageException($"A message begins with 0x{_buffer[_start]:x2}.");
            }

            if (BerReader.TryReadHeader(_buffer.AsSpan(_start, _end - _start)) is var (header, content))
            {
                if (content > maximumBytes)
                {
                    throw new MalformedMessageException(
                        string.Create(CultureInfo.InvariantCulture, $"A message of {content} octets is longer than any that is taken."), isTooLarge: true);
                }

                if (_end - _start >= header + content)
                {
                    var message = _buffer.AsSpan(_start + header, (int)content).ToArray();
                    _start += header + (int)content;
                    return message;
                }
            }

            if (!await FillAsync(cancellation))
            {
                return HasRest ? throw new EndOfStreamException("The connection ended within a message.") : null;
            }
        }
    }

    private async ValueTask<bool> FillAsync(CancellationToken cancellation)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, (int)Math.Min((long)_buffer.Length * 2, maximumBytes + 16L));
        }
        else if (_end == 0 && _buffer.Length > SmallBuffer)
        {
            // One long message shall not hold its memory for as long as the connection lives.
            _buffer = new byte[SmallBuffer];
        }

        var count = await stream.ReadAsync(_buffer.AsMemory(_end), cancellation);
        _end += count;
        return count > 0;
    }
}
