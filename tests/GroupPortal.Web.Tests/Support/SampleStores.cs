using GroupPortal.Core.Directories;
using GroupPortal.Embedded;
using GroupPortal.Web.Tests.Components;

namespace GroupPortal.Web.Tests.Support;

/// <summary>Two small embedded directories, AD and Entra, opened once for all tests of a class; Entra without Exchange, as Graph is.</summary>
public sealed class SampleStores : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("groupportal-web-").FullName;
    private readonly List<EmbeddedDirectory> _directories = [];

    public static FakeClock Clock { get; } = new(new DateTimeOffset(2026, 3, 14, 15, 9, 26, TimeSpan.Zero));

    internal IReadOnlyList<IDirectory> All => _directories;

    internal IDirectory Ad => _directories[0];

    public async Task InitializeAsync()
    {
        var options = new EmbeddedOptions { DataDirectory = _folder, People = 60 };
        _directories.Add(await OpenAsync(new(2, "demo.local", StoreKind.ActiveDirectory, StoreConnection.Embedded, "DC=demo,DC=local", "dc1.demo.local"), options));
        _directories.Add(await OpenAsync(new(3, "5cjshm.onmicrosoft.com", StoreKind.EntraId, StoreConnection.Embedded, "DC=5cjshm,DC=onmicrosoft,DC=com", ""), options));
    }

    public Task DisposeAsync()
    {
        _directories.ForEach(directory => directory.Dispose());
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }

    private static Task<EmbeddedDirectory> OpenAsync(IdentityStore store, EmbeddedOptions options) =>
        EmbeddedDirectory.OpenAsync(store, options, Clock, CancellationToken.None);
}
