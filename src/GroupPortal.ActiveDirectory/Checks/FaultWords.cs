using System.Globalization;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Resources;
using GroupPortal.Ldap;

namespace GroupPortal.ActiveDirectory;

/// <summary>What a fault means to whoever set the connection up: what was found, and what to do now.</summary>
internal static class FaultWords
{
    /// <summary>A step that ended with a fault, under the name of the part that failed.</summary>
    public static CheckStep StepOf(string? subject, string name, LdapFault fault) =>
        new(subject, name, CheckStatus.Failed, FoundOf(fault), AdviceOf(fault)) { ServerText = fault.Result?.Message is { Length: > 0 } said ? said : fault.Message };

    /// <summary>A step about a bind that was answered.</summary>
    public static CheckStep StepOf(string? subject, string name, LdapResult result)
    {
        if (result.IsSuccess)
        {
            return new CheckStep(subject, name, CheckStatus.Ok, Texts.Format("Check.Bind.Right"));
        }

        // The general answers hide whether the name exists; the account's own administrator may know what 525 says.
        var outcome = BindAnswer.Decode(result);
        var key = BindAnswer.DataOf(result.Message) == "525" ? "Unknown"
            : result.Code is LdapResultCode.StrongerAuthRequired or LdapResultCode.ConfidentialityRequired ? "Stronger"
            : outcome is BindOutcome.Unreachable ? "Other"
            : outcome.ToString();
        return new CheckStep(subject, name, CheckStatus.Failed, Texts.Format($"Check.Bind.{key}"), Texts.Format($"Check.Bind.{key}.Advice")) { ServerText = ServerTextOf(result) };
    }

    public static string ServerTextOf(LdapResult result) =>
        string.Create(CultureInfo.InvariantCulture, $"{(int)result.Code} {result.Code}: {result.Message.TrimEnd('\0', '\n', ' ')}");

    private static string FoundOf(LdapFault fault) => fault.Certificate switch
    {
        CertificateProblem.WrongName(var wanted, var names) => Texts.Format("Check.Certificate.WrongName", wanted, names.Count > 0 ? string.Join(", ", names) : Texts.Format("Check.None")),
        CertificateProblem.Expired(var end) => Texts.Format("Check.Certificate.Expired", DayOf(end)),
        CertificateProblem.NotYetValid(var start) => Texts.Format("Check.Certificate.NotYetValid", DayOf(start)),
        CertificateProblem.Untrusted(var subject, var issuer) => Texts.Format("Check.Certificate.Untrusted", subject, issuer),
        CertificateProblem.Other(var status) => Texts.Format("Check.Certificate.Other", status),
        _ => Texts.Format($"Check.Fault.{fault.Kind}"),
    };

    private static string AdviceOf(LdapFault fault) => fault.Certificate switch
    {
        null => Texts.Format($"Check.Fault.{fault.Kind}.Advice"),
        var problem => Texts.Format($"Check.Certificate.{problem.GetType().Name}.Advice"),
    };

    private static string DayOf(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
