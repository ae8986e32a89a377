using System.Globalization;
using System.Text;
using GroupPortal.Core.Directories;

namespace GroupPortal.Core.Criteria.Languages.Ldap;

/// <summary>Writes values into filters, by RFC 4515 3.</summary>
internal static class LdapValue
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>What would end the value is escaped, and so are blanks at its ends, which readers may drop. Null for what is no Unicode text.</summary>
    public static string? Escaped(string value)
    {
        var text = new StringBuilder(value.Length);
        for (var index = 0; index < value.Length; index++)
        {
            var character = value[index];
            var isAtEnd = index == 0 || index == value.Length - 1;
            if (char.IsSurrogate(character))
            {
                if (index + 1 >= value.Length || !char.IsSurrogatePair(character, value[index + 1]))
                {
                    return null;
                }

                text.Append(character).Append(value[++index]);
            }
            else if (character is '*' or '(' or ')' or '\\' or < ' ' or '\u007f' || (character == ' ' && isAtEnd))
            {
                text.Append(CultureInfo.InvariantCulture, $"\\{(int)character:x2}");
            }
            else
            {
                text.Append(character);
            }
        }

        return text.ToString();
    }

    public static string Escaped(Guid id) => string.Concat(id.ToByteArray().Select(octet => string.Create(CultureInfo.InvariantCulture, $"\\{octet:x2}")));

    /// <summary>A DN as it is; a GUID in the form that Active Directory takes for a DN. Null for what is neither.</summary>
    public static string? Reference(string value) =>
        Guid.TryParse(value, out var id) ? $"<GUID={id}>"
        : DistinguishedName.TryParse(value, out _) ? Escaped(value)
        : null;

    /// <summary>The text of unescaped bytes; null when they are none.</summary>
    public static string? Text(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
