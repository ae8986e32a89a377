using System.Formats.Asn1;
using System.Text;

namespace GroupPortal.TestDirectories.Limits;

/// <summary>The controls of a request, as far as limits depend on them.</summary>
internal sealed record RequestControls
{
    private const string PagedOid = "1.2.840.113556.1.4.319";
    private const string NotificationOid = "1.2.840.113556.1.4.528";
    private const string DirSyncOid = "1.2.840.113556.1.4.841";

    private static readonly Asn1Tag All = new(TagClass.ContextSpecific, 0, isConstructed: true);

    /// <summary>The size of the page that is asked for (RFC 2696); null without pages.</summary>
    public int? PageSize { get; private init; }

    /// <summary>The search waits for changes, for as long as somebody listens.</summary>
    public bool IsNotification { get; private init; }

    /// <summary>The search has pages and ranges of its own kind.</summary>
    public bool IsDirSync { get; private init; }

    public static RequestControls Of(ReadOnlyMemory<byte> controls)
    {
        var found = new RequestControls();
        foreach (var (oid, encoded) in Each(controls))
        {
            found = oid switch
            {
                PagedOid => found with { PageSize = ReadPage(encoded).Size },
                NotificationOid => found with { IsNotification = true },
                DirSyncOid => found with { IsDirSync = true },
                _ => found,
            };
        }

        return found;
    }

    /// <summary>The same controls with another page size; the cookie stays.</summary>
    public static ReadOnlyMemory<byte> WithPageSize(ReadOnlyMemory<byte> controls, int size)
    {
        var writer = new AsnWriter(AsnEncodingRules.BER);
        using (writer.PushSequence(All))
        {
            foreach (var (oid, encoded) in Each(controls))
            {
                if (oid == PagedOid)
                {
                    WritePage(writer, ReadPage(encoded), size);
                }
                else
                {
                    writer.WriteEncodedValue(encoded.Span);
                }
            }
        }

        return writer.Encode();
    }

    private static IEnumerable<(string Oid, ReadOnlyMemory<byte> Encoded)> Each(ReadOnlyMemory<byte> controls)
    {
        if (controls.IsEmpty)
        {
            yield break;
        }

        var list = new AsnReader(controls, AsnEncodingRules.BER).ReadSequence(All);
        while (list.HasData)
        {
            var encoded = list.ReadEncodedValue();
            yield return (Encoding.UTF8.GetString(new AsnReader(encoded, AsnEncodingRules.BER).ReadSequence().ReadOctetString()), encoded);
        }
    }

    private static (bool IsCritical, int Size, byte[] Cookie) ReadPage(ReadOnlyMemory<byte> encoded)
    {
        var control = new AsnReader(encoded, AsnEncodingRules.BER).ReadSequence();
        control.ReadOctetString();
        var isCritical = control.PeekTag() == Asn1Tag.Boolean && control.ReadBoolean();
        var page = new AsnReader(control.ReadOctetString(), AsnEncodingRules.BER).ReadSequence();
        return (isCritical, (int)page.ReadInteger(), page.ReadOctetString());
    }

    private static void WritePage(AsnWriter writer, (bool IsCritical, int Size, byte[] Cookie) page, int size)
    {
        var value = new AsnWriter(AsnEncodingRules.BER);
        using (value.PushSequence())
        {
            value.WriteInteger(size);
            value.WriteOctetString(page.Cookie);
        }

        using (writer.PushSequence())
        {
            writer.WriteOctetString(Encoding.UTF8.GetBytes(PagedOid));
            writer.WriteBoolean(page.IsCritical);
            writer.WriteOctetString(value.Encode());
        }
    }
}
