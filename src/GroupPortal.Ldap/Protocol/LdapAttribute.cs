using System.Text;

namespace GroupPortal.Ldap;

/// <summary>An attribute with its values, as octets: only a schema knows which of them are text.</summary>
/// <param name="Name">The attribute description, with options: <c>member;range=0-1499</c>.</param>
public sealed record LdapAttribute(string Name, IReadOnlyList<ReadOnlyMemory<byte>> Values)
{
    public LdapAttribute(string name, params IEnumerable<string> values)
        : this(name, (IReadOnlyList<ReadOnlyMemory<byte>>)[.. values.Select(value => new ReadOnlyMemory<byte>(Encoding.UTF8.GetBytes(value)))])
    {
    }

    /// <summary>The values as UTF-8 text; what is no UTF-8 shows U+FFFD.</summary>
    public IEnumerable<string> Texts => Values.Select(value => Encoding.UTF8.GetString(value.Span));
}
