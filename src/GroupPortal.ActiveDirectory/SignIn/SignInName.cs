using System.Text;
using GroupPortal.Core.Directories;

namespace GroupPortal.ActiveDirectory;

/// <summary>A name as people type it: <c>ada</c>, <c>EXAMPLE\ada</c> or <c>ada@example.com</c>.</summary>
/// <param name="Local">The part without a domain.</param>
/// <param name="Domain">What stands before the backslash; null when nothing does.</param>
/// <param name="Principal">The whole name when it has an @, else null.</param>
internal sealed record SignInName(string Local, string? Domain, string? Principal)
{
    public const int MaximumLength = 256;

    /// <summary>Null for what no account is called.</summary>
    public static SignInName? Parse(string text)
    {
        text = text.Trim();
        // Half a surrogate pair has no UTF-8, in which names are sent.
        if (text.Length is 0 or > MaximumLength || text.EnumerateRunes().Any(rune => Rune.IsControl(rune) || rune == Rune.ReplacementChar))
        {
            return null;
        }

        var backslash = text.IndexOf('\\', StringComparison.Ordinal);
        if (backslash >= 0)
        {
            var (domain, account) = (text[..backslash].Trim(), text[(backslash + 1)..].Trim());
            return domain.Length == 0 || account.Length == 0 || account.Contains('\\', StringComparison.Ordinal) ? null : new SignInName(account, domain, null);
        }

        var at = text.LastIndexOf('@');
        return at < 0 ? new SignInName(text, null, null)
            : at == 0 || at == text.Length - 1 ? null
            : new SignInName(text[..at], null, text);
    }

    /// <summary>Whether the account name alone may stand for it: the part after the @ is the domain's own name.</summary>
    public bool IsOf(string dnsName) => Principal is null || string.Equals(Principal[(Local.Length + 1)..], dnsName, StringComparison.OrdinalIgnoreCase);

    /// <summary>The same for every spelling of one name, so that guessing at a name that does not exist is counted as at one that does.</summary>
    public string Key => Folding.ActiveDirectory.Fold(Local);
}
