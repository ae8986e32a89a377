using System.Globalization;
using System.Text;

namespace GroupPortal.Ldap;

/// <summary>An entry that a search found. An attribute that may not be read is absent, as one without values is.</summary>
public sealed record LdapEntry(LdapName Name, IReadOnlyList<LdapAttribute> Attributes)
{
    /// <summary>The attribute of that name, options and all; null when the server sent none.</summary>
    public LdapAttribute? this[string name]
    {
        get
        {
            foreach (var attribute in Attributes)
            {
                if (string.Equals(attribute.Name, name, StringComparison.OrdinalIgnoreCase))
                {
                    return attribute;
                }
            }

            return null;
        }
    }

    /// <summary>The first value as text, or null.</summary>
    public string? Text(string name) => this[name] is { Values: [var first, ..] } ? Encoding.UTF8.GetString(first.Span) : null;

    /// <summary>All values as text; none when the server sent none.</summary>
    public IReadOnlyList<string> Texts(string name) => this[name] is { } attribute ? [.. attribute.Texts] : [];

    /// <summary>The first value as a decimal number, or null.</summary>
    public long? Number(string name) =>
        long.TryParse(Text(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The first value as a GUID of 16 octets, mixed-endian as Active Directory keeps it, or null.</summary>
    public Guid? Guid(string name) => this[name] is { Values: [{ Length: 16 } first, ..] } ? new Guid(first.Span) : null;

    /// <summary>The first value's octets, or null.</summary>
    public ReadOnlyMemory<byte>? Octets(string name) => this[name] is { Values: [var first, ..] } ? first : default(ReadOnlyMemory<byte>?);
}
