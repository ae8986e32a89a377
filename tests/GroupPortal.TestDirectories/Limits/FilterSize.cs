using System.Formats.Asn1;

namespace GroupPortal.TestDirectories.Limits;

/// <summary>How large a filter is (RFC 4511 4.5.1.7).</summary>
/// <param name="Terms">Conditions, without the and, or and not between them.</param>
/// <param name="Depth">1 for a condition alone.</param>
internal sealed record FilterSize(int Terms, int Depth)
{
    /// <summary>Not by recursion: what is measured may be as deep as 10 MB can be.</summary>
    public static FilterSize Of(ReadOnlyMemory<byte> filter)
    {
        var (terms, deepest) = (0, 0);
        var open = new Stack<(AsnReader Filters, int Depth)>();
        open.Push((new AsnReader(filter, AsnEncodingRules.BER), 1));
        while (open.Count > 0)
        {
            var (filters, depth) = open.Peek();
            if (!filters.HasData)
            {
                open.Pop();
                continue;
            }

            deepest = Math.Max(deepest, depth);
            var tag = filters.PeekTag();
            // And, or, not.
            if (tag is { TagClass: TagClass.ContextSpecific, TagValue: 0 or 1 or 2 })
            {
                open.Push((filters.ReadSequence(tag), depth + 1));
            }
            else
            {
                terms++;
                filters.ReadEncodedValue();
            }
        }

        return new FilterSize(terms, deepest);
    }
}
