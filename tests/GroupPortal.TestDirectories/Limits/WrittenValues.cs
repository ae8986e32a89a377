using System.Formats.Asn1;

namespace GroupPortal.TestDirectories.Limits;

/// <summary>How many values a write has.</summary>
internal static class WrittenValues
{
    /// <summary>RFC 4511 4.6: the DN, and changes of an operation and an attribute each.</summary>
    public static int OfModify(LdapMessage message)
    {
        var count = 0;
        foreach (var change in Parts(message))
        {
            change.ReadEncodedValue();
            count += Count(change.ReadSequence());
        }

        return count;
    }

    /// <summary>RFC 4511 4.7: the DN, and attributes.</summary>
    public static int OfAdd(LdapMessage message) => Parts(message).Sum(Count);

    private static IEnumerable<AsnReader> Parts(LdapMessage message)
    {
        var content = message.Content();
        content.ReadEncodedValue();
        var parts = content.ReadSequence();
        while (parts.HasData)
        {
            yield return parts.ReadSequence();
        }
    }

    private static int Count(AsnReader attribute)
    {
        attribute.ReadEncodedValue();
        var values = attribute.ReadSetOf();
        var count = 0;
        for (; values.HasData; count++)
        {
            values.ReadEncodedValue();
        }

        return count;
    }
}
