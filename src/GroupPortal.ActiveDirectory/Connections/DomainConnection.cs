using System.Net;
using GroupPortal.Core.Directories;
using GroupPortal.Ldap;

namespace GroupPortal.ActiveDirectory;

/// <summary>The settings of one domain, checked and complete, with the password at hand.</summary>
public sealed class DomainConnection
{
    public const string SystemTrust = "System";

    private const int MostConnectSeconds = 60;
    private const int MostCallSeconds = 600;
    private const int LongestNetbiosName = 15;

    internal DomainConnection(IdentityStore store, LdapOptions ldap, string netbiosName, DomainRoleOptions roles)
    {
        Store = store;
        Ldap = ldap;
        NetbiosName = netbiosName;
        Roles = roles;
    }

    public IdentityStore Store { get; }

    /// <summary>The service account, as configured.</summary>
    public string Account => Ldap.Credential.Name;

    internal LdapOptions Ldap { get; }

    /// <summary>Empty: to be read from the directory.</summary>
    internal string NetbiosName { get; }

    internal DomainRoleOptions Roles { get; }

    /// <summary>Whether anything in the section says that there is a domain; the defaults alone do not.</summary>
    public static bool IsConfigured(DomainOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.Servers.Count > 0
            || new[] { options.Name, options.BaseDn, options.Account, options.PasswordFile, options.PasswordVariable }.Any(text => !string.IsNullOrWhiteSpace(text));
    }

    /// <summary>The connection, or null with one sentence for each setting that cannot be, beginning with its key.</summary>
    /// <param name="key">The section's own: <c>Directories:2:Ldap</c>.</param>
    /// <param name="folder">Where relative paths start.</param>
    public static DomainConnection? Read(int id, DomainOptions options, string key, string folder, ICollection<string> failures)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(failures);
        var before = failures.Count;
        var dnsName = DnsNameOf(options.BaseDn);
        if (dnsName is null)
        {
            failures.Add($"{key}:{nameof(options.BaseDn)} is the domain's name as DC=example,DC=com, not \"{options.BaseDn}\".");
        }

        var servers = ServersOf(options, key, failures);
        var trust = TrustOf(options.Trust.Trim(), $"{key}:{nameof(options.Trust)}", folder, failures);
        var account = options.Account.Trim();
        if (!IsAccount(account))
        {
            failures.Add($"{key}:{nameof(options.Account)} is the service account as svc@example.com, EXAMPLE\\svc or a distinguished name, not \"{account}\".");
        }

        var password = PasswordSource.Read(options, key, folder, failures);
        CheckSeconds(options.ConnectSeconds, MostConnectSeconds, $"{key}:{nameof(options.ConnectSeconds)}", failures);
        CheckSeconds(options.CallSeconds, MostCallSeconds, $"{key}:{nameof(options.CallSeconds)}", failures);
        var netbios = options.NetbiosName.Trim();
        if (netbios.Length > LongestNetbiosName || netbios.Any(character => char.IsWhiteSpace(character) || character is '\\' or '@' or '/'))
        {
            failures.Add($"{key}:{nameof(options.NetbiosName)} is the domain's short name, such as EXAMPLE, not \"{netbios}\".");
        }

        if (failures.Count > before)
        {
            return null;
        }

        var name = options.Name.Trim() is { Length: > 0 } given ? given : dnsName!;
        var store = new IdentityStore(id, name, StoreKind.ActiveDirectory, StoreConnection.Ldap, options.BaseDn.Trim(), servers[0].Host);
        var ldap = new LdapOptions
        {
            Servers = servers,
            Trust = trust,
            Credential = new LdapCredential(account, password!),
            ConnectLimit = TimeSpan.FromSeconds(options.ConnectSeconds),
            CallLimit = TimeSpan.FromSeconds(options.CallSeconds),
        };
        return new DomainConnection(store, ldap, netbios, options.Roles);
    }

    /// <summary>The store, connecting when it is first asked something.</summary>
    public IDirectory Open(TimeProvider clock) => DomainDirectory.Open(Store, Ldap, clock);

    /// <summary>Whether every server is this machine itself. A name that leads nowhere now might lead anywhere later.</summary>
    public async Task<bool> IsOnThisMachineAsync(CancellationToken cancellation)
    {
        foreach (var server in Ldap.Servers)
        {
            try
            {
                var addresses = await Dns.GetHostAddressesAsync(server.Host, cancellation);
                if (addresses.Length == 0 || !addresses.All(IPAddress.IsLoopback))
                {
                    return false;
                }
            }
            catch (System.Net.Sockets.SocketException)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The DNS name that a naming context stands for; null when it is none.</summary>
    internal static string? DnsNameOf(string baseDn)
    {
        if (!DistinguishedName.TryParse(baseDn, out var name))
        {
            return null;
        }

        var labels = new List<string>();
        for (var level = name; level is not null; level = level.Parent)
        {
            if (!string.Equals(level.Type, "DC", StringComparison.OrdinalIgnoreCase))
            {
                return null;
            }

            labels.Add(level.Name);
        }

        return string.Join('.', labels);
    }

    private static List<LdapServer> ServersOf(DomainOptions options, string key, ICollection<string> failures)
    {
        var servers = new List<LdapServer>();
        foreach (var text in options.Servers)
        {
            if (!ServerAddress.TryParse(text, out var server, out var problem))
            {
                failures.Add($"{key}:{nameof(options.Servers)}: \"{text}\" {problem}");
            }
            else if (!servers.Contains(server))
            {
                servers.Add(server);
            }
        }

        if (options.Servers.Count == 0)
        {
            failures.Add($"{key}:{nameof(options.Servers)} names at least one domain controller: ldaps://dc1.example.com:636.");
        }

        return servers;
    }

    private static LdapTrust TrustOf(string trust, string key, string folder, ICollection<string> failures)
    {
        if (trust.Length == 0 || string.Equals(trust, SystemTrust, StringComparison.OrdinalIgnoreCase))
        {
            return new LdapTrust.OfTheSystem();
        }

        var path = Path.Combine(folder, trust);
        if (Directory.Exists(path))
        {
            return new LdapTrust.OfFolder(path);
        }

        if (!File.Exists(path))
        {
            failures.Add($"{key} is {SystemTrust}, or a PEM file or a folder of PEM files; there is no {path}.");
        }

        return new LdapTrust.OfFile(path);
    }

    private static bool IsAccount(string account) =>
        !account.Any(char.IsControl)
        && (account.Split('@') is [{ Length: > 0 }, { Length: > 0 }]
            || account.Split('\\') is [{ Length: > 0 }, { Length: > 0 }]
            || DistinguishedName.TryParse(account, out _));

    private static void CheckSeconds(int seconds, int most, string key, ICollection<string> failures)
    {
        if (seconds < 1 || seconds > most)
        {
            failures.Add(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{key} is a number of seconds from 1 to {most}, not {seconds}."));
        }
    }
}
