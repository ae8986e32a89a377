using System.Buffers.Binary;
using System.Text;

namespace GroupPortal.Ldap.Wire;

/// <summary>
/// Reads BER as RFC 4511 5.1 narrows it: definite lengths only, tags of one octet. A length is compared with what is there
/// before anything is taken, and nothing here calls itself, so neither sizes nor depths of a hostile message cost anything.
/// </summary>
internal struct BerReader(ReadOnlyMemory<byte> data)
{
    public const byte Boolean = 0x01;
    public const byte Integer = 0x02;
    public const byte OctetString = 0x04;
    public const byte Enumerated = 0x0a;
    public const byte Sequence = 0x30;
    public const byte Set = 0x31;

    /// <summary>No name, message or address of a server is longer; values are no texts and may be.</summary>
    public const int MaximumText = 64 * 1024;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ReadOnlyMemory<byte> _data = data;
    private int _position;

    public readonly bool HasMore => _position < _data.Length;

    /// <summary>
    /// The size of the header and of what follows it, or null while octets are missing. Up to 4 octets of length, as no message is longer.
    /// </summary>
    public static (int Header, long Content)? TryReadHeader(ReadOnlySpan<byte> data)
    {
        if (data.Length < 2)
        {
            return null;
        }

        if ((data[0] & 0x1f) == 0x1f)
        {
            throw new MalformedMessageException("A tag of several octets stands where LDAP has none.");
        }

        var first = data[1];
        if (first < 0x80)
        {
            return (2, first);
        }

        var octets = first & 0x7f;
        if (octets is 0 or > 4)
        {
            throw new MalformedMessageException(octets == 0 ? "A length is indefinite." : "A length has more than four octets.");
        }

        if (data.Length < 2 + octets)
        {
            return null;
        }

        long length = 0;
        foreach (var octet in data.Slice(2, octets))
        {
            length = (length << 8) | octet;
        }

        return (2 + octets, length);
    }

    /// <summary>The next element's tag; 0 at the end.</summary>
    public readonly byte PeekTag() => HasMore ? _data.Span[_position] : (byte)0;

    /// <summary>The next element's content, whatever its tag.</summary>
    public ReadOnlyMemory<byte> ReadAny()
    {
        var rest = _data.Span[_position..];
        if (TryReadHeader(rest) is not var (header, content) || content > rest.Length - header)
        {
            throw new MalformedMessageException("An element ends after its message does.");
        }

        var value = _data.Slice(_position + header, (int)content);
        _position += header + (int)content;
        return value;
    }

    public ReadOnlyMemory<byte> Read(byte tag) => PeekTag() == tag
        ? ReadAny()
        : throw new MalformedMessageException($"An element with the tag 0x{PeekTag():x2} stands where 0x{tag:x2} belongs.");

    public BerReader Enter(byte tag) => new(Read(tag));

    public int ReadInteger(byte tag = Integer)
    {
        var content = Read(tag).Span;
        if (content.Length is 0 or > 4)
        {
            throw new MalformedMessageException("A number has no octets, or more than four.");
        }

        Span<byte> padded = stackalloc byte[4];
        padded.Fill((sbyte)content[0] < 0 ? (byte)0xff : (byte)0);
        content.CopyTo(padded[(4 - content.Length)..]);
        return BinaryPrimitives.ReadInt32BigEndian(padded);
    }

    public bool ReadBoolean()
    {
        var content = Read(Boolean).Span;
        return content.Length == 1 ? content[0] != 0 : throw new MalformedMessageException("A truth value is not one octet long.");
    }

    /// <summary>A string of the protocol itself (RFC 4511 4.1.2), which must be UTF-8.</summary>
    public string ReadText(byte tag = OctetString)
    {
        var content = Read(tag).Span;
        if (content.Length > MaximumText)
        {
            throw new MalformedMessageException("A text is longer than any that is taken.", isTooLarge: true);
        }

        try
        {
            return StrictUtf8.GetString(content);
        }
        catch (DecoderFallbackException)
        {
            throw new MalformedMessageException("A text is no UTF-8.");
        }
    }
}
