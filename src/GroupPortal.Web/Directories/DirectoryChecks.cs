using System.Runtime.CompilerServices;
using GroupPortal.ActiveDirectory;
using GroupPortal.Core.Directories;
using GroupPortal.EntraId;

namespace GroupPortal.Web.Directories;

/// <summary>The stores of this portal, to be tested by administrators on their page and at the command line.</summary>
public sealed class DirectoryChecks(IReadOnlyList<CheckedStore> stores)
{
    public IReadOnlyList<CheckedStore> Stores { get; } = stores;

    internal static void AddTo(IServiceCollection services, ConfiguredStores stores) =>
        services.AddSingleton(provider => Of(stores, provider.GetRequiredService<TimeProvider>()));

    internal static DirectoryChecks Of(ConfiguredStores stores, TimeProvider clock) => new(
    [
        .. stores.Domains
            .Select(domain => new CheckedStore(
                domain.Connection.Store,
                new DomainCheck(domain.Connection, domain.Settings.DefaultContainer, clock).RunAsync,
                Delegation.For(domain.Connection.Account, domain.Settings.DefaultContainer)))
            .Concat(stores.Tenants.Select(tenant => new CheckedStore(tenant.Connection.Store, cancellation => AskAsync(tenant.Connection, clock, cancellation), [])))
            .Concat(stores.Samples.Select(sample => new CheckedStore(sample, null, [])))
            .OrderBy(one => one.Store.Id),
    ]);

    private static async IAsyncEnumerable<CheckStep> AskAsync(GraphConnection connection, TimeProvider clock, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var directory = connection.Open(clock);
        try
        {
            var error = await directory.CheckAsync(cancellation);
            yield return error is null
                ? new CheckStep(null, "Microsoft Graph", CheckStatus.Ok, "It answers.")
                : new CheckStep(null, "Microsoft Graph", CheckStatus.Failed, error.Message) { ServerText = error.ServerText };
        }
        finally
        {
            (directory as IDisposable)?.Dispose();
        }
    }
}
