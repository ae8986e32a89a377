using System.Net;
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

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    /// <summary>LDAP and global catalogue, without and with TLS.</summary>
    private static readonly int[] Ports = [LdapPort, LdapsPort, 3268, 3269];

    private readonly OwnedFolder _folder;
    private readonly TestAuthority _authority;
    private readonly SambaLayout _layout;
    private OwnedProcess? _process;

    private SambaDomainController(OwnedFolder folder, IPAddress address)
    {
        _folder = folder;
        Address = address;
        _layout = new SambaLayout(folder.Path);
        _authority = TestAuthority.Issue(Path.Combine(folder.Path, "tls"), HostName, address, TimeProvider.System.GetUtcNow());
    }

    public static string HostName => DemoDomain.HostName;

    public static string BaseDn => DemoDomain.BaseDn;

    /// <summary>May do everything.</summary>
    public static TestAccount Administrator => DemoDomain.Administrator;

    /// <summary>127.x.y.z, this controller's alone.</summary>
    public IPAddress Address { get; }

    /// <summary>The authority to trust, as PEM. The server's certificate names <see cref="HostName"/> and <see cref="Address"/>.</summary>
    public string CaFile => _authority.CaFile;

    /// <summary>Its data, configuration and log; gone after disposal.</summary>
    public string Folder => _folder.Path;

    public bool IsRunning => _process is { HasExited: false };

    /// <summary>Needs the right to ports below 1024, which root has. The first one after a change makes the template.</summary>
    public static async Task<SambaDomainController> StartAsync(
        SambaDomainControllerOptions? options = null, CancellationToken cancellation = default)
    {
        var template = await SambaTemplate.EnsureAsync(cancellation);
        var (folder, address) = Reserve();
        try
        {
            await Tool.RunAsync("cp", ["-a", "--reflink=auto", "--sparse=always", template, folder.Path], cancellation);
            var controller = new SambaDomainController(folder, address);
            controller.Configure(options ?? new SambaDomainControllerOptions());
            try
            {
                await controller.StartAgainAsync(cancellation);
                return controller;
            }
            catch
            {
                await controller.DisposeAsync();
                throw;
            }
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>One bind over LDAPS, as the controller answers it.</summary>
    public Task<LdapBind> BindAsync(string user, string password, CancellationToken cancellation = default) =>
        LdapBind.TryAsync(new IPEndPoint(Address, LdapsPort), CaFile, user, password, cancellation);

    /// <summary>Starts it after <see cref="StopAsync"/> or <see cref="KillAsync"/>, and waits until it takes binds.</summary>
    public async Task StartAgainAsync(CancellationToken cancellation = default)
    {
        if (IsRunning)
        {
            throw new InvalidOperationException("The domain controller is running.");
        }

        _process = OwnedProcess.Start(_layout.Log, "samba", "--interactive", $"--configfile={_layout.Configuration}");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(StartLimit);
        Exception? last = null;
        try
        {
            while (!_process.HasExited)
            {
                try
                {
                    if ((await BindAsync(Administrator.UserPrincipalName, Administrator.Password, limit.Token)).Succeeded)
                    {
                        return;
                    }
                }
                catch (IOException fault)
                {
                    last = fault;
                }

                await Task.Delay(Poll, limit.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // Told below, with the log.
        }

        var state = _process.ToString();
        await KillAsync();
        throw new TimeoutException($"Samba {state} took no bind on {Address}.\n{LogTail.Of(_layout.Log)}", last);
    }

    /// <summary>Stops it as an operator would and waits until it is gone.</summary>
    public async Task StopAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            await process.StopAsync(StopLimit);
            await process.DisposeAsync();
        }
    }

    /// <summary>Ends it as a power cut would.</summary>
    public async Task KillAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            await process.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _folder.Dispose();
    }

    private static (OwnedFolder Folder, IPAddress Address) Reserve()
    {
        while (true)
        {
            var address = LoopbackAddress.Pick();
            if (LoopbackAddress.IsFree(address, Ports) && OwnedFolder.TryReserve($"dc-{address}") is { } folder)
            {
                return (folder, address);
            }
        }
    }

    private void Configure(SambaDomainControllerOptions options) => _layout.Write(Address, _authority, options.Workers);
}
