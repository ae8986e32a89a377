using GroupPortal.Application.Storage;
using GroupPortal.Core.Directories;
using GroupPortal.Embedded;

namespace GroupPortal.Web;

/// <summary>The sample directories that come with the portal: section <c>Embedded</c>.</summary>
public sealed class EmbeddedStoreOptions
{
    /// <summary>The configuration section these options are read from.</summary>
    public const string Section = "Embedded";

    public const int FewestPeople = 10;
    public const int MostPeople = 200_000;

    /// <summary>Whether the sample directories are there; false once real ones are.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>How many people the sample company has when it is first filled.</summary>
    public int People { get; set; } = 5000;

    /// <summary>Whether the sample Entra store writes distribution groups; false: it refuses them, as Microsoft Graph does.</summary>
    public bool Exchange { get; set; } = true;
}

/// <summary>Opens the sample directories before the host is built: everything else wants them at hand.</summary>
internal static class EmbeddedStores
{
    public static readonly IReadOnlyList<IdentityStore> Stores =
    [
        new(2, "demo.local", StoreKind.ActiveDirectory, StoreConnection.Embedded, "DC=demo,DC=local", "DC.demo.local"),
        new(3, "5cjshm.onmicrosoft.com", StoreKind.EntraId, StoreConnection.Embedded, "DC=5cjshm,DC=onmicrosoft,DC=com", string.Empty),
    ];

    public static async Task AddEmbeddedStoresAsync(this WebApplicationBuilder builder, IReadOnlyList<IdentityStore> stores)
    {
        var options = builder.Configuration.GetSection(EmbeddedStoreOptions.Section).Get<EmbeddedStoreOptions>() ?? new EmbeddedStoreOptions();
        var folder = PortalData.FolderOf(builder.Configuration, builder.Environment);
        builder.Services.AddSingleton(Lock(folder));
        var embedded = new EmbeddedOptions { DataDirectory = folder.FullName, People = options.People, Exchange = options.Exchange };
        foreach (var directory in await Task.WhenAll(stores.Select(store =>
            EmbeddedDirectory.OpenAsync(store, embedded, TimeProvider.System, CancellationToken.None))))
        {
            // By a factory, so that the container closes its file.
            builder.Services.AddSingleton<IDirectory>(_ => directory);
        }
    }

    /// <summary>Filling takes seconds: a second process must not throw away what the first is making.</summary>
    private static StoresLock Lock(DirectoryInfo folder)
    {
        try
        {
            return new StoresLock(new FileStream(Path.Combine(folder.FullName, "directories.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException inUse)
        {
            throw new DataDirectoryInUseException(
                $"Another portal process uses the data directory {folder.FullName}. End it first, or set {PortalOptions.Section}:{nameof(PortalOptions.DataDirectory)} to another folder.", inUse);
        }
    }

    /// <summary>Held as long as the process lives.</summary>
    private sealed record StoresLock(FileStream File) : IDisposable
    {
        public void Dispose() => File.Dispose();
    }
}
