namespace GroupPortal.Tests;

/// <summary>One portal for all tests of a collection: <c>[Collection(PortalFixture.Collection)]</c>.</summary>
public sealed class PortalFixture : IAsyncLifetime
{
    public const string Collection = "portal";

    internal PortalProcess Portal { get; private set; } = null!;

    public async Task InitializeAsync() => Portal = await PortalProcess.StartAsync();

    public async Task DisposeAsync() => await Portal.DisposeAsync();
}

[CollectionDefinition(PortalFixture.Collection)]
public sealed class PortalCollection : ICollectionFixture<PortalFixture>;
