using System.Net;
using System.Security.Cryptography.X509Certificates;
using GroupPortal.TestDirectories.Certificates;
using GroupPortal.TestDirectories.Processes;
using GroupPortal.TestDirectories.Samba;

namespace GroupPortal.TestDirectories;

/// <summary>
/// A Samba domain controller of the test's own: the domain demo.local on a loopback address of its own, made from a
/// template with the sample company. It can be stopped, killed and started again on the same data and address.
/// </summary>
public sealed class SambaDomainController : IAsyncDisposable
{
    public const int LdapPort = 389;
    public const int LdapsPort = 636;

    /// <summary>LDAP and global catalogue, without and with TLS.</summary>
    private static readonly int[] Ports = [LdapPort, LdapsPort, 3268, 3269];

    private readonly OwnedFolder _folder;
    private readonly TestAuthority _authority;
    private readonly ServerProcess _process;

    private SambaDomainController(OwnedFolder folder, IPAddress address, SambaDomainControllerOptions options)
    {
        _folder = folder;
        Address = address;
        _authority = TestAuthority.Issue(Path.Combine(folder.Path, "tls"), HostName, address, TimeProvider.System.GetUtcNow());
        var layout = new SambaLayout(folder.Path);
        layout.Write(address, _authority, options.Workers);
        var model = options.Workers == 0 ? "single" : "prefork";
        _process = new ServerProcess(
            $"Samba on {address}",
            layout.Log,
            () => OwnedProcess.Start(layout.Log, "samba", "--interactive", "-M", model, $"--configfile={layout.Configuration}"),
            async cancellation => (await BindAsync(Administrator, cancellation)).Succeeded);
    }

    public static string HostName => DemoDomain.HostName;

    public static string BaseDn => DemoDomain.BaseDn;

    /// <summary>May do everything.</summary>
    public static TestAccount Administrator => DemoAccounts.Administrator;

    /// <summary>The portal's own account: manages the groups below OU=Groups, and nothing else (<see cref="Delegation"/>).</summary>
    public static TestAccount Service => DemoAccounts.Service;

    /// <summary>Signs in, reads, and may write nothing.</summary>
    public static TestAccount Lowly => DemoAccounts.Lowly;

    /// <summary>Its bind is refused with 49, data 533.</summary>
    public static TestAccount Disabled => DemoAccounts.Disabled;

    /// <summary>Its bind is refused with 49, data 701.</summary>
    public static TestAccount Expired => DemoAccounts.Expired;

    /// <summary>Its bind is refused with 49, data 773.</summary>
    public static TestAccount MustChange => DemoAccounts.MustChange;

    /// <summary>ada, ida, hal and uma; nobody else of the company has a password.</summary>
    public static TestAccount Person(string name) => DemoAccounts.People.Single(person => person.Name == name);

    /// <summary>127.x.y.z, this controller's alone.</summary>
    public IPAddress Address { get; }

    public IPEndPoint LdapsEndPoint => new(Address, LdapsPort);

    /// <summary>The authority to trust, as PEM. The server's certificate names <see cref="HostName"/> and <see cref="Address"/>.</summary>
    public string CaFile => _authority.CaFile;

    /// <summary>The server's certificate, with its key, for whoever stands in front of it on its own address.</summary>
    internal X509Certificate2 Certificate => X509Certificate2.CreateFromPemFile(_authority.CertificateFile, _authority.KeyFile);

    /// <summary>Its data, configuration and log; gone after disposal.</summary>
    public string Folder => _folder.Path;

    public bool IsRunning => _process.IsRunning;

    /// <summary>Needs the right to ports below 1024, which root has. The first one after a change makes the template.</summary>
    public static async Task<SambaDomainController> StartAsync(
        SambaDomainControllerOptions? options = null, CancellationToken cancellation = default)
    {
        ServerTools.Samba.Demand();
        var template = await SambaTemplate.EnsureAsync(cancellation);
        var (folder, address) = OwnedFolder.Reserve("dc", Ports);
        SambaDomainController? controller = null;
        try
        {
            await Tool.RunAsync("cp", ["-a", "--reflink=auto", "--sparse=always", template, folder.Path], cancellation);
            controller = new SambaDomainController(folder, address, options ?? new SambaDomainControllerOptions());
            await controller.StartAgainAsync(cancellation);
            return controller;
        }
        catch
        {
            if (controller is not null)
            {
                await controller._process.DisposeAsync();
            }

            folder.Dispose();
            throw;
        }
    }

    /// <summary>One bind over LDAPS, as the controller answers it.</summary>
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
