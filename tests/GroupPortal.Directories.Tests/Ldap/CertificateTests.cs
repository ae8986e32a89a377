using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using GroupPortal.Directories.Tests.Ldap.Recording;
using GroupPortal.Directories.Tests.Ldap.Support;
using GroupPortal.Ldap;

namespace GroupPortal.Directories.Tests.Ldap;

/// <summary>Which certificates are trusted, for which names, and what is said about those that are not.</summary>
public sealed class CertificateTests
{
    [Theory]
    [InlineData("127.0.0.1", LdapSecurity.Ldaps)]
    [InlineData("localhost", LdapSecurity.Ldaps)]
    [InlineData("127.0.0.1", LdapSecurity.StartTls)]
    [InlineData("localhost", LdapSecurity.StartTls)]
    public async Task A_server_is_trusted_by_name_and_by_address(string host, LdapSecurity security) => Assert.Null(await FaultAsync(TestCertificates.Good, host, security: security));

    [Fact]
    public async Task A_folder_may_hold_the_authority_among_other_files()
    {
        var folder = TestCertificates.Folder();
        File.Copy(TestCertificates.Issue().AuthorityFile, Path.Combine(folder, "other.crt"));
        File.Copy(TestCertificates.Good.AuthorityFile, Path.Combine(folder, "right.PEM"));
        await File.WriteAllTextAsync(Path.Combine(folder, "README"), "no certificate");

        Assert.Null(await FaultAsync(TestCertificates.Good, trust: new LdapTrust.OfFolder(folder)));
    }

    [Fact]
    public async Task A_binary_file_is_read_too()
    {
        using var root = X509CertificateLoader.LoadCertificateFromFile(TestCertificates.Good.AuthorityFile);
        var file = TestCertificates.File(string.Empty);
        await File.WriteAllBytesAsync(file, root.RawData);

        Assert.Null(await FaultAsync(TestCertificates.Good, trust: new LdapTrust.OfFile(file)));
    }

    [Fact]
    public async Task An_intermediate_that_the_server_sends_leads_to_the_root() => Assert.Null(await FaultAsync(TestCertificates.Issue(hasIntermediate: true)));

    [Fact]
    public async Task An_intermediate_or_the_servers_own_certificate_can_be_trusted_alone()
    {
        var server = TestCertificates.Issue(hasIntermediate: true);

        Assert.Null(await FaultAsync(server, trust: new LdapTrust.OfFile(TestCertificates.File(server.Chain[0].ExportCertificatePem()))));
        Assert.Null(await FaultAsync(server, trust: new LdapTrust.OfFile(TestCertificates.File(server.Certificate.ExportCertificatePem()))));
    }

    [Fact]
    public async Task An_unknown_issuer_is_named()
    {
        var problem = await ProblemAsync<CertificateProblem.Untrusted>(TestCertificates.Issue(), trust: new LdapTrust.OfFile(TestCertificates.Good.AuthorityFile));

        Assert.Equal("CN=Test server", problem.Subject);
        Assert.Equal("CN=Test root", problem.Issuer);
    }

    [Fact]
    public async Task An_issuer_that_is_missing_is_named_too()
    {
        var server = TestCertificates.Issue(hasIntermediate: true);

        var problem = await ProblemAsync<CertificateProblem.Untrusted>(server with { Chain = [] });

        Assert.Equal("CN=Test intermediate", problem.Issuer);
    }

    [Fact]
    public async Task The_system_does_not_trust_a_test() => await ProblemAsync<CertificateProblem.Untrusted>(TestCertificates.Good, trust: new LdapTrust.OfTheSystem());

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    public async Task A_wrong_name_or_address_is_told_with_the_right_ones(string host)
    {
        var other = TestCertificates.Issue(TestCertificates.Names(names =>
        {
            names.AddDnsName("dc.demo.local");
            names.AddIpAddress(IPAddress.Parse("10.1.2.3"));
        }));

        var problem = await ProblemAsync<CertificateProblem.WrongName>(other, host);

        Assert.Equal(host, problem.Wanted);
        Assert.Equal(["dc.demo.local", "10.1.2.3"], problem.Names);
    }

    [Fact]
    public async Task An_address_is_no_name_and_a_name_no_address()
    {
        await ProblemAsync<CertificateProblem.WrongName>(TestCertificates.Issue(TestCertificates.Names(names => names.AddDnsName("localhost"))), "127.0.0.1");
        await ProblemAsync<CertificateProblem.WrongName>(TestCertificates.Issue(TestCertificates.Names(names => names.AddIpAddress(IPAddress.Loopback))), "localhost");
    }

    [Fact]
    public async Task A_certificate_that_is_over_is_told_with_its_date()
    {
        var problem = await ProblemAsync<CertificateProblem.Expired>(TestCertificates.Issue(days: (-30, -2)));

        Assert.Equal(TimeProvider.System.GetUtcNow().AddDays(-2).Date, problem.NotAfter.UtcDateTime.Date, TimeSpan.FromDays(1));
    }

    [Fact]
    public async Task A_certificate_that_is_not_valid_yet_is_told_with_its_date()
    {
        var problem = await ProblemAsync<CertificateProblem.NotYetValid>(TestCertificates.Issue(days: (2, 30)));

        Assert.Equal(TimeProvider.System.GetUtcNow().AddDays(2).Date, problem.NotBefore.UtcDateTime.Date, TimeSpan.FromDays(1));
    }

    [Fact]
    public async Task An_authority_that_is_over_or_not_valid_yet_is_told_as_what_it_is()
    {
        await ProblemAsync<CertificateProblem.Expired>(TestCertificates.Issue(authorityDays: (-30, -2)));
        await ProblemAsync<CertificateProblem.NotYetValid>(TestCertificates.Issue(authorityDays: (2, 30)));
    }

