using System.Formats.Asn1;
using System.Text;
using GroupPortal.Ldap;

namespace GroupPortal.Directories.Tests.Ldap.Recording;

/// <summary>Decodes requests by RFC 4511 section 4, from its text and not from the writer that it judges; strict about every element.</summary>
internal static class RequestDecoder
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static DecodedMessage Decode(ReadOnlyMemory<byte> octets)
    {
        var outer = new AsnReader(octets, AsnEncodingRules.BER);
        var message = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        var id = Integer(message);
        var operation = Operation(message);
        if (message.HasData)
        {
            var controls = Controls(message.ReadSequence(Context(0, isConstructed: true)));
            operation = operation switch
            {
                LdapRequest request => request with { Controls = controls },
                LdapSearch search => search with { Controls = controls },
                _ => throw new AsnContentException("Controls stand on an operation that has none here."),
            };
        }

        message.ThrowIfNotEmpty();
        return new DecodedMessage(id, operation);
    }

    internal static Asn1Tag Context(int number, bool isConstructed = false) => new(TagClass.ContextSpecific, number, isConstructed);

    internal static string Text(AsnReader reader, Asn1Tag? tag = null) => Utf8.GetString(reader.ReadOctetString(tag));

    private static int Integer(AsnReader reader) =>
        reader.TryReadInt32(out var number) && number >= 0 ? number : throw new AsnContentException("A number is out of bounds.");

    private static object Operation(AsnReader message)
    {
        var tag = message.PeekTag();
        if (tag.TagClass != TagClass.Application)
        {
            throw new AsnContentException("The operation has no application tag.");
        }

        if (tag.TagValue is 2)
        {
            message.ReadNull(tag);
            return new Unbind();
        }

        if (tag.TagValue is 10)
        {
            return new LdapRequest.Delete(Name(Text(message, tag)));
        }

        if (tag.TagValue is 16)
        {
            return message.TryReadInt32(out var abandoned, tag) ? new Abandon(abandoned) : throw new AsnContentException();
        }

        var body = message.ReadSequence(tag);
        object operation = tag.TagValue switch
        {
            0 => Bind(body),
            3 => Search(body),
            6 => Modify(body),
            8 => Add(body),
            12 => ModifyName(body),
            23 => Extended(body),
            _ => throw new AsnContentException($"No request has the tag {tag}."),
        };
        body.ThrowIfNotEmpty();
        return operation;
    }

    private static LdapName Name(string text) => LdapName.FromServer(text);

    private static LdapRequest.Bind Bind(AsnReader body)
    {
        Assert.Equal(3, Integer(body));
        var name = Text(body);
        return new LdapRequest.Bind(new LdapCredential(name, Text(body, Context(0))));
    }

    private static LdapSearch Search(AsnReader body)
    {
        var name = Name(Text(body));
        var scope = body.ReadEnumeratedValue<LdapScope>();
        Assert.Equal(0, body.ReadEnumeratedBytes().Span[0]);
        var (size, time) = (Integer(body), Integer(body));
        Assert.False(body.ReadBoolean());
        var filter = FilterDecoder.Decode(body);
        var list = body.ReadSequence();
        var attributes = new List<string>();
        while (list.HasData)
        {
            attributes.Add(Text(list));
        }

        return new LdapSearch(name, scope, filter, attributes) { SizeLimit = size, TimeLimitSeconds = time };
    }

    private static LdapRequest.Add Add(AsnReader body)
    {
        var name = Name(Text(body));
        var list = body.ReadSequence();
        var attributes = new List<LdapAttribute>();
        while (list.HasData)
        {
            attributes.Add(Attribute(list));
        }

        return new LdapRequest.Add(name, attributes);
    }

    private static LdapRequest.Modify Modify(AsnReader body)
    {
        var name = Name(Text(body));
        var list = body.ReadSequence();
        var changes = new List<LdapModification>();
        while (list.HasData)
        {
            var change = list.ReadSequence();
            changes.Add(new LdapModification(change.ReadEnumeratedValue<LdapChange>(), Attribute(change)));
            change.ThrowIfNotEmpty();
        }

        return new LdapRequest.Modify(name, changes);
    }

    private static LdapRequest.ModifyName ModifyName(AsnReader body)
    {
        var (name, first) = (Name(Text(body)), Name(Text(body)));
        Assert.True(body.ReadBoolean());
        return new LdapRequest.ModifyName(name, first, body.HasData ? Name(Text(body, Context(0))) : null);
    }

    private static LdapRequest.Extended Extended(AsnReader body)
    {
        var oid = Text(body, Context(0));
        return new LdapRequest.Extended(oid, body.HasData ? body.ReadOctetString(Context(1)) : default(ReadOnlyMemory<byte>?));
    }

    private static LdapAttribute Attribute(AsnReader reader)
    {
        var attribute = reader.ReadSequence();
        var name = Text(attribute);
        var set = attribute.ReadSetOf();
        attribute.ThrowIfNotEmpty();
        var values = new List<ReadOnlyMemory<byte>>();
        while (set.HasData)
        {
            values.Add(set.ReadOctetString());
        }

        return new LdapAttribute(name, values);
    }

    private static List<LdapControl> Controls(AsnReader reader)
    {
        var controls = new List<LdapControl>();
        while (reader.HasData)
        {
            var control = reader.ReadSequence();
            var oid = Text(control);
            var isCritical = control.HasData && control.PeekTag() == Asn1Tag.Boolean && control.ReadBoolean();
            ReadOnlyMemory<byte>? value = control.HasData ? control.ReadOctetString() : default(ReadOnlyMemory<byte>?);
            control.ThrowIfNotEmpty();
            controls.Add(new LdapControl(oid, isCritical, value));
        }

        return controls;
    }
}
