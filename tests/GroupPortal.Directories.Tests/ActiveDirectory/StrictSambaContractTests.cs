using GroupPortal.Directories.Tests.Contract;
using GroupPortal.TestDirectories;

namespace GroupPortal.Directories.Tests.ActiveDirectory;

/// <summary>
/// The contract suite where every second answer is cut: pages and ranges are as small as the suite's groups, so that it walks
/// through them everywhere.
/// </summary>
public sealed class StrictSambaContractTests(TightSambaFixture fixture) : DirectoryContract(fixture), IClassFixture<TightSambaFixture>;

/// <summary>A domain whose administrator is stingy.</summary>
public sealed class TightSambaFixture : StrictSambaFixture
{
    protected override StrictDomainLimits Limits { get; } =
        new() { MaxPageSize = 50, MaxValRange = 3, RangedAttributes = ["member", "memberOf", "managedObjects", "directReports"] };
}
