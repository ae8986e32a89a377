using System.Globalization;
using System.Text;

namespace GroupPortal.Core.Criteria.Languages.Ldap;

/// <summary>The value of one clause, as it stands in the filter.</summary>
/// <param name="Parts">Unescaped, split at the stars.</param>
/// <param name="Bytes">The whole value where there are no stars.</param>
/// <param name="IsRight">Nothing in it was reported.</param>
internal sealed record LdapRawValue(IReadOnlyList<string> Parts, byte[] Bytes, int Start, int Length, bool IsRight)
{
    public bool HasStar => Parts.Count > 1;
}

/// <summary>Reads a value up to the parenthesis that ends its clause, by RFC 4515 3.</summary>
internal static class LdapValueReader
{
    /// <summary>Bytes that are no text are kept as they are when <paramref name="isBinary"/>.</summary>
    public static LdapRawValue Read(string text, ref int position, bool isBinary, ProblemList problems)
    {
        var start = position;
        var isRight = true;
        var parts = new List<string>();
        var bytes = new List<byte>();
        var (partStart, nested) = (start, 0);
        for (; position < text.Length; position++)
        {
            var character = text[position];
            if (character == ')' && nested == 0)
            {
                break;
            }

            if (character == '*')
            {
                isRight &= EndPart(position);
                partStart = position + 1;
            }
            else if (character == '\\')
            {
                if (position + 2 < text.Length && byte.TryParse(text.AsSpan(position + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var octet))
                {
                    bytes.Add(octet);
                    position += 2;
                }
                else
                {
                    isRight = false;
                    var length = Math.Min(3, text.Length - position);
                    problems.Report("LdapEscape", position, length, [text.Substring(position, length)]);
                }
            }
            else
            {
                nested += character switch { '(' => 1, ')' => -1, _ => 0 };
                if (character is '(' or '\0')
                {
                    isRight = false;
                    problems.Report("LdapCharacter", position, 1, [character.ToString(), character == '(' ? "\\28" : "\\00"]);
                }

                AppendUtf8(bytes, text, ref position);
            }
        }

        var whole = bytes.ToArray();
        isRight &= EndPart(position);
        return new LdapRawValue(parts, whole, start, position - start, isRight);

        bool EndPart(int end)
        {
            var value = LdapValue.Text(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(bytes));
            if (value is null && !isBinary)
            {
                problems.Report("LdapNotText", partStart, end - partStart, []);
            }

            parts.Add(value ?? string.Empty);
            bytes.Clear();
            return value is not null || isBinary;
        }
    }

    /// <summary>A half of a pair becomes bytes that no text has.</summary>
    private static void AppendUtf8(List<byte> bytes, string text, ref int position)
    {
        if (Rune.TryGetRuneAt(text, position, out var rune))
        {
            Span<byte> encoded = stackalloc byte[4];
            bytes.AddRange(encoded[..rune.EncodeToUtf8(encoded)]);
            position += rune.Utf16SequenceLength - 1;
        }
        else
        {
            bytes.Add(0xff);
        }
    }
}
