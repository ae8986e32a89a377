namespace GroupPortal.Directories.Tests.Contract;

/// <summary>
/// What every directory promises, whatever it is connected through. A store kind's own rules are tested beside its adapter.
/// </summary>
public abstract partial class DirectoryContract(DirectoryFixture fixture) : DirectoryTests(fixture);
