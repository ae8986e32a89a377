using System.Text.RegularExpressions;
using GroupPortal.Ldap;

namespace GroupPortal.ActiveDirectory;

/// <summary>Reads the answer to a bind: code 49 with a Windows error as <c>data 52e</c> in its text ([MS-ADTS] 5.1.1.1, MS-ERREF 2.2).</summary>
internal static partial class BindAnswer
{
    public static BindOutcome Decode(LdapAnswer answer) => answer switch
    {
        LdapAnswer.Answered(var result) => Decode(result),
        LdapAnswer.NotSent({ Kind: LdapFaultKind.Bind, Result: { } result }) => Decode(result),
        // On a connection of its own the bind is all that is sent: where it broke after the greeting, the password may have been counted.
        LdapAnswer.NotSent({ Kind: LdapFaultKind.TimedOut or LdapFaultKind.Closed or LdapFaultKind.BadAnswer or LdapFaultKind.Cancelled }) => BindOutcome.Unanswered,
        LdapAnswer.NotSent => BindOutcome.Unreachable,
        _ => BindOutcome.Unanswered,
    };

    public static BindOutcome Decode(LdapResult result) => result.Code switch
    {
        LdapResultCode.Success => BindOutcome.Right,
        LdapResultCode.InvalidCredentials => DataOf(result.Message) switch
        {
            // Not at this time; not at this workstation.
            "530" or "531" => BindOutcome.NotPermittedNow,
            "532" => BindOutcome.PasswordExpired,
            "533" => BindOutcome.Disabled,
            "701" => BindOutcome.AccountExpired,
            "773" => BindOutcome.MustChangePassword,
            "775" => BindOutcome.LockedOut,
            // 525 (no such user), 52e, and whatever else a server may say.
            _ => BindOutcome.Wrong,
        },
        LdapResultCode.NoSuchObject or LdapResultCode.InvalidDNSyntax or LdapResultCode.InappropriateAuthentication => BindOutcome.Wrong,
        _ => BindOutcome.Unreachable,
    };

    /// <summary>The Windows error of a refused bind in hexadecimal digits, or null.</summary>
    public static string? DataOf(string message) =>
        Data().Match(message) is { Success: true } match ? match.Groups["code"].Value.ToLowerInvariant() : null;

    [GeneratedRegex(@"\bdata (?<code>[0-9a-f]{1,8})\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Data();
}
