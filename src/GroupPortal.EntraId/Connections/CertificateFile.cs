using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace GroupPortal.EntraId;

/// <summary>The app's certificate with its private key, as PEM (one file, certificate and key) or PFX.</summary>
internal static class CertificateFile
{
    /// <param name="password">Of the key; null for none.</param>
    public static X509Certificate2? Read(string path, string? password, string key, ICollection<string> failures)
    {
        try
        {
            var certificate = IsPem(path)
                ? (password is null ? X509Certificate2.CreateFromPemFile(path) : X509Certificate2.CreateFromEncryptedPemFile(path, password))
                : X509CertificateLoader.LoadPkcs12FromFile(path, password);
            if (certificate.HasPrivateKey)
            {
                return certificate;
            }

            certificate.Dispose();
            failures.Add($"{key}: {path} holds no private key. It needs both, the certificate and its key.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            failures.Add($"{key}: the certificate cannot be read. {exception.Message}");
        }

        return null;
    }

    private static bool IsPem(string path)
    {
        using var reader = new StreamReader(path);
        var start = new char[4096];
        var read = reader.ReadBlock(start);
        return start.AsSpan(0, read).Contains("-----BEGIN", StringComparison.Ordinal);
    }
}
