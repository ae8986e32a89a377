using System.Formats.Asn1;
using System.Text;

namespace GroupPortal.Ldap.Wire;

/// <summary>Writes filters as RFC 4511 4.5.1.7 has them. <see cref="LdapFilter"/> bounds how deep this goes.</summary>
internal static class FilterWriter
{
    public static void Write(AsnWriter writer, LdapFilter filter)
    {
        switch (filter)
        {
            case LdapFilter.AllOf all:
                WriteList(writer, 0, all.Filters);
                break;
            case LdapFilter.AnyOf any:
                WriteList(writer, 1, any.Filters);
                break;
            case LdapFilter.Negation negation:
                WriteList(writer, 2, [negation.Filter]);
                break;
            case LdapFilter.Comparison comparison:
                WriteComparison(writer, comparison);
                break;
            case LdapFilter.Substrings substrings:
                WriteSubstrings(writer, substrings);
                break;
            case LdapFilter.Presence presence:
                writer.WriteOctetString(Encoding.UTF8.GetBytes(presence.Attribute), RequestWriter.Context(7));
                break;
            case LdapFilter.RuleMatch match:
                WriteRuleMatch(writer, match);
                break;
            default:
                throw new InvalidOperationException($"No filter of the kind {filter.GetType().Name} is known.");
        }
    }

    private static void WriteList(AsnWriter writer, int tag, IReadOnlyList<LdapFilter> filters)
    {
        using (writer.PushSequence(RequestWriter.Context(tag)))
        {
            foreach (var filter in filters)
            {
                Write(writer, filter);
            }
        }
    }

    private static void WriteComparison(AsnWriter writer, LdapFilter.Comparison comparison)
    {
        var tag = comparison.Sign switch
        {
            LdapFilter.Comparator.Equal => 3,
            LdapFilter.Comparator.AtLeast => 5,
            LdapFilter.Comparator.AtMost => 6,
            _ => throw new InvalidOperationException($"No comparison {comparison.Sign} is known."),
        };
        using (writer.PushSequence(RequestWriter.Context(tag)))
        {
            writer.WriteOctetString(Encoding.UTF8.GetBytes(comparison.Attribute));
            writer.WriteOctetString(comparison.Value.Span);
        }
    }

    private static void WriteSubstrings(AsnWriter writer, LdapFilter.Substrings substrings)
    {
        using (writer.PushSequence(RequestWriter.Context(4)))
        {
            writer.WriteOctetString(Encoding.UTF8.GetBytes(substrings.Attribute));
            using (writer.PushSequence())
            {
                if (substrings.Initial is { } initial)
                {
                    writer.WriteOctetString(initial.Span, RequestWriter.Context(0));
                }

                foreach (var part in substrings.Any)
                {
                    writer.WriteOctetString(part.Span, RequestWriter.Context(1));
                }

                if (substrings.Final is { } final)
                {
                    writer.WriteOctetString(final.Span, RequestWriter.Context(2));
                }
            }
        }
    }

    private static void WriteRuleMatch(AsnWriter writer, LdapFilter.RuleMatch match)
    {
        using (writer.PushSequence(RequestWriter.Context(9)))
        {
            writer.WriteOctetString(Encoding.UTF8.GetBytes(match.Rule), RequestWriter.Context(1));
            writer.WriteOctetString(Encoding.UTF8.GetBytes(match.Attribute), RequestWriter.Context(2));
            writer.WriteOctetString(match.Value.Span, RequestWriter.Context(3));
        }
    }
}
