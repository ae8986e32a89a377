using System.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace GroupPortal.Ldap.Connections;

/// <summary>Reads the trusted certificates, at each connection anew: files are replaced while the portal runs.</summary>
internal static class TrustedCertificates
{
    private static readonly string[] Endings = [".pem", ".crt", ".cer"];

    /// <returns>The certificates, null for the system's own; or why they cannot be had.</returns>
    public static (X509Certificate2Collection? Certificates, string? Problem) Load(LdapTrust trust)
    {
        try
        {
            return trust switch
            {
                LdapTrust.OfTheSystem => (null, null),
                LdapTrust.OfFile file => Checked(FromFiles([file.Path]), file.Path),
                LdapTrust.OfFolder folder => Checked(
                    FromFiles(Directory.EnumerateFiles(folder.Path).Where(path => Endings.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase))),
                    folder.Path),
                _ => throw new InvalidOperationException("Unreachable: the hierarchy is closed."),
            };
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or SecurityException or CryptographicException)
        {
            return (null, problem.Message);
        }
    }

    private static X509Certificate2Collection FromFiles(IEnumerable<string> paths)
    {
        var certificates = new X509Certificate2Collection();
        foreach (var path in paths)
        {
            try
            {
                AddFile(certificates, path);
            }
            catch (CryptographicException broken)
            {
                // The platform does not say which file it means.
                throw new CryptographicException($"{path} holds no certificate that can be read: {broken.Message}", broken);
            }
        }

        return certificates;
    }

    private static void AddFile(X509Certificate2Collection certificates, string path)
    {
        var text = File.ReadAllText(path);
        if (text.Contains("-----BEGIN CERTIFICATE-----", StringComparison.Ordinal))
        {
            certificates.ImportFromPem(text);
        }
        else
        {
            certificates.Add(X509CertificateLoader.LoadCertificateFromFile(path));
        }
    }

    private static (X509Certificate2Collection? Certificates, string? Problem) Checked(X509Certificate2Collection certificates, string path) =>
        certificates.Count > 0 ? (certificates, null) : (null, $"There is no certificate in {path}.");
}
