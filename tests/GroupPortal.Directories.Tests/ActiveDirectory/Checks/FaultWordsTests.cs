using GroupPortal.ActiveDirectory;
using GroupPortal.Core.Directories;
using GroupPortal.Ldap;

namespace GroupPortal.Directories.Tests.ActiveDirectory.Checks;

public sealed class FaultWordsTests
{
    public static TheoryData<string, string> Certificates => new()
    {
        { nameof(CertificateProblem.WrongName), "The certificate is not for dc1. It is for: dc1.example.com, 10.0.0.1." },
        { nameof(CertificateProblem.Expired), "The certificate ended on 2026-03-14 15:09 UTC." },
        { nameof(CertificateProblem.NotYetValid), "The certificate is valid only from 2026-03-14 15:09 UTC." },
        { nameof(CertificateProblem.Untrusted), "The certificate of CN=dc1 was issued by CN=Example CA, which is not trusted here." },
    };

    [Theory]
    [MemberData(nameof(Certificates))]
    public void What_is_wrong_with_a_certificate_is_said_with_its_particulars(string problem, string told)
    {
        var at = new DateTimeOffset(2026, 3, 14, 16, 9, 26, TimeSpan.FromHours(1));
        CertificateProblem certificate = problem switch
        {
            nameof(CertificateProblem.WrongName) => new CertificateProblem.WrongName("dc1", ["dc1.example.com", "10.0.0.1"]),
            nameof(CertificateProblem.Expired) => new CertificateProblem.Expired(at),
            nameof(CertificateProblem.NotYetValid) => new CertificateProblem.NotYetValid(at),
            _ => new CertificateProblem.Untrusted("CN=dc1", "CN=Example CA"),
        };

        var step = FaultWords.StepOf("ldaps://dc1:636", "Certificate", new LdapFault(LdapFaultKind.Certificate, "ldaps://dc1:636", "raw") { Certificate = certificate });

        Assert.Equal((CheckStatus.Failed, told), (step.Status, step.Found));
        Assert.NotEmpty(step.Advice!);
    }

    [Theory]
    [InlineData("525", "There is no account of this name.")]
    [InlineData("52e", "The name or the password of the service account is wrong.")]
    [InlineData("532", "The password of the service account has expired.")]
    [InlineData("775", "The service account is locked out after wrong passwords.")]
    [InlineData("531", "The service account may not sign in at this time, or from this computer.")]
    public void Whoever_set_the_account_up_is_told_all_that_the_server_said(string data, string told) =>
        Assert.Equal(told, FaultWords.StepOf(null, "Account", new LdapResult(LdapResultCode.InvalidCredentials, "", $"AcceptSecurityContext error, data {data}, v1db1")).Found);
}
