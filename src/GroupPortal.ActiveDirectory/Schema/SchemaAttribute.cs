using GroupPortal.Core.Groups;
using GroupPortal.Ldap;

namespace GroupPortal.ActiveDirectory.Schema;

/// <summary>An attributeSchema object, as far as the catalog asks.</summary>
/// <param name="Syntax">Null for octets, SIDs and security descriptors, which no form and no request can hold.</param>
internal sealed record SchemaAttribute(string Name, AttributeSyntax? Syntax)
{
    private const int Indexed = 1;
    private const int Constructed = 4;

    public static readonly IReadOnlyList<string> Attributes =
        ["lDAPDisplayName", "attributeSyntax", "isSingleValued", "rangeUpper", "systemOnly", "systemFlags", "linkID", "searchFlags"];

    public bool IsSingleValued { get; init; }

    public int? RangeUpper { get; init; }

    /// <summary>The server writes it itself, or works it out.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>Forward and back links are references with rules of their own, never plain values.</summary>
    public bool IsLink { get; init; }

    public bool IsIndexed { get; init; }

    public static SchemaAttribute? Of(LdapEntry entry)
    {
        if (entry.Text("lDAPDisplayName") is not { Length: > 0 } name)
        {
            return null;
        }

        return new SchemaAttribute(name, SyntaxOf(entry.Text("attributeSyntax")))
        {
            IsSingleValued = IsTrue(entry.Text("isSingleValued")),
            RangeUpper = entry.Number("rangeUpper") is > 0 and <= int.MaxValue and var upper ? (int)upper : null,
            IsReadOnly = IsTrue(entry.Text("systemOnly")) || ((entry.Number("systemFlags") ?? 0) & Constructed) != 0,
            IsLink = entry.Number("linkID") is not null and not 0,
            IsIndexed = ((entry.Number("searchFlags") ?? 0) & Indexed) != 0,
        };
    }

    /// <summary>[MS-ADTS] 3.1.1.2.2.2.</summary>
    private static AttributeSyntax? SyntaxOf(string? oid) => oid switch
    {
        "2.5.5.1" or "2.5.5.7" or "2.5.5.14" => AttributeSyntax.Reference,
        "2.5.5.2" or "2.5.5.3" or "2.5.5.4" or "2.5.5.5" or "2.5.5.6" or "2.5.5.12" => AttributeSyntax.Text,
        "2.5.5.8" => AttributeSyntax.Boolean,
        "2.5.5.9" or "2.5.5.16" => AttributeSyntax.Number,
        "2.5.5.11" => AttributeSyntax.Time,
        _ => null,
    };

    private static bool IsTrue(string? text) => string.Equals(text, "TRUE", StringComparison.OrdinalIgnoreCase);
}
