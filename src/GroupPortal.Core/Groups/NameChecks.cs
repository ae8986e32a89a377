using System.Buffers;
using System.Globalization;
using GroupPortal.Core.Directories;

namespace GroupPortal.Core.Groups;

/// <summary>What is wrong with a name or value by its characters alone. Codes are keys of <c>Problem.*</c>.</summary>
public static class NameChecks
{
    private static readonly SearchValues<char> ForbiddenInAccountName = SearchValues.Create(NamingRules.ForbiddenInAccountName);
    private static readonly SearchValues<char> ForbiddenInMailNickname = SearchValues.Create(NamingRules.ForbiddenInMailNickname);

    /// <summary>The code of what is wrong with a group's name, or null.</summary>
    public static string? WhyNotName(string name)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            return "NameEmpty";
        }

        if (name.Length != name.Trim().Length)
        {
            return "NameBlanks";
        }

        return WhyNotText(name, allowLines: false);
    }

    /// <summary>sAMAccountName (MS-SAMR 3.1.1.6); a trailing $ would pass for a computer's (CVE-2021-42278).</summary>
    public static string? WhyNotAccountName(string name)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            return "AccountNameEmpty";
        }

        if (name.AsSpan().IndexOfAny(ForbiddenInAccountName) >= 0)
        {
            return "AccountNameCharacters";
        }

        if (name[^1] is '.' or '$')
        {
            return "AccountNameEnd";
        }

        return WhyNotText(name, allowLines: false);
    }

    /// <summary>mailNickname: ASCII without blanks, as Graph and Exchange want it.</summary>
    public static string? WhyNotMailNickname(string name)
    {
        if (name.Length == 0)
        {
            return "MailNicknameEmpty";
        }

        var isPlain = name.All(character => char.IsAscii(character) && !char.IsControl(character))
            && name.AsSpan().IndexOfAny(ForbiddenInMailNickname) < 0
            && name[0] != '.' && name[^1] != '.';
        return isPlain ? null : "MailNicknameCharacters";
    }

    /// <summary>A mail address by its outer shape: one @ with something on both sides and no blanks.</summary>
    public static string? WhyNotMail(string address)
    {
        var at = address.IndexOf('@', StringComparison.Ordinal);
        var isShaped = at > 0 && at < address.Length - 1
            && address.IndexOf('@', at + 1) < 0
            && !address.Any(char.IsWhiteSpace);
        return isShaped ? WhyNotText(address, allowLines: false) : "MailShape";
    }

    /// <summary>
    /// Control characters, broken surrogates, and the marks that reorder text on screen (U+202A to 202E, U+2066 to 2069),
    /// with which a name can pass for another.
    /// </summary>
    public static string? WhyNotText(string text, bool allowLines)
    {
        for (var index = 0; index < text.Length; index++)
        {
            var character = text[index];
            if (char.IsControl(character) && !(allowLines && character is '\r' or '\n' or '\t'))
            {
                return character is '\r' or '\n' ? "LineBreak" : "ControlCharacter";
            }

            if (character is (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069'))
            {
                return "ReorderingCharacter";
            }

            if (char.IsSurrogate(character))
            {
                if (!char.IsHighSurrogate(character) || index + 1 >= text.Length || !char.IsLowSurrogate(text[index + 1]))
                {
                    return "BrokenCharacter";
                }

                index++;
            }
        }

        return null;
    }

    /// <summary>How long a name may be in a store, in UTF-16 units.</summary>
    public static int MaximumNameLength(StoreKind kind) =>
        kind == StoreKind.ActiveDirectory ? NamingRules.AdNameLength : NamingRules.EntraNameLength;

    internal static string Invariant(int number) => number.ToString(CultureInfo.InvariantCulture);
}
