namespace GroupPortal.Ldap;

public enum LdapFaultKind
{
    /// <summary>The server's name leads to no address.</summary>
    NameNotFound,

    /// <summary>Nobody listens at the port.</summary>
    Refused,

    /// <summary>No connection, no TLS or no bind within the limit; or no route.</summary>
    Unreachable,

    /// <summary>The trusted certificates could not be read.</summary>
    Trust,

    /// <summary>The server's certificate is not accepted; see <see cref="LdapFault.Certificate"/>.</summary>
    Certificate,

    /// <summary>TLS could not be agreed on, or the server speaks something else.</summary>
    Tls,

    /// <summary>The server refused the bind, or StartTLS; see <see cref="LdapFault.Result"/>.</summary>
    Bind,

    /// <summary>The server closed the connection, or it broke.</summary>
    Closed,

    /// <summary>No answer within the call's limit.</summary>
    TimedOut,

    /// <summary>The caller gave up.</summary>
    Cancelled,

    /// <summary>The server sent what is no LDAP message, or none that was asked for.</summary>
    BadAnswer,

    /// <summary>A message or answer beyond the bounds of <see cref="LdapOptions"/>.</summary>
    TooLarge,

    /// <summary>The client was disposed.</summary>
    Disposed,
}

/// <summary>Why there is no answer.</summary>
/// <param name="Server">The server it is about, as configured.</param>
/// <param name="Message">For logs and support, in English.</param>
public sealed record LdapFault(LdapFaultKind Kind, string Server, string Message)
{
    /// <summary>What is wrong with the certificate, for <see cref="LdapFaultKind.Certificate"/>.</summary>
    public CertificateProblem? Certificate { get; init; }

    /// <summary>What the server said, for <see cref="LdapFaultKind.Bind"/>.</summary>
    public LdapResult? Result { get; init; }
}

/// <summary>Why a server's certificate is not accepted.</summary>
public abstract record CertificateProblem
{
    private CertificateProblem()
    {
    }

    /// <summary>It was made for other names.</summary>
    /// <param name="Names">The names and addresses it was made for.</param>
    public sealed record WrongName(string Wanted, IReadOnlyList<string> Names) : CertificateProblem;

    public sealed record Expired(DateTimeOffset NotAfter) : CertificateProblem;

    public sealed record NotYetValid(DateTimeOffset NotBefore) : CertificateProblem;

    /// <summary>No chain leads to a certificate that is trusted.</summary>
    /// <param name="Issuer">Who issued the last certificate of the chain that could be built.</param>
    public sealed record Untrusted(string Subject, string Issuer) : CertificateProblem;

    /// <summary>Anything else, in the platform's own words.</summary>
    public sealed record Other(string Status) : CertificateProblem;
}
