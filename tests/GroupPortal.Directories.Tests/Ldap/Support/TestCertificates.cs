using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using GroupPortal.TestDirectories.Processes;

namespace GroupPortal.Directories.Tests.Ldap.Support;

/// <param name="Chain">What the server sends besides its own.</param>
/// <param name="AuthorityFile">The root as PEM.</param>
internal sealed record ServerCertificate(X509Certificate2 Certificate, IReadOnlyList<X509Certificate2> Chain, string AuthorityFile);

/// <summary>Certificates with one thing wrong, or none; their files go when the process does.</summary>
internal static class TestCertificates
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();
    private static readonly OwnedFolder Owned = OwnedFolder.Reserve("certificates").Folder;
    private static readonly Lazy<ServerCertificate> TheGood = new(() => Issue());

    static TestCertificates()
    {
        Directory.CreateDirectory(Owned.Path);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Owned.Dispose();
    }

    public static ServerCertificate Good => TheGood.Value;

    public static Action<CertificateRequest> ForLoopback { get; } = Names(names =>
    {
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
    });

    public static Action<CertificateRequest> Names(Action<SubjectAlternativeNameBuilder> add) => request =>
    {
        var names = new SubjectAlternativeNameBuilder();
        add(names);
        request.CertificateExtensions.Add(names.Build());
    };

    /// <summary>A folder of its own, empty.</summary>
    public static string Folder() => Directory.CreateDirectory(Path.Combine(Owned.Path, Guid.NewGuid().ToString("N"))).FullName;

    public static string File(string content)
    {
        var path = Path.Combine(Folder(), "trusted.pem");
        System.IO.File.WriteAllText(path, content);
        return path;
    }

    /// <param name="shape">Adds the names and whatever else; by default those of loopback.</param>
    /// <param name="days">From and until, in days from now, for the server's; and for the authority's.</param>
    public static ServerCertificate Issue(
        Action<CertificateRequest>? shape = null, (int From, int Until)? days = null, (int From, int Until)? authorityDays = null, bool hasIntermediate = false)
    {
        var authority = authorityDays ?? (-1000, 1000);
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var root = Authority("CN=Test root", rootKey).CreateSelfSigned(Now.AddDays(authority.From), Now.AddDays(authority.Until));
        var issuer = root;
        List<X509Certificate2> chain = [];
        if (hasIntermediate)
        {
            using var middleKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            using var middle = Authority("CN=Test intermediate", middleKey).Create(root, Now.AddDays(authority.From), Now.AddDays(authority.Until), RandomNumberGenerator.GetBytes(8));
            chain.Add(X509CertificateLoader.LoadCertificate(middle.RawData));
            issuer = middle.CopyWithPrivateKey(middleKey);
        }

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Test server", key, HashAlgorithmName.SHA256);
        (shape ?? ForLoopback)(request);
        var (from, until) = days ?? (-1, 365);
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(issuer, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        // Signed beside the issuer's own dates, which CertificateRequest.Create(issuer) would insist on.
        using var issued = request.Create(
            issuer.SubjectName, X509SignatureGenerator.CreateForECDsa(issuer.GetECDsaPrivateKey()!), Now.AddDays(from), Now.AddDays(until), RandomNumberGenerator.GetBytes(8));
        var file = File(root.ExportCertificatePem());
        return new ServerCertificate(issued.CopyWithPrivateKey(key), chain, file);
    }

    private static CertificateRequest Authority(string name, ECDsa key)
    {
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        // All authorities here have one name; only their keys tell them apart.
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return request;
    }
}
