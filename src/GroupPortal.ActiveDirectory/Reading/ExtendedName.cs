using GroupPortal.Core.Directories;
using GroupPortal.Ldap;

namespace GroupPortal.ActiveDirectory.Reading;

/// <summary>
/// A name as <see cref="LdapControls.ExtendedNames"/> brings it, with the identity of the object before it; or without it,
/// where the control was not asked for. So 5,000 members need no 5,000 lookups.
/// </summary>
/// <param name="Dn">In our own escaping, as the server's may differ from one answer to the next.</param>
internal sealed record ExtendedName(Guid? Id, string Dn)
{
    private const string GuidStart = "<GUID=";

    private readonly DistinguishedName? _parsed;

    private ExtendedName(Guid? id, string dn, DistinguishedName? parsed)
        : this(id, dn) => _parsed = parsed;

    /// <summary>The object's own name; the whole text where that cannot be read as a name.</summary>
    public string Name => _parsed?.Name ?? Dn;

    /// <summary>Null where the text is no name.</summary>
    public DistinguishedName? Parsed => _parsed;

    public static ExtendedName Of(LdapName name) => Of(name.ToString());

    public static ExtendedName Of(string text)
    {
        Guid? id = null;
        var rest = text.AsSpan();
        while (rest.StartsWith("<", StringComparison.Ordinal) && rest.IndexOf('>') is > 0 and var end)
        {
            if (rest.StartsWith(GuidStart, StringComparison.OrdinalIgnoreCase) && Guid.TryParse(rest[GuidStart.Length..end], out var found))
            {
                id = found;
            }

            rest = rest[(end + 1)..].TrimStart(';');
        }

        var dn = rest.Length == text.Length ? text : rest.ToString();
        return DistinguishedName.TryParse(dn, out var parsed) ? new ExtendedName(id, parsed.ToString(), parsed) : new ExtendedName(id, dn);
    }
}
