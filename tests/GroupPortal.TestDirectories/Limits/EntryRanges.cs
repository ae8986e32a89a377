using System.Formats.Asn1;
using System.Text;

namespace GroupPortal.TestDirectories.Limits;

/// <summary>
/// Cuts the attributes of an entry as Active Directory does. Asked for all values, it gives the first of them under a range and
/// the plain name without any; asked for a range, what is in it, and <c>*</c> where the last value was given.
/// </summary>
internal static class EntryRanges
{
    /// <summary>The entry as the client gets it, and how many of its attributes were cut.</summary>
    public static (LdapMessage Entry, int Cut) Apply(LdapMessage entry, SearchRequest search, StrictDomainLimits limits)
    {
        var maximum = limits.MaxValRange;
        var content = entry.Content();
        var name = content.ReadEncodedValue();
        var attributes = new List<(string Description, List<ReadOnlyMemory<byte>> Values)>();
        var list = content.ReadSequence();
        var (cut, isSame) = (0, true);
        while (list.HasData)
        {
            var (description, values) = ReadAttribute(list.ReadSequence());
            if (search.RangeOf(ValueRange.AttributeOf(description)) is { } range && description.Contains(';', StringComparison.Ordinal))
            {
                isSame = false;
                cut += values.Count > range.Count ? 1 : 0;
                attributes.Add(InRange(range, values));
            }
            else if (values.Count > maximum && IsRanged(description, limits) && !search.Controls.IsDirSync)
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

        return isSame ? (entry, 0) : (LdapMessage.Of(entry.Id, LdapMessage.EntryTag, Write) with { Controls = entry.Controls }, cut);

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

    /// <summary>Samba's own name of the range is not used: at the end it says 0 whatever was the first value.</summary>
    private static (string Description, List<ReadOnlyMemory<byte>> Values) InRange(ValueRange range, List<ReadOnlyMemory<byte>> values) => values.Count switch
    {
        0 => (range.Attribute, values),
        var count when count > range.Count => (ValueRange.Name(range.Attribute, range.First, range.First + range.Count - 1), values[..range.Count]),
        _ => (ValueRange.LastName(range.Attribute, range.First), values),
    };

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
