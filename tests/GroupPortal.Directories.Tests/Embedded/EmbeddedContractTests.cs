using GroupPortal.Core.Directories;
using GroupPortal.Directories.Tests.Contract;
using GroupPortal.Embedded;

namespace GroupPortal.Directories.Tests.Embedded;

public abstract class EmbeddedFixture(StoreKind kind) : DirectoryFixture
{
    private readonly TemporaryFolder _folder = new();
    private EmbeddedDirectory? _directory;

    public override Task DisposeAsync()
    {
        _directory?.Dispose();
        _folder.Dispose();
        return Task.CompletedTask;
    }

    protected override async Task<IDirectory> OpenAsync() => _directory = await EmbeddedStores.OpenAsync(kind, _folder.Path, people: 60);
}

public sealed class EmbeddedActiveDirectoryFixture() : EmbeddedFixture(StoreKind.ActiveDirectory);

public sealed class EmbeddedEntraFixture() : EmbeddedFixture(StoreKind.EntraId);

public sealed class EmbeddedActiveDirectoryContractTests(EmbeddedActiveDirectoryFixture fixture)
    : DirectoryContract(fixture), IClassFixture<EmbeddedActiveDirectoryFixture>;

public sealed class EmbeddedEntraContractTests(EmbeddedEntraFixture fixture)
    : DirectoryContract(fixture), IClassFixture<EmbeddedEntraFixture>;
