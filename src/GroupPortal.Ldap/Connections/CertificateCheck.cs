using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace GroupPortal.Ldap.Connections;

/// <summary>
/// Judges a server's certificate: made for this host, valid now, and issued by somebody trusted. Revocation is not asked
/// for: it would need other servers.
/// </summary>
internal static class CertificateCheck
{
    private static readonly Oid ServerAuthentication = new("1.3.6.1.5.5.7.3.1");

    /// <param name="trusted">Which roots are trusted; null for the system's.</param>
    /// <returns>What is wrong first of all (name, then date, then chain), or null.</returns>
    public static CertificateProblem? ProblemOf(
        X509Certificate2 certificate, X509Certificate2Collection sent, string host, X509Certificate2Collection? trusted, DateTimeOffset now)
    {
        try
        {
            return FirstProblemOf(certificate, sent, host, trusted, now);
        }
        catch (Exception unreadable) when (unreadable is CryptographicException or ArgumentException or InvalidOperationException)
        {
            // Names that are no names, dates beyond all calendars: whoever made it decides what stands in it.
            return new CertificateProblem.Other($"The certificate cannot be read: {unreadable.Message}");
        }
    }

    /// <summary>Nothing is fetched from anywhere: neither revocation lists nor missing issuers.</summary>
    public static X509ChainPolicy PolicyFor(X509Certificate2Collection sent, X509Certificate2Collection? trusted, DateTimeOffset now)
    {
        var policy = new X509ChainPolicy
        {
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
            VerificationTime = now.UtcDateTime,
        };
        policy.ApplicationPolicy.Add(ServerAuthentication);
        policy.ExtraStore.AddRange(sent);
        if (trusted is not null)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.AddRange(trusted);
        }

        return policy;
    }

    private static CertificateProblem? FirstProblemOf(
        X509Certificate2 certificate, X509Certificate2Collection sent, string host, X509Certificate2Collection? trusted, DateTimeOffset now)
    {
        if (!certificate.MatchesHostname(host, allowWildcards: true, allowCommonName: true))
        {
            return new CertificateProblem.WrongName(host, NamesOf(certificate));
        }

        if (now > EndOf(certificate))
        {
            return new CertificateProblem.Expired(EndOf(certificate));
        }

        var beginning = BeginningOf(certificate);
        return now < beginning ? new CertificateProblem.NotYetValid(beginning) : ProblemOfChain(certificate, sent, trusted, now);
    }

    public static string Describe(CertificateProblem problem) => problem switch
    {
        CertificateProblem.WrongName wrong => $"The certificate was made for {string.Join(", ", wrong.Names)}, not for {wrong.Wanted}.",
        CertificateProblem.Expired expired => string.Create(CultureInfo.InvariantCulture, $"The certificate expired on {expired.NotAfter:yyyy-MM-dd}."),
        CertificateProblem.NotYetValid early => string.Create(CultureInfo.InvariantCulture, $"The certificate is valid from {early.NotBefore:yyyy-MM-dd} on."),
        CertificateProblem.Untrusted untrusted => $"The certificate of {untrusted.Subject} was issued by {untrusted.Issuer}, which is not trusted.",
        CertificateProblem.Other other => other.Status,
        _ => throw new InvalidOperationException("Unreachable: the hierarchy is closed."),
    };

    private static CertificateProblem? ProblemOfChain(
        X509Certificate2 certificate, X509Certificate2Collection sent, X509Certificate2Collection? trusted, DateTimeOffset now)
    {
        using var chain = new X509Chain { ChainPolicy = PolicyFor(sent, trusted, now) };
        if (chain.Build(certificate) || IsPinned(chain, trusted))
        {
            return null;
        }

        var last = chain.ChainElements[^1].Certificate;
        var status = chain.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, one) => all | one.Status);
        if (status.HasFlag(X509ChainStatusFlags.NotTimeValid))
        {
            var (end, beginning) = (chain.ChainElements.Min(element => EndOf(element.Certificate)), chain.ChainElements.Max(element => BeginningOf(element.Certificate)));
            return now > end ? new CertificateProblem.Expired(end) : new CertificateProblem.NotYetValid(beginning);
        }

        return status.HasFlag(X509ChainStatusFlags.UntrustedRoot) || status.HasFlag(X509ChainStatusFlags.PartialChain)
            ? new CertificateProblem.Untrusted(certificate.Subject, last.Issuer)
            : new CertificateProblem.Other(string.Join(" ", chain.ChainStatus.Select(one => one.StatusInformation.Trim())));
    }

    /// <summary>Whoever trusts an intermediate, or the server's own certificate, means it: the chain need not go on to a root.</summary>
    private static bool IsPinned(X509Chain chain, X509Certificate2Collection? trusted) =>
        trusted is not null
        && chain.ChainStatus.All(status => status.Status is X509ChainStatusFlags.PartialChain or X509ChainStatusFlags.UntrustedRoot)
        && chain.ChainElements.Any(element => trusted.Any(one => one.RawDataMemory.Span.SequenceEqual(element.Certificate.RawDataMemory.Span)));

    private static DateTimeOffset BeginningOf(X509Certificate2 certificate) => new(certificate.NotBefore);

    private static DateTimeOffset EndOf(X509Certificate2 certificate) => new(certificate.NotAfter);

    private static List<string> NamesOf(X509Certificate2 certificate)
    {
        var names = new List<string>();
        foreach (var extension in certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>())
        {
            names.AddRange(extension.EnumerateDnsNames());
            names.AddRange(extension.EnumerateIPAddresses().Select(address => address.ToString()));
        }

        if (names.Count == 0)
        {
            names.Add(certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false));
        }

        return names;
    }
}
