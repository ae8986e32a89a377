using System.Text;

namespace GroupPortal.Ldap;

/// <summary>An attribute with its values, as octets: only a schema knows which of them are text.</summary>
/// <param name="Name">The attribute description, with options: <c>member;range=0-1499</c>.</param>
public sealed record LdapAttribute(string Name, IReadOnlyList<ReadOnlyMemory<byte>> Values)
{
    /// <summary>Half a surrogate pair is an error here; replaced, it would be written into the directory as something else.</summary>
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="ArgumentException">A value is no well-formed text.</exception>
    public LdapAttribute(string name, params IEnumerable<string> values)
        : this(name, (IReadOnlyList<ReadOnlyMemory<byte>>)[.. values.Select(value => new ReadOnlyMemory<byte>(Utf8.GetBytes(value)))])
    {
    }

    /// <summary>The values as UTF-8 text; what is no UTF-8 shows U+FFFD.</summary>
    public IEnumerable<string> Texts => Values.Select(value => Encoding.UTF8.GetString(value.Span));
}
