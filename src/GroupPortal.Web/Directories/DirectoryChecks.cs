using GroupPortal.ActiveDirectory;
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
            .Concat(stores.Tenants.Select(tenant => new CheckedStore(tenant.Connection.Store, new TenantCheck(tenant.Connection, clock).RunAsync, [])))
            .Concat(stores.Samples.Select(sample => new CheckedStore(sample, null, [])))
            .OrderBy(one => one.Store.Id),
    ]);
}
