using GroupPortal.Core.Directories;
using GroupPortal.Embedded;

namespace GroupPortal.Directories.Tests.Embedded;

/// <summary>The two stores of a new machine.</summary>
internal static class EmbeddedStores
{
    public static readonly IdentityStore ActiveDirectory =
        new(2, "demo.local", StoreKind.ActiveDirectory, StoreConnection.Embedded, "DC=demo,DC=local", "DC.demo.local");

    public static readonly IdentityStore EntraId =
        new(3, "5cjshm.onmicrosoft.com", StoreKind.EntraId, StoreConnection.Embedded, "DC=5cjshm,DC=onmicrosoft,DC=com", string.Empty);

    public static IdentityStore Of(StoreKind kind) => kind == StoreKind.ActiveDirectory ? ActiveDirectory : EntraId;

    public static Task<EmbeddedDirectory> OpenAsync(StoreKind kind, string folder, int people, bool exchange = false) =>
        EmbeddedDirectory.OpenAsync(
            Of(kind), new EmbeddedOptions { DataDirectory = folder, People = people, Exchange = exchange }, TimeProvider.System, CancellationToken.None);
}

/// <summary>A folder that is gone after the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("groupportal-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
