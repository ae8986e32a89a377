using System.Globalization;

namespace GroupPortal.Ldap.Wire;

/// <summary>
/// Cuts a stream into messages. Memory grows with what arrives; what a length promises is believed when a good part of it is here.
/// </summary>
internal sealed class FrameReader(Stream stream, int maximumBytes)
{
    private const int SmallBuffer = 16 * 1024;

    /// <summary>From here on a buffer grows to its message at once: buffers that were outgrown are memory too.</summary>
    private const int BelievedFrom = 256 * 1024;

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
            var needed = SmallBuffer;
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

                needed = header + (int)content;
                if (_end - _start >= needed)
                {
                    return Take(header, (int)content);
                }
            }

            if (!await FillAsync(needed, cancellation))
            {
                return HasRest ? throw new EndOfStreamException("The connection ended within a message.") : null;
            }
        }
    }

    private ReadOnlyMemory<byte> Take(int header, int content)
    {
        var message = _buffer.AsMemory(_start + header, content);
        if (_start == 0 && _end == _buffer.Length && header + content == _buffer.Length)
        {
            // The buffer grew for this one and holds nothing else: it is handed over, so that a long message is here once.
            _buffer = new byte[SmallBuffer];
            _end = 0;
            return message;
        }

        _start += header + content;
        return message.ToArray();
    }

    private async ValueTask<bool> FillAsync(int needed, CancellationToken cancellation)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length < BelievedFrom ? Math.Min(_buffer.Length * 2, Math.Max(needed, SmallBuffer)) : needed);
        }

        var count = await stream.ReadAsync(_buffer.AsMemory(_end), cancellation);
        _end += count;
        return count > 0;
    }
}
