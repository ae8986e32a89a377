using GroupPortal.TestDirectories;

namespace GroupPortal.Directories.Tests.Servers;

/// <summary>One domain controller for all tests that only read from it, or clean up what they made.</summary>
public sealed class DomainControllerFixture : IAsyncLifetime
{
    private SambaDomainController? _controller;

    public SambaDomainController Controller => _controller ?? throw new InvalidOperationException("The domain controller was not started.");

    public async Task InitializeAsync()
    {
        if (ServerTools.Samba.ReasonToSkip is null)
        {
            _controller = await SambaDomainController.StartAsync();
        }
    }

    public async Task DisposeAsync()
    {
        if (_controller is not null)
        {
            await _controller.DisposeAsync();
        }
    }
}

[CollectionDefinition(Name)]
public sealed class DomainControllerCollection : ICollectionFixture<DomainControllerFixture>
{
    public const string Name = "One domain controller";
}
