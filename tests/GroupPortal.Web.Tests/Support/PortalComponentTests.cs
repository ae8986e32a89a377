using Bunit;
using Bunit.TestDoubles;
using System.Security.Claims;
using GroupPortal.Application;
using GroupPortal.Core.Directories;
using GroupPortal.Web.Auth;
using GroupPortal.Web.Components.Held;
using GroupPortal.Web.Components.Layout;
using GroupPortal.Web.Tests.Components;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace GroupPortal.Web.Tests.Support;

/// <summary>Components over the real services: a state database of the test's own, and the class's sample directories.</summary>
public abstract class PortalComponentTests : ComponentTests, IClassFixture<SampleStores>, IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("groupportal-web-state-").FullName;
    private readonly BunitAuthorizationContext _authorization;

    protected PortalComponentTests(SampleStores stores)
    {
        Stores = stores;
        _authorization = this.AddAuthorization();
        SignIn("ada", "Ada Winter", "Administrator");
        Services.AddScoped<CurrentPerson>();
        Services.AddScoped<Preferences>();
        Services.AddScoped<StoreChoice>();
        Services.AddScoped<HeldNews>();
        Services.AddGroupPortalApplication(new ConfigurationBuilder()
            .AddInMemoryCollection([new("State:DataDirectory", _folder)])
            .Build());
        foreach (var module in new[] { "picker", "wizard", "preferences", "chunked-text", "clipboard", "shortcut" })
        {
            JSInterop.SetupModule($"./assets/js/{module}.js").Mode = JSRuntimeMode.Loose;
        }
    }

    protected SampleStores Stores { get; }

    public virtual async Task InitializeAsync()
    {
        foreach (var directory in Directories())
        {
            Services.AddSingleton(directory);
        }

        foreach (var service in Services.GetServices<IHostedService>())
        {
            if (service is IHostedLifecycleService early)
            {
                await early.StartingAsync(CancellationToken.None);
            }

            await service.StartAsync(CancellationToken.None);
        }
    }

    async Task IAsyncLifetime.DisposeAsync()
    {
        foreach (var service in Services.GetServices<IHostedService>())
        {
            await service.StopAsync(CancellationToken.None);
        }

        await DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>The directories of the test; a test may put others in their place.</summary>
    internal virtual IEnumerable<IDirectory> Directories() => Stores.All;

    protected void SignIn(string account, string displayName, string role)
    {
        _authorization.SetAuthorized(account);
        _authorization.SetRoles(role);
        _authorization.SetClaims(new Claim(PortalClaims.DisplayName, displayName));
    }

    internal static IReadOnlyList<DirectoryObject> Found(DirectoryAnswer<Page<DirectoryObject>> answer) =>
        Assert.IsType<DirectoryAnswer<Page<DirectoryObject>>.Ok>(answer).Value.Items;
}
