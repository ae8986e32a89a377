using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using GroupPortal.Core.Directories;

namespace GroupPortal.Core.Groups;

/// <summary>What one store's administrators ask of new names.</summary>
/// <param name="Prefix">Put before the name that was typed, unless it is there already; empty for none.</param>
/// <param name="Pattern">A .NET regular expression that the whole name must match; empty for none.</param>
/// <param name="PatternHint">The pattern in words, shown when a name does not match.</param>
/// <param name="RequiredFields">Attributes that a new group must have: <c>description</c>.</param>
public sealed record NamingRules(
    string Prefix = "",
    string Pattern = "",
    string PatternHint = "",
    IReadOnlyList<string>? RequiredFields = null)
{
    /// <summary>Lengths in UTF-16 units: cn 64 and group sAMAccountName 256 (AD schema), displayName 256 (Graph), mailNickname 64.</summary>
    public const int AdNameLength = 64;
    public const int EntraNameLength = 256;
    public const int AccountNameLength = 256;
    public const int MailNicknameLength = 64;

    /// <summary>Characters that sAMAccountName may not contain (MS-SAMR 3.1.1.6, as measured).</summary>
    public const string ForbiddenInAccountName = "\"/\\[]:;|=,+*?<>";

    /// <summary>Characters that Graph refuses in mailNickname, beside all that is not ASCII.</summary>
    public const string ForbiddenInMailNickname = "@()\\[]\";:<>, ";

    private static readonly TimeSpan PatternTimeout = TimeSpan.FromMilliseconds(200);

    /// <summary>The full name that results from a typed one.</summary>
    public string NameFor(string typed)
    {
        var name = typed.Trim();
        return name.Length == 0 || name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? name : Prefix + name;
    }

    /// <summary>All names that a new group would get from a typed one: what the wizard shows while somebody types.</summary>
    public ResultingNames Preview(string typed)
    {
        var name = NameFor(typed);
        return new ResultingNames(name, AccountNameFor(name), MailNicknameFor(name));
    }

    /// <summary>Whether the pattern, if there is one, matches the whole name.</summary>
    public bool Matches(string name)
    {
        if (Pattern.Length == 0)
        {
            return true;
        }

        try
        {
            return Regex.IsMatch(name, $"\\A(?:{Pattern})\\z", RegexOptions.CultureInvariant, PatternTimeout);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    /// <summary>The pre-Windows-2000 name: the name without what that form may not contain.</summary>
    public static string AccountNameFor(string name)
    {
        var text = new StringBuilder(name.Length);
        foreach (var character in name)
        {
            if (!char.IsControl(character) && !ForbiddenInAccountName.Contains(character, StringComparison.Ordinal))
            {
                text.Append(character);
            }
        }

        return Cut(text.ToString(), AccountNameLength).Trim().TrimEnd('.');
    }

    /// <summary>The mail nickname: letters without their accents, digits and <c>.-_</c>; empty when nothing is left.</summary>
    public static string MailNicknameFor(string name)
    {
        var text = new StringBuilder(name.Length);
        foreach (var character in name.Normalize(NormalizationForm.FormD))
        {
            if (char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.')
            {
                text.Append(character);
            }
            else if (CharUnicodeInfo.GetUnicodeCategory(character) == UnicodeCategory.SpaceSeparator && text.Length > 0 && text[^1] != '-')
            {
                text.Append('-');
            }
        }

        return Cut(text.ToString(), MailNicknameLength).Trim('.', '-');
    }

    /// <summary>Cut to a length without cutting a character that takes two units in half.</summary>
    private static string Cut(string text, int length) =>
        text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
}

/// <summary>The names of a group to be.</summary>
public sealed record ResultingNames(string Name, string AccountName, string MailNickname);
