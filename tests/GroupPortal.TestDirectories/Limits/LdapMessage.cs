using System.Formats.Asn1;
using System.Text;

namespace GroupPortal.TestDirectories.Limits;

/// <summary>One message (RFC 4511 4.1.1), taken apart no further than its relay needs: the rest stays as it came.</summary>
/// <param name="Operation">The operation with its tag, encoded.</param>
/// <param name="Controls">All controls, encoded; empty without any.</param>
internal sealed record LdapMessage(int Id, ReadOnlyMemory<byte> Operation, ReadOnlyMemory<byte> Controls)
{
    public const int EntryTag = 4;
    public const int DoneTag = 5;

    private static readonly Asn1Tag ControlsTag = new(TagClass.ContextSpecific, 0, isConstructed: true);

    /// <summary>The number of the operation's tag, of the application class.</summary>
    public int Tag { get; } = Asn1Tag.Decode(Operation.Span, out _).TagValue;

    /// <summary>Whether a message of the server answers a request for good, and more than an entry of a search.</summary>
    public bool IsFinal => Tag is not (EntryTag or 19 or 25);

    /// <exception cref="AsnContentException">The octets are no message.</exception>
    public static LdapMessage Decode(ReadOnlyMemory<byte> octets)
    {
        var content = new AsnReader(octets, AsnEncodingRules.BER).ReadSequence();
        var id = (int)content.ReadInteger();
        var operation = content.ReadEncodedValue();
        return new LdapMessage(id, operation, content.HasData && content.PeekTag() == ControlsTag ? content.ReadEncodedValue() : default);
    }

    /// <summary>A message with a result and nothing else (RFC 4511 4.1.9).</summary>
    public static LdapMessage Result(int id, int tag, int code, string text) => Of(id, tag, writer =>
    {
        writer.WriteEncodedValue([0x0a, 1, (byte)code]);
        writer.WriteOctetString([]);
        writer.WriteOctetString(Encoding.UTF8.GetBytes(text));
    });

    public static LdapMessage Of(int id, int tag, Action<AsnWriter> content)
    {
        var writer = new AsnWriter(AsnEncodingRules.BER);
        using (writer.PushSequence(Application(tag)))
        {
            content(writer);
        }

        return new LdapMessage(id, writer.Encode(), default);
    }

    /// <summary>RFC 4511 4.11.</summary>
    public static LdapMessage Abandon(int id, int abandoned)
    {
        var writer = new AsnWriter(AsnEncodingRules.BER);
        writer.WriteInteger(abandoned, new Asn1Tag(TagClass.Application, (int)LdapOperation.Abandon));
        return new LdapMessage(id, writer.Encode(), default);
    }

    /// <summary>Whom an abandon means.</summary>
    public int ReadAbandoned() =>
        (int)new AsnReader(Operation, AsnEncodingRules.BER).ReadInteger(new Asn1Tag(TagClass.Application, (int)LdapOperation.Abandon));

    /// <summary>What stands in the operation.</summary>
    public AsnReader Content() => new AsnReader(Operation, AsnEncodingRules.BER).ReadSequence(Application(Tag));

    public byte[] Encode()
    {
        var writer = new AsnWriter(AsnEncodingRules.BER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(Id);
            writer.WriteEncodedValue(Operation.Span);
            if (!Controls.IsEmpty)
            {
                writer.WriteEncodedValue(Controls.Span);
            }
        }

        return writer.Encode();
    }

    private static Asn1Tag Application(int tag) => new(TagClass.Application, tag, isConstructed: true);
}
