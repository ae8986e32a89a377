using System.Globalization;
using System.Net;
using GroupPortal.TestDirectories.Certificates;
using GroupPortal.TestDirectories.Processes;
using GroupPortal.TestDirectories.Slapd;

namespace GroupPortal.TestDirectories;

/// <summary>
/// An OpenLDAP server of the test's own, on free ports of a loopback address of its own, with LDAPS and StartTLS. It
/// does what Samba does not: it enforces a size limit, and it holds very many entries.
/// </summary>
public sealed class SlapdServer : IAsyncDisposable
{
    private const string Password = "Passw0rd-of-the-example";

    private readonly OwnedFolder _folder;
    private readonly TestAuthority _authority;
    private readonly ServerProcess _process;

    private SlapdServer(OwnedFolder folder, IPAddress address, SlapdLayout layout, SlapdServerOptions options)
    {
        _folder = folder;
        Address = address;
        LdapPort = LoopbackAddress.FreePort(address);
        do
        {
            LdapsPort = LoopbackAddress.FreePort(address);
        }
        while (LdapsPort == LdapPort);

        _authority = TestAuthority.Issue(Path.Combine(folder.Path, "tls"), HostName, address, TimeProvider.System.GetUtcNow());
        layout.Write(_authority, options);
        var listeners = string.Create(CultureInfo.InvariantCulture, $"ldap://{address}:{LdapPort} ldaps://{address}:{LdapsPort}");
        _process = new ServerProcess(
            $"slapd on {address}",
            layout.Log,
            // -d keeps it in the foreground.
            () => OwnedProcess.Start(layout.Log, "/usr/sbin/slapd", "-d", "0", "-f", layout.Configuration, "-h", listeners),
            async cancellation => (await BindAsync(Manager, cancellation)).Succeeded);
    }

    public static string HostName => "ldap.example.org";

    public static string BaseDn => "dc=example,dc=org";

    public static string PeopleDn => "ou=People," + BaseDn;

    public static string GroupsDn => "ou=Groups," + BaseDn;

    /// <summary>The root DN: may do everything and knows no limits.</summary>
    public static TestAccount Manager { get; } = new("manager", $"cn=manager,{BaseDn}", Password);

    /// <summary>Reads everything, within the size limit.</summary>
    public static TestAccount Reader { get; } = new("reader", $"cn=reader,{BaseDn}", Password);

    public IPAddress Address { get; }

    public int LdapPort { get; }

    public int LdapsPort { get; }

    public IPEndPoint LdapsEndPoint => new(Address, LdapsPort);

    /// <summary>The authority to trust, as PEM. The server's certificate names <see cref="HostName"/> and <see cref="Address"/>.</summary>
    public string CaFile => _authority.CaFile;

    /// <summary>Its data, configuration and log; gone after disposal.</summary>
    public string Folder => _folder.Path;

    public bool IsRunning => _process.IsRunning;

    public static async Task<SlapdServer> StartAsync(SlapdServerOptions? options = null, CancellationToken cancellation = default)
    {
        ServerTools.Slapd.Demand();
        var (folder, address) = OwnedFolder.Reserve("slapd");
        SlapdServer? server = null;
        try
        {
            Directory.CreateDirectory(folder.Path);
            var layout = new SlapdLayout(folder.Path);
            server = new SlapdServer(folder, address, layout, options ?? new SlapdServerOptions());
            await Tool.RunAsync("/usr/sbin/slapadd", ["-q", "-f", layout.Configuration, "-l", layout.Ldif], cancellation);
            await server.StartAgainAsync(cancellation);
            return server;
        }
        catch
        {
            if (server is not null)
            {
                await server._process.DisposeAsync();
            }

            folder.Dispose();
            throw;
        }
    }

    /// <summary>One bind over LDAPS, as the server answers it.</summary>
    public Task<LdapBind> BindAsync(TestAccount account, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(account);
        return LdapBind.TryAsync(LdapsEndPoint, CaFile, account.BindName, account.Password, cancellation);
    }

    /// <summary>Starts it after <see cref="StopAsync"/> or <see cref="KillAsync"/>, and waits until it takes binds.</summary>
    public Task StartAgainAsync(CancellationToken cancellation = default) => _process.StartAsync(cancellation);

    /// <summary>Stops it as an operator would and waits until it is gone.</summary>
    public Task StopAsync() => _process.StopAsync();

    /// <summary>Ends it as a power cut would.</summary>
    public Task KillAsync() => _process.KillAsync();

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _folder.Dispose();
    }
}