    [Fact]
    public async Task A_certificate_for_something_else_is_not_accepted()
    {
        var clients = TestCertificates.Issue(request =>
        {
            TestCertificates.ForLoopback(request);
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new("1.3.6.1.5.5.7.3.2")], critical: true));
        });

        Assert.NotEmpty((await ProblemAsync<CertificateProblem.Other>(clients)).Status);
    }

    [Theory]
    [InlineData(new byte[] { 0x30, 0x07, 0x87, 0x05, 1, 2, 3, 4, 5 })]
    [InlineData(new byte[] { 0x30, 0x03, 0x82, 0x01, 0xff })]
    [InlineData(new byte[] { 0x30, 0x80 })]
    [InlineData(new byte[] { 0x30, 0x02, 0x82, 0x05 })]
    public async Task Names_that_cannot_be_read_are_a_problem_and_not_a_crash(byte[] names)
    {
        var broken = TestCertificates.Issue(request => request.CertificateExtensions.Add(new X509Extension("2.5.29.17", names, critical: false)));

        var fault = await FaultAsync(broken);

        Assert.Equal(LdapFaultKind.Certificate, fault!.Kind);
        Assert.NotEmpty(fault.Message);
    }

    [Fact]
    public async Task Nothing_is_fetched_because_a_certificate_says_so()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        var port = ((IPEndPoint)listener.LocalEndPoint!).Port;
        var asked = listener.AcceptAsync();
        var luring = TestCertificates.Issue(
            request =>
            {
                TestCertificates.ForLoopback(request);
                request.CertificateExtensions.Add(new X509AuthorityInformationAccessExtension([], [$"http://127.0.0.1:{port}/issuer.crt"]));
            },
            hasIntermediate: true) with { Chain = [] };

        await ProblemAsync<CertificateProblem.Untrusted>(luring);
        await ProblemAsync<CertificateProblem.Untrusted>(luring, trust: new LdapTrust.OfTheSystem());

        Assert.False(asked.IsCompleted);
    }

    [Fact]
    public async Task Trust_that_cannot_be_read_is_told_with_its_place()
    {
        var empty = TestCertificates.Folder();
        var broken = TestCertificates.File("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        LdapTrust[] all =
        [
            new LdapTrust.OfFolder(empty),
            new LdapTrust.OfFolder(Path.Combine(empty, "missing")),
            new LdapTrust.OfFile(Path.Combine(empty, "missing.pem")),
            new LdapTrust.OfFile(empty),
            new LdapTrust.OfFile(broken),
            new LdapTrust.OfFolder(Path.GetDirectoryName(broken)!),
            new LdapTrust.OfFile(TestCertificates.File("hello")),
            new LdapTrust.OfFile(TestCertificates.File(string.Empty)),
        ];

        foreach (var trust in all)
        {
            var fault = await FaultAsync(TestCertificates.Good, trust: trust);
            Assert.Equal(LdapFaultKind.Trust, fault!.Kind);
            Assert.Contains(trust is LdapTrust.OfFile file ? file.Path : ((LdapTrust.OfFolder)trust).Path, fault.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_file_that_is_replaced_counts_from_the_next_connection_on()
    {
        var file = TestCertificates.File(await File.ReadAllTextAsync(TestCertificates.Issue().AuthorityFile));
        Assert.Equal(LdapFaultKind.Certificate, (await FaultAsync(TestCertificates.Good, trust: new LdapTrust.OfFile(file)))!.Kind);

        File.Copy(TestCertificates.Good.AuthorityFile, file, overwrite: true);

        Assert.Null(await FaultAsync(TestCertificates.Good, trust: new LdapTrust.OfFile(file)));
    }

    [Theory]
    [InlineData(LdapSecurity.Ldaps)]
    [InlineData(LdapSecurity.StartTls)]
    public async Task The_password_is_never_sent_to_a_server_that_is_not_trusted(LdapSecurity security)
    {
        await using var server = RecordingServer.Start(security, TestCertificates.Issue(days: (-30, -2)));
        await using var client = new LdapClient(server.Options, TimeProvider.System);

        Assert.IsType<LdapAnswer.NotSent>((await client.SearchAsync(Operation.AnySearch, CancellationToken.None)).Answer);

        await Condition.HoldsAsync(() => server.Open == 0);
        Assert.DoesNotContain(server.Operations, sent => sent is LdapRequest.Bind);
    }

    private static async Task<T> ProblemAsync<T>(ServerCertificate certificate, string host = "127.0.0.1", LdapTrust? trust = null)
        where T : CertificateProblem
    {
        var fault = await FaultAsync(certificate, host, trust);
        Assert.Equal(LdapFaultKind.Certificate, fault?.Kind);
        Assert.NotEmpty(fault!.Message);
        return Assert.IsType<T>(fault.Certificate);
    }

    private static async Task<LdapFault?> FaultAsync(
        ServerCertificate certificate, string host = "127.0.0.1", LdapTrust? trust = null, LdapSecurity security = LdapSecurity.Ldaps)
    {
        await using var server = RecordingServer.Start(security, certificate);
        var options = server.Options with { Servers = [new LdapServer(host, server.Port, security)] };
        await using var client = new LdapClient(trust is null ? options : options with { Trust = trust }, TimeProvider.System);
        return (await client.SearchAsync(Operation.AnySearch, CancellationToken.None)).Answer switch
        {
            LdapAnswer.NotSent notSent => notSent.Fault,
            LdapAnswer.Answered => null,
            var other => throw new InvalidOperationException(other.ToString()),
        };
    }
}
