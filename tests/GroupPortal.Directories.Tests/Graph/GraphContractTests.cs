using GroupPortal.Core.Directories;
using GroupPortal.Directories.Tests.Contract;
using GroupPortal.GraphEmulation;

namespace GroupPortal.Directories.Tests.Graph;

public sealed class GraphFixture : DirectoryFixture
{
    private GraphTenant? _graph;

    public GraphEmulator Emulator => _graph?.Emulator ?? throw new InvalidOperationException("The tenant is not open yet.");

    public override async Task DisposeAsync()
    {
        if (_graph is not null)
        {
            await _graph.DisposeAsync();
        }
    }

    protected override async Task<IDirectory> OpenAsync()
    {
        _graph = await GraphTenant.StartAsync(new EmulatorOptions { People = 60 });
        return _graph.Directory;
    }
}

/// <summary>The contract against the emulator, through the SDK.</summary>
public sealed class GraphContractTests(GraphFixture fixture) : DirectoryContract(fixture), IClassFixture<GraphFixture>;
