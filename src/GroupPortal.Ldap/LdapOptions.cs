using System.Globalization;

namespace GroupPortal.Ldap;

/// <summary>How TLS begins. There is no way without it.</summary>
public enum LdapSecurity
{
    /// <summary>TLS from the first octet, usually at port 636.</summary>
    Ldaps,

    /// <summary>The StartTLS operation (RFC 4511 4.14), usually at port 389.</summary>
    StartTls,
}

/// <summary>One server. Its certificate must name <paramref name="Host"/>, be it a name or an IP address.</summary>
public sealed record LdapServer(string Host, int Port, LdapSecurity Security)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{(Security == LdapSecurity.Ldaps ? "ldaps" : "ldap")}://{(Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host)}:{Port}");
}

/// <summary>Which certificates a server's own may lead back to.</summary>
public abstract record LdapTrust
{
    private LdapTrust()
    {
    }

    /// <summary>Those that the operating system trusts.</summary>
    public sealed record OfTheSystem : LdapTrust;

    /// <summary>Those of one PEM file, and no others.</summary>
    public sealed record OfFile(string Path) : LdapTrust;

    /// <summary>Those of all PEM files (.pem, .crt, .cer) in a folder, and no others.</summary>
    public sealed record OfFolder(string Path) : LdapTrust;
}

/// <summary>Who binds. The text never shows the password, which is never empty: that would be an unauthenticated bind (RFC 4513 5.1.2).</summary>
public sealed record LdapCredential
{
    /// <param name="name">A DN, <c>ada@demo.local</c> or <c>DEMO\ada</c>.</param>
    public LdapCredential(string name, string password)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentException.ThrowIfNullOrEmpty(password);
        Name = name;
        Password = password;
    }

    public string Name { get; }

    internal string Password { get; }

    public override string ToString() => Name;
}

/// <summary>Where the servers are, and the bounds of every call.</summary>
public sealed record LdapOptions
{
    /// <summary>In order of preference; at least one.</summary>
    public required IReadOnlyList<LdapServer> Servers { get; init; }

    public required LdapTrust Trust { get; init; }

    public required LdapCredential Credential { get; init; }

    /// <summary>For finding the address, connecting, TLS and bind of one server, together.</summary>
    public TimeSpan ConnectLimit { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>For a call that names no limit of its own.</summary>
    public TimeSpan CallLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A connection that nobody used for so long is closed; below the 15 minutes after which AD does it.</summary>
    public TimeSpan IdleLimit { get; init; } = TimeSpan.FromMinutes(5);

    public int MaximumConnections { get; init; } = 4;

    /// <summary>A longer message of a server is refused by its length, before it is read.</summary>
    public int MaximumMessageBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>A longer request is not sent; below AD's MaxReceiveBuffer of 10 MiB, above which a server hangs up without a word.</summary>
    public int MaximumRequestBytes { get; init; } = 9 * 1024 * 1024;

    /// <summary>
    /// All entries of one search together, as they take memory here. With a longest message on its way a call stays below 64 MB.
    /// </summary>
    public int MaximumAnswerBytes { get; init; } = 24 * 1024 * 1024;
}
