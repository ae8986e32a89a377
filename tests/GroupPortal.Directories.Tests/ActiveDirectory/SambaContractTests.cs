using GroupPortal.ActiveDirectory;
using GroupPortal.Core.Directories;
using GroupPortal.Directories.Tests.Contract;
using GroupPortal.Directories.Tests.Ldap;
using GroupPortal.TestDirectories;

namespace GroupPortal.Directories.Tests.ActiveDirectory;

/// <summary>A domain controller of the contract's own, as the suite writes.</summary>
public sealed class SambaFixture : DirectoryFixture
{
    private SambaDomainController? _controller;
    private DomainDirectory? _directory;

    public SambaDomainController Controller => _controller ?? throw new InvalidOperationException("The domain controller was not started.");

    public static IdentityStore Store { get; } =
        new(2, "demo.local", StoreKind.ActiveDirectory, StoreConnection.Ldap, SambaDomainController.BaseDn, SambaDomainController.HostName);

    public override async Task DisposeAsync()
    {
        if (_directory is not null)
        {
            await _directory.DisposeAsync();
        }

        if (_controller is not null)
        {
            await _controller.DisposeAsync();
        }
    }

    protected override async Task<IDirectory> OpenAsync()
    {
        _controller = await SambaDomainController.StartAsync();
        return _directory = DomainDirectory.Open(Store, Clients.OptionsFor(_controller), TimeProvider.System);
    }
}

public sealed class SambaContractTests(SambaFixture fixture) : DirectoryContract(fixture), IClassFixture<SambaFixture>;
