using GroupPortal.GraphEmulation;

namespace GroupPortal.Directories.Tests.Graph.Emulator;

/// <summary>One server for tests that only add to it or read it.</summary>
public sealed class EmulatorFixture : IAsyncLifetime
{
    public GraphEmulator Emulator { get; private set; } = null!;

    public async Task InitializeAsync() => Emulator = await GraphEmulator.StartAsync(new EmulatorOptions { People = 120 });

    public async Task DisposeAsync() => await Emulator.DisposeAsync();
}
