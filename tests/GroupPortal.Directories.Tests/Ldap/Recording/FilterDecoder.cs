using System.Formats.Asn1;
using GroupPortal.Ldap;

namespace GroupPortal.Directories.Tests.Ldap.Recording;

/// <summary>Decodes filters by RFC 4511 4.5.1.7.</summary>
internal static class FilterDecoder
{
    public static LdapFilter Decode(AsnReader reader)
    {
        var tag = reader.PeekTag();
        Assert.Equal(TagClass.ContextSpecific, tag.TagClass);
        if (tag.TagValue == 7)
        {
            return new LdapFilter.Presence(RequestDecoder.Text(reader, tag));
        }

        var body = reader.ReadSequence(tag);
        LdapFilter filter = tag.TagValue switch
        {
            0 => new LdapFilter.AllOf(List(body)),
            1 => new LdapFilter.AnyOf(List(body)),
            2 => new LdapFilter.Negation(Decode(body)),
            3 => Comparison(LdapFilter.Comparator.Equal, body),
            4 => Substrings(body),
            5 => Comparison(LdapFilter.Comparator.AtLeast, body),
            6 => Comparison(LdapFilter.Comparator.AtMost, body),
            9 => RuleMatch(body),
            _ => throw new AsnContentException($"No filter has the tag {tag}."),
        };
        body.ThrowIfNotEmpty();
        return filter;
    }

    private static List<LdapFilter> List(AsnReader body)
    {
        var filters = new List<LdapFilter>();
        while (body.HasData)
        {
            filters.Add(Decode(body));
        }

        return filters;
    }

    private static LdapFilter.Comparison Comparison(LdapFilter.Comparator sign, AsnReader body)
    {
        var attribute = RequestDecoder.Text(body);
        return new LdapFilter.Comparison(sign, attribute, body.ReadOctetString());
    }

    private static LdapFilter.Substrings Substrings(AsnReader body)
    {
        var attribute = RequestDecoder.Text(body);
        var parts = body.ReadSequence();
        Assert.True(parts.HasData, "A substring filter has at least one part.");
        ReadOnlyMemory<byte>? initial = Is(parts, 0) ? parts.ReadOctetString(RequestDecoder.Context(0)) : default(ReadOnlyMemory<byte>?);
        var any = new List<ReadOnlyMemory<byte>>();
        while (Is(parts, 1))
        {
            any.Add(parts.ReadOctetString(RequestDecoder.Context(1)));
        }

        ReadOnlyMemory<byte>? final = Is(parts, 2) ? parts.ReadOctetString(RequestDecoder.Context(2)) : default(ReadOnlyMemory<byte>?);
        parts.ThrowIfNotEmpty();
        return new LdapFilter.Substrings(attribute, initial, any, final);
    }

    private static LdapFilter.RuleMatch RuleMatch(AsnReader body)
    {
        var rule = RequestDecoder.Text(body, RequestDecoder.Context(1));
        var attribute = RequestDecoder.Text(body, RequestDecoder.Context(2));
        return new LdapFilter.RuleMatch(attribute, rule, body.ReadOctetString(RequestDecoder.Context(3)));
    }

    private static bool Is(AsnReader reader, int number) => reader.HasData && reader.PeekTag().HasSameClassAndValue(RequestDecoder.Context(number));
}
