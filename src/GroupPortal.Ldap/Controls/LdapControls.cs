using System.Formats.Asn1;

namespace GroupPortal.Ldap;

/// <summary>The controls that the portal sends.</summary>
public static class LdapControls
{
    public const string PagedResultsOid = "1.2.840.113556.1.4.319";
    public const string DirSyncOid = "1.2.840.113556.1.4.841";

    /// <summary>Deleted objects are found too ([MS-ADTS] 3.1.1.3.4.1.14).</summary>
    public static LdapControl ShowDeleted { get; } = new("1.2.840.113556.1.4.417", true);

    /// <summary>
    /// A value that is there already, or gone already, is no error ([MS-ADTS] 3.1.1.3.4.1.9). Samba does not heed it for linked
    /// attributes such as member.
    /// </summary>
    public static LdapControl PermissiveModify { get; } = new("1.2.840.113556.1.4.1413", false);

    /// <summary>No references to other domains ([MS-ADTS] 3.1.1.3.4.1.4).</summary>
    public static LdapControl DomainScope { get; } = new("1.2.840.113556.1.4.1339", false);

    /// <summary>An entry and everything below it ([MS-ADTS] 3.1.1.3.4.1.15).</summary>
    public static LdapControl TreeDelete { get; } = new("1.2.840.113556.1.4.805", true);

    /// <summary>
    /// Every name, of entries and of values, comes with its object's GUID and SID before it ([MS-ADTS] 3.1.1.3.4.1.5):
    /// <c>&lt;GUID=…&gt;;&lt;SID=…&gt;;CN=…</c>. The value is SEQUENCE { INTEGER 1 }: in text, not in octets.
    /// </summary>
    public static LdapControl ExtendedNames { get; } = new("1.2.840.113556.1.4.529", true, new byte[] { 0x30, 0x03, 0x02, 0x01, 0x01 });

    /// <summary>Which parts of nTSecurityDescriptor are meant ([MS-ADTS] 3.1.1.3.4.1.11): 1 owner, 2 group, 4 DACL, 8 SACL.</summary>
    public static LdapControl SecurityDescriptorParts(int flags)
    {
        var writer = new AsnWriter(AsnEncodingRules.BER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(flags);
        }

        return new LdapControl("1.2.840.113556.1.4.801", true, writer.Encode());
    }

    /// <summary>One page of a search (RFC 2696).</summary>
    /// <param name="cookie">What the page before came with; empty for the first.</param>
    public static LdapControl Paged(int size, ReadOnlyMemory<byte> cookie)
    {
        var writer = new AsnWriter(AsnEncodingRules.BER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(size);
            writer.WriteOctetString(cookie.Span);
        }

        return new LdapControl(PagedResultsOid, true, writer.Encode());
    }

    /// <summary>What changed since a cookie ([MS-ADTS] 3.1.1.3.4.1.3). The search's base must be the naming context.</summary>
    /// <param name="flags">0x80000000 for single values of linked attributes; 1 for only what the caller may see.</param>
    /// <param name="cookie">What the answer before came with; empty for everything.</param>
    public static LdapControl DirSync(int flags, int maximumBytes, ReadOnlyMemory<byte> cookie)
    {
        var writer = new AsnWriter(AsnEncodingRules.BER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(flags);
            writer.WriteInteger(maximumBytes);
            writer.WriteOctetString(cookie.Span);
        }

        return new LdapControl(DirSyncOid, true, writer.Encode());
    }

    /// <summary>The server sorts (RFC 2891).</summary>
    public static LdapControl Sorted(string attribute, bool descending)
    {
        var writer = new AsnWriter(AsnEncodingRules.BER);
        using (writer.PushSequence())
        using (writer.PushSequence())
        {
            writer.WriteOctetString(System.Text.Encoding.UTF8.GetBytes(attribute));
            if (descending)
            {
                writer.WriteBoolean(true, new Asn1Tag(TagClass.ContextSpecific, 1));
            }
        }

        return new LdapControl("1.2.840.113556.1.4.473", false, writer.Encode());
    }
}
