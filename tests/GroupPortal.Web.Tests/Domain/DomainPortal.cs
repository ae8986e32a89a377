using GroupPortal.TestDirectories;
using GroupPortal.Tests;

namespace GroupPortal.Web.Tests.Domain;

/// <summary>A portal whose store 2 is a domain controller, as an operator would set it up.</summary>
public sealed class DomainPortal : IAsyncLifetime
{
    public const string Collection = "domain portal";

    private readonly string _folder = Directory.CreateTempSubdirectory("groupportal-domain-").FullName;

    internal SambaDomainController Controller { get; private set; } = null!;

    internal PortalProcess Portal { get; private set; } = null!;

    internal (string Key, string Value)[] Settings =>
    [
        ("Embedded:People", "10"), ("Demo:Password", ""),
        ("Directories:2:Ldap:BaseDn", SambaDomainController.BaseDn),
        ("Directories:2:Ldap:Servers:0", $"ldaps://{Controller.Address}"),
        ("Directories:2:Ldap:Trust", Controller.CaFile),
        ("Directories:2:Ldap:Account", SambaDomainController.Service.BindName),
        ("Directories:2:Ldap:PasswordFile", Path.Combine(_folder, "password")),
        ("Directories:2:Ldap:Roles:Administrators:0", "Domain Admins"),
    ];

    public async Task InitializeAsync()
    {
        if (ServerTools.Samba.ReasonToSkip is null)
        {
            await File.WriteAllTextAsync(Path.Combine(_folder, "password"), SambaDomainController.Service.Password + "\n");
            Controller = await SambaDomainController.StartAsync();
            Portal = await PortalProcess.StartAsync(Settings);
        }
    }

    public async Task DisposeAsync()
    {
        if (Portal is not null)
        {
            await Portal.DisposeAsync();
        }

        if (Controller is not null)
        {
            await Controller.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }
}

[CollectionDefinition(DomainPortal.Collection)]
public sealed class DomainPortalCollection : ICollectionFixture<DomainPortal>;
