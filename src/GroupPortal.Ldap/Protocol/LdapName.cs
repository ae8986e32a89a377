using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace GroupPortal.Ldap;

/// <summary>
/// The name of an entry as a request carries it. Made from what a server sent, from an object's GUID, or by whoever owns the
/// parsing and escaping of names (RFC 4514) through <see cref="FromEscaped"/>; never put together from parts here.
/// </summary>
public readonly record struct LdapName
{
    /// <summary>Longer names are refused before anything is sent.</summary>
    public const int MaximumLength = 8192;

    private readonly string? _text;

    private LdapName(string text) => _text = text;

    /// <summary>The server itself (RFC 4512 5.1).</summary>
    public static LdapName RootDse { get; } = new(string.Empty);

    /// <summary>Active Directory's name of an object by its identity ([MS-ADTS] 3.1.1.3.1.2.4). Not good for a rename: that answers 32.</summary>
    public static LdapName FromGuid(Guid id) => new($"<GUID={id:D}>");

    /// <summary>A name that is escaped already (RFC 4514).</summary>
    /// <exception cref="ArgumentException">It is empty, too long, or holds a character no escaped name has.</exception>
    public static LdapName FromEscaped(string text) =>
        TryFromEscaped(text, out var name) ? name : throw new ArgumentException("The text is no escaped distinguished name.", nameof(text));

    public static bool TryFromEscaped([NotNullWhen(true)] string? text, out LdapName name)
    {
        name = default;
        if (string.IsNullOrEmpty(text) || text.Length > MaximumLength || text.Contains('\0', StringComparison.Ordinal) || !IsWellFormed(text))
        {
            return false;
        }

        name = new LdapName(text);
        return true;
    }

    /// <summary>As the server sent it, whatever that is.</summary>
    internal static LdapName FromServer(string text) => new(text);

    public override string ToString() => _text ?? string.Empty;

    private static bool IsWellFormed(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out _, out var length) != OperationStatus.Done)
            {
                return false;
            }

            text = text[length..];
        }

        return true;
    }
}
