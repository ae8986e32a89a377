using System.Formats.Asn1;
using System.Text;

namespace GroupPortal.TestDirectories.Limits;

/// <summary>
/// Cuts the attributes of an entry as Active Directory does: asked for all values of one with too many, it gives the first of them
/// under a range and the plain name without any. What was asked for in a range has its size from the request already.
/// </summary>
internal static class EntryRanges
{
    /// <summary>The entry as the client gets it, and how many of its attributes were cut.</summary>
    public static (LdapMessage Entry, int Cut) Apply(LdapMessage entry, SearchRequest search, StrictDomainLimits limits)
    {
        if (search.Controls.IsDirSync)
        {
            return (entry, 0);
        }

        var maximum = limits.MaxValRange;
        var content = entry.Content();
        var name = content.ReadEncodedValue();
        var attributes = new List<(string Description, List<ReadOnlyMemory<byte>> Values)>();
        var list = content.ReadSequence();
        var (cut, isSame) = (0, true);
        while (list.HasData)
        {
            var (description, values) = ReadAttribute(list.ReadSequence());
            if (ValueRange.HasMore(description))
            {
                cut++;
                attributes.Add((description, values));
            }
            else if (values.Count > maximum && IsRanged(description, limits))
            {
                isSame = false;
                cut++;
                attributes.Add((description, []));
                attributes.Add((ValueRange.Name(description, 0, maximum - 1), values[..maximum]));
            }
            else
            {
                attributes.Add((description, values));
            }
        }

        return isSame ? (entry, cut) : (LdapMessage.Of(entry.Id, LdapMessage.EntryTag, Write) with { Controls = entry.Controls }, cut);

        void Write(AsnWriter writer)
        {
            writer.WriteEncodedValue(name.Span);
            using (writer.PushSequence())
            {
                foreach (var (description, values) in attributes)
                {
                    WriteAttribute(writer, description, values);
                }
            }
        }
    }

    private static bool IsRanged(string description, StrictDomainLimits limits) =>
        limits.RangedAttributes.Count == 0 || limits.RangedAttributes.Contains(description, StringComparer.OrdinalIgnoreCase);

    private static (string Description, List<ReadOnlyMemory<byte>> Values) ReadAttribute(AsnReader attribute)
    {
        var description = Encoding.UTF8.GetString(attribute.ReadOctetString());
        var values = new List<ReadOnlyMemory<byte>>();
        var set = attribute.ReadSetOf();
        while (set.HasData)
        {
            values.Add(set.ReadEncodedValue());
        }

        return (description, values);
    }

    private static void WriteAttribute(AsnWriter writer, string description, List<ReadOnlyMemory<byte>> values)
    {
        using (writer.PushSequence())
        {
            writer.WriteOctetString(Encoding.UTF8.GetBytes(description));
            using (writer.PushSetOf())
            {
                foreach (var value in values)
                {
                    writer.WriteEncodedValue(value.Span);
                }
            }
        }
    }
}
