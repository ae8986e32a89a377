using System.Globalization;
using System.Text;

namespace GroupPortal.Ldap;

/// <summary>
/// A search filter (RFC 4511 4.5.1.7), made only by these methods: a value can hold anything and never changes the filter's
/// structure. <see cref="ToString"/> writes it by RFC 4515 for logs and people.
/// </summary>
public abstract record LdapFilter
{
    /// <summary>Deeper filters are refused: Samba closes the connection somewhere above 100.</summary>
    public const int MaximumDepth = 50;

    /// <summary>Filters of more conditions are refused: a server's work can grow with their square.</summary>
    public const int MaximumTerms = 500;

    private LdapFilter(int depth, int terms)
    {
        if (depth > MaximumDepth || terms > MaximumTerms)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"A filter has at most {MaximumDepth} levels and {MaximumTerms} conditions, not {depth} and {terms}."),
                nameof(depth));
        }

        Depth = depth;
        Terms = terms;
    }

    public int Depth { get; }

    /// <summary>How many conditions stand in it.</summary>
    public int Terms { get; }

    /// <summary>All of them. An empty one would match everything (RFC 4526) and cannot be made.</summary>
    public static LdapFilter And(params IReadOnlyList<LdapFilter> filters) => filters is [var only] ? only : new AllOf(NotEmpty(filters));

    /// <summary>Any of them. An empty one cannot be made.</summary>
    public static LdapFilter Or(params IReadOnlyList<LdapFilter> filters) => filters is [var only] ? only : new AnyOf(NotEmpty(filters));

    public static LdapFilter Not(LdapFilter filter) => new Negation(filter);

    public static LdapFilter Equal(string attribute, string value) => Equal(attribute, Utf8(value));

    public static LdapFilter Equal(string attribute, ReadOnlyMemory<byte> value) => new Comparison(Comparator.Equal, Checked(attribute), value);

    public static LdapFilter Equal(string attribute, Guid value) => Equal(attribute, value.ToByteArray());

    public static LdapFilter AtLeast(string attribute, string value) => new Comparison(Comparator.AtLeast, Checked(attribute), Utf8(value));

    public static LdapFilter AtMost(string attribute, string value) => new Comparison(Comparator.AtMost, Checked(attribute), Utf8(value));

    public static LdapFilter Present(string attribute) => new Presence(Checked(attribute));

    public static LdapFilter StartsWith(string attribute, string value) => new Substrings(Checked(attribute), Utf8(value), [], null);

    public static LdapFilter EndsWith(string attribute, string value) => new Substrings(Checked(attribute), null, [], Utf8(value));

    public static LdapFilter Contains(string attribute, string value) => new Substrings(Checked(attribute), null, [Utf8(value)], null);

    /// <summary>A matching rule by its OID, such as AD's bit rules (…803 all bits, …804 any) and the chain (…1941).</summary>
    public static LdapFilter Matches(string attribute, string rule, string value) => new RuleMatch(Checked(attribute), Checked(rule), Utf8(value));

    /// <summary>By RFC 4515.</summary>
    public sealed override string ToString()
    {
        var text = new StringBuilder();
        Write(text);
        return text.ToString();
    }

    private protected abstract void Write(StringBuilder text);

    private static ReadOnlyMemory<byte> Utf8(string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(value);
        return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetBytes(value);
    }

    private static IReadOnlyList<LdapFilter> NotEmpty(IReadOnlyList<LdapFilter> filters) =>
        filters.Count > 0 ? filters : throw new ArgumentException("A filter of no conditions matches everything or nothing and is never meant.", nameof(filters));

    /// <summary>A name or an OID, perhaps with options. Neither can be escaped in a filter, so nothing else may stand there.</summary>
    private static string Checked(string attribute)
    {
        ArgumentException.ThrowIfNullOrEmpty(attribute);
        return attribute.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '.' or ';')
            ? attribute
            : throw new ArgumentException("An attribute's name has letters, digits and hyphens only.", nameof(attribute));
    }

    private static void WriteValue(StringBuilder text, ReadOnlyMemory<byte> value)
    {
        var decoded = Encoding.UTF8.GetString(value.Span);
        var isText = !decoded.Contains('\ufffd', StringComparison.Ordinal);
        if (!isText)
        {
            foreach (var octet in value.Span)
            {
                text.Append(CultureInfo.InvariantCulture, $"\\{octet:x2}");
            }

            return;
        }

        foreach (var character in decoded)
        {
            _ = character is '*' or '(' or ')' or '\\' || character < ' '
                ? text.Append(CultureInfo.InvariantCulture, $"\\{(int)character:x2}")
                : text.Append(character);
        }
    }

    internal enum Comparator
    {
        Equal,
        AtLeast,
        AtMost,
    }

    internal sealed record AllOf(IReadOnlyList<LdapFilter> Filters) : LdapFilter(1 + Filters.Max(filter => filter.Depth), Filters.Sum(filter => filter.Terms))
    {
        private protected override void Write(StringBuilder text) => WriteList(text, '&', Filters);
    }

    internal sealed record AnyOf(IReadOnlyList<LdapFilter> Filters) : LdapFilter(1 + Filters.Max(filter => filter.Depth), Filters.Sum(filter => filter.Terms))
    {
        private protected override void Write(StringBuilder text) => WriteList(text, '|', Filters);
    }

    internal sealed record Negation(LdapFilter Filter) : LdapFilter(1 + Filter.Depth, Filter.Terms)
    {
        private protected override void Write(StringBuilder text) => WriteList(text, '!', [Filter]);
    }

    internal sealed record Comparison(Comparator Sign, string Attribute, ReadOnlyMemory<byte> Value) : LdapFilter(1, 1)
    {
        private protected override void Write(StringBuilder text)
        {
            text.Append('(').Append(Attribute).Append(Sign switch { Comparator.AtLeast => ">=", Comparator.AtMost => "<=", _ => "=" });
            WriteValue(text, Value);
            text.Append(')');
        }
    }

    internal sealed record Presence(string Attribute) : LdapFilter(1, 1)
    {
        private protected override void Write(StringBuilder text) => text.Append('(').Append(Attribute).Append("=*)");
    }

    internal sealed record Substrings(string Attribute, ReadOnlyMemory<byte>? Initial, IReadOnlyList<ReadOnlyMemory<byte>> Any, ReadOnlyMemory<byte>? Final)
        : LdapFilter(1, 1)
    {
        private protected override void Write(StringBuilder text)
        {
            text.Append('(').Append(Attribute).Append('=');
            WriteValue(text, Initial ?? default);
            foreach (var part in Any)
            {
                text.Append('*');
                WriteValue(text, part);
            }

            text.Append('*');
            WriteValue(text, Final ?? default);
            text.Append(')');
        }
    }

    internal sealed record RuleMatch(string Attribute, string Rule, ReadOnlyMemory<byte> Value) : LdapFilter(1, 1)
    {
        private protected override void Write(StringBuilder text)
        {
            text.Append('(').Append(Attribute).Append(':').Append(Rule).Append(":=");
            WriteValue(text, Value);
            text.Append(')');
        }
    }

    private static void WriteList(StringBuilder text, char sign, IReadOnlyList<LdapFilter> filters)
    {
        text.Append('(').Append(sign);
        foreach (var filter in filters)
        {
            filter.Write(text);
        }

        text.Append(')');
    }
}
