using System.Formats.Asn1;
using System.Text;

namespace GroupPortal.Ldap.Wire;

/// <summary>Writes requests as RFC 4511 section 4 has them.</summary>
internal static class RequestWriter
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private enum Aliases
    {
        Never = 0,
    }

    public static byte[] Write(int id, LdapRequest request) => Message(id, request.Controls, writer =>
    {
        switch (request)
        {
            case LdapRequest.Bind bind:
                WriteBind(writer, bind.Credential);
                break;
            case LdapRequest.Add add:
                WriteAdd(writer, add);
                break;
            case LdapRequest.Modify modify:
                WriteModify(writer, modify);
                break;
            case LdapRequest.ModifyName rename:
                WriteModifyName(writer, rename);
                break;
            case LdapRequest.Delete delete:
                writer.WriteOctetString(Utf8.GetBytes(delete.Name.ToString()), Application(10));
                break;
            case LdapRequest.Extended extended:
                WriteExtended(writer, extended);
                break;
            default:
                throw new InvalidOperationException($"No request of the kind {request.GetType().Name} is known.");
        }
    });

    public static byte[] Write(int id, LdapSearch search) => Message(id, search.Controls, writer =>
    {
        using (writer.PushSequence(Application(3)))
        {
            WriteText(writer, search.Base.ToString());
            writer.WriteEnumeratedValue(search.Scope);
            writer.WriteEnumeratedValue(Aliases.Never);
            writer.WriteInteger(search.SizeLimit);
            writer.WriteInteger(search.TimeLimitSeconds);
            writer.WriteBoolean(false);
            FilterWriter.Write(writer, search.Filter);
            using (writer.PushSequence())
            {
                // RFC 4511 4.5.1.8: an empty list would ask for all attributes.
                foreach (var attribute in search.Attributes.Count == 0 ? ["1.1"] : search.Attributes)
                {
                    WriteText(writer, attribute);
                }
            }
        }
    });

    public static byte[] WriteAbandon(int id, int abandoned) => Message(id, [], writer => writer.WriteInteger(abandoned, Application(16)));

    public static byte[] WriteUnbind(int id) => Message(id, [], writer => writer.WriteNull(Application(2)));

    /// <summary>The tag of the one answer that ends a request.</summary>
    public static byte AnswerTag(LdapRequest request) => request switch
    {
        LdapRequest.Bind => 0x61,
        LdapRequest.Modify => 0x67,
        LdapRequest.Add => 0x69,
        LdapRequest.Delete => 0x6b,
        LdapRequest.ModifyName => 0x6d,
        LdapRequest.Extended => 0x78,
        _ => throw new InvalidOperationException($"No request of the kind {request.GetType().Name} is known."),
    };

    internal static Asn1Tag Context(int number) => new(TagClass.ContextSpecific, number);

    private static Asn1Tag Application(int number) => new(TagClass.Application, number);

    private static byte[] Message(int id, IReadOnlyList<LdapControl> controls, Action<AsnWriter> operation)
    {
        var writer = new AsnWriter(AsnEncodingRules.BER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(id);
            operation(writer);
            if (controls.Count > 0)
            {
                WriteControls(writer, controls);
            }
        }

        return writer.Encode();
    }

    private static void WriteBind(AsnWriter writer, LdapCredential credential)
    {
        using (writer.PushSequence(Application(0)))
        {
            writer.WriteInteger(3);
            WriteText(writer, credential.Name);
            writer.WriteOctetString(Utf8.GetBytes(credential.Password), Context(0));
        }
    }

    private static void WriteAdd(AsnWriter writer, LdapRequest.Add add)
    {
        using (writer.PushSequence(Application(8)))
        {
            WriteText(writer, add.Name.ToString());
            using (writer.PushSequence())
            {
                foreach (var attribute in add.Attributes)
                {
                    WriteAttribute(writer, attribute);
                }
            }
        }
    }

    private static void WriteModify(AsnWriter writer, LdapRequest.Modify modify)
    {
        using (writer.PushSequence(Application(6)))
        {
            WriteText(writer, modify.Name.ToString());
            using (writer.PushSequence())
            {
                foreach (var modification in modify.Modifications)
                {
                    using (writer.PushSequence())
                    {
                        writer.WriteEnumeratedValue(modification.Change);
                        WriteAttribute(writer, modification.Attribute);
                    }
                }
            }
        }
    }

    private static void WriteModifyName(AsnWriter writer, LdapRequest.ModifyName rename)
    {
        using (writer.PushSequence(Application(12)))
        {
            WriteText(writer, rename.Name.ToString());
            WriteText(writer, rename.NewFirstLevel.ToString());
            writer.WriteBoolean(true);
            if (rename.NewSuperior is { } superior)
            {
                writer.WriteOctetString(Utf8.GetBytes(superior.ToString()), Context(0));
            }
        }
    }

    private static void WriteExtended(AsnWriter writer, LdapRequest.Extended extended)
    {
        using (writer.PushSequence(Application(23)))
        {
            writer.WriteOctetString(Utf8.GetBytes(extended.Oid), Context(0));
            if (extended.Value is { } value)
            {
                writer.WriteOctetString(value.Span, Context(1));
            }
        }
    }

    private static void WriteAttribute(AsnWriter writer, LdapAttribute attribute)
    {
        using (writer.PushSequence())
        {
            WriteText(writer, attribute.Name);
            using (writer.PushSetOf())
            {
                foreach (var value in attribute.Values)
                {
                    writer.WriteOctetString(value.Span);
                }
            }
        }
    }

    private static void WriteControls(AsnWriter writer, IReadOnlyList<LdapControl> controls)
    {
        using (writer.PushSequence(Context(0)))
        {
            foreach (var control in controls)
            {
                using (writer.PushSequence())
                {
                    WriteText(writer, control.Oid);
                    if (control.IsCritical)
                    {
                        writer.WriteBoolean(true);
                    }

                    if (control.Value is { } value)
                    {
                        writer.WriteOctetString(value.Span);
                    }
                }
            }
        }
    }

    private static void WriteText(AsnWriter writer, string text) => writer.WriteOctetString(Utf8.GetBytes(text));
}
