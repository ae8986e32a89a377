using System.Formats.Asn1;
using System.Text;
using GroupPortal.Ldap;

namespace GroupPortal.Directories.Tests.Ldap.Recording;

/// <summary>Encodes what servers answer, by RFC 4511 section 4.</summary>
internal static class ResponseEncoder
{
    public const int BindDone = 1;
    public const int SearchDone = 5;
    public const int ModifyDone = 7;
    public const int AddDone = 9;
    public const int DeleteDone = 11;
    public const int ModifyNameDone = 13;
    public const int ExtendedDone = 24;

    /// <summary>Which answer ends an operation; null for those that have none.</summary>
    public static int? DoneTagFor(object operation) => operation switch
    {
        LdapRequest.Bind => BindDone,
        LdapSearch => SearchDone,
        LdapRequest.Modify => ModifyDone,
        LdapRequest.Add => AddDone,
        LdapRequest.Delete => DeleteDone,
        LdapRequest.ModifyName => ModifyNameDone,
        LdapRequest.Extended => ExtendedDone,
        _ => null,
    };

    public static byte[] Done(int id, int tag, LdapResult result, string? oid = null) => Message(id, result.Controls, writer =>
    {
        using (writer.PushSequence(new Asn1Tag(TagClass.Application, tag)))
        {
            writer.WriteEnumeratedValue((AnyCode)result.Code);
            Text(writer, result.MatchedName);
            Text(writer, result.Message);
            if (result.Referrals.Count > 0)
            {
                using (writer.PushSequence(Context(3)))
                {
                    foreach (var address in result.Referrals)
                    {
                        Text(writer, address);
                    }
                }
            }

            if (oid is not null)
            {
                writer.WriteOctetString(Encoding.UTF8.GetBytes(oid), Context(10));
            }

            if (!result.Value.IsEmpty)
            {
                writer.WriteOctetString(result.Value.Span, Context(11));
            }
        }
    });

    public static byte[] Done(int id, int tag, LdapResultCode code = LdapResultCode.Success, string message = "") =>
        Done(id, tag, new LdapResult(code, string.Empty, message));

    public static byte[] Entry(int id, LdapEntry entry, IReadOnlyList<LdapControl>? controls = null) => Message(id, controls ?? [], writer =>
    {
        using (writer.PushSequence(new Asn1Tag(TagClass.Application, 4)))
        {
            Text(writer, entry.Name.ToString());
            using (writer.PushSequence())
            {
                foreach (var attribute in entry.Attributes)
                {
                    using (writer.PushSequence())
                    {
                        Text(writer, attribute.Name);
                        using (writer.PushSetOf())
                        {
                            foreach (var value in attribute.Values)
                            {
                                writer.WriteOctetString(value.Span);
                            }
                        }
                    }
                }
            }
        }
    });

    public static byte[] Entry(int id, string name, params IReadOnlyList<LdapAttribute> attributes) => Entry(id, new LdapEntry(LdapName.FromServer(name), attributes));

    public static byte[] Reference(int id, params IReadOnlyList<string> addresses) => Message(id, [], writer =>
    {
        using (writer.PushSequence(new Asn1Tag(TagClass.Application, 19)))
        {
            foreach (var address in addresses)
            {
                Text(writer, address);
            }
        }
    });

    public static byte[] Intermediate(int id) => Message(id, [], writer =>
    {
        using (writer.PushSequence(new Asn1Tag(TagClass.Application, 25)))
        {
            writer.WriteOctetString("1.2.3"u8, Context(0));
        }
    });

    public static byte[] NoticeOfDisconnection(LdapResultCode code, string message) =>
        Done(0, ExtendedDone, new LdapResult(code, string.Empty, message), "1.3.6.1.4.1.1466.20036");

    /// <summary>What the server's half of RFC 2696 is.</summary>
    public static LdapControl PageControl(ReadOnlySpan<byte> cookie)
    {
        var writer = new AsnWriter(AsnEncodingRules.BER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(0);
            writer.WriteOctetString(cookie);
        }

        return new LdapControl(LdapControls.PagedResultsOid, false, writer.Encode());
    }

    /// <summary>An element of any tag, for messages that are none.</summary>
    public static byte[] Element(byte tag, params ReadOnlySpan<byte> content)
    {
        byte[] length = content.Length < 0x80
            ? [(byte)content.Length]
            : [0x84, (byte)(content.Length >> 24), (byte)(content.Length >> 16), (byte)(content.Length >> 8), (byte)content.Length];
        return [tag, .. length, .. content];
    }

    private static Asn1Tag Context(int number) => new(TagClass.ContextSpecific, number);

    private static void Text(AsnWriter writer, string text) => writer.WriteOctetString(Encoding.UTF8.GetBytes(text));

    private static byte[] Message(int id, IReadOnlyList<LdapControl> controls, Action<AsnWriter> operation)
    {
        var writer = new AsnWriter(AsnEncodingRules.BER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(id);
            operation(writer);
            if (controls.Count > 0)
            {
                using (writer.PushSequence(Context(0)))
                {
                    foreach (var control in controls)
                    {
                        WriteControl(writer, control);
                    }
                }
            }
        }

        return writer.Encode();
    }

    private static void WriteControl(AsnWriter writer, LdapControl control)
    {
        using (writer.PushSequence())
        {
            Text(writer, control.Oid);
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

    private enum AnyCode
    {
        None = 0,
    }
}
