using GroupPortal.Core.Directories;

namespace GroupPortal.Web.Directories;

/// <summary>A store with the test of the way to it.</summary>
/// <param name="Run">The steps, as they end; null for a sample directory, which has nothing to test.</param>
/// <param name="Delegation">What gives the portal's account its rights.</param>
public sealed record CheckedStore(
    IdentityStore Store, Func<CancellationToken, IAsyncEnumerable<CheckStep>>? Run, IReadOnlyList<DelegationScript> Delegation);
