using GroupPortal.TestDirectories;
using GroupPortal.Tests;
using GroupPortal.Web.Tests.Api;

namespace GroupPortal.Web.Tests.Domain;

/// <summary>A portal whose store 2 is a domain controller, as an operator would set it up.</summary>
public sealed class DomainPortal : IAsyncLifetime
{
    public const string Collection = "domain portal";

    private ApiClient? _ada;

    internal SambaDomainController Controller { get; private set; } = null!;

    internal PortalProcess Portal { get; private set; } = null!;

    /// <summary>Speaks for the domain's ada, who is an administrator.</summary>
    internal ApiClient Ada => _ada ?? throw new InvalidOperationException(ServerTools.Samba.Obstacle);

    internal (string Key, string Value)[] Settings => DomainSettings.For(Controller);

    public async Task InitializeAsync()
    {
        if (ServerTools.Samba.ReasonToSkip is null)
        {
            Controller = await SambaDomainController.StartAsync();
            Portal = await PortalProcess.StartAsync(Settings);
            _ada = await ApiClient.SignInAsync(Portal, "ada", SambaDomainController.Person("ada").Password);
        }
    }

    public async Task DisposeAsync()
    {
        _ada?.Dispose();
        if (Portal is not null)
        {
            await Portal.DisposeAsync();
        }

        if (Controller is not null)
        {
            await Controller.DisposeAsync();
        }
    }
}

[CollectionDefinition(DomainPortal.Collection)]
public sealed class DomainPortalCollection : ICollectionFixture<DomainPortal>;
