using System.Globalization;
using GroupPortal.ActiveDirectory;
using GroupPortal.Application.Groups;
using GroupPortal.Core.Directories;
using GroupPortal.EntraId;
using GroupPortal.Web.Auth;
using GroupPortal.Web.Startup;

namespace GroupPortal.Web.Directories;

/// <summary>Which stores there are: the domains and tenants of the settings, and the sample directories whose ids none of them took.</summary>
/// <param name="Domains">With the settings of each.</param>
/// <param name="Tenants">With the settings of each.</param>
/// <param name="Samples">Those to open.</param>
internal sealed record ConfiguredStores(IReadOnlyList<ConfiguredDomain> Domains, IReadOnlyList<ConfiguredTenant> Tenants, IReadOnlyList<IdentityStore> Samples)
{
    private static readonly TimeSpan NameLimit = TimeSpan.FromSeconds(5);

    public IEnumerable<IdentityStore> All => Domains.Select(domain => domain.Connection.Store)
        .Concat(Tenants.Select(tenant => tenant.Connection.Store))
        .Concat(Samples)
        .OrderBy(store => store.Id);

    /// <summary>Reads them, adding one sentence for each setting of a store that cannot be; stores with such a setting are left out.</summary>
    /// <param name="folder">Where relative paths in the settings start.</param>
    /// <param name="only">Only this store's settings are looked at; null for all.</param>
    public static ConfiguredStores Read(
        IConfiguration configuration, IReadOnlyList<IdentityStore> samples, string folder, ICollection<string> problems, string? only = null)
    {
        var shape = new SettingsShape(problems);
        var domains = new List<ConfiguredDomain>();
        var tenants = new List<ConfiguredTenant>();
        var taken = new HashSet<int>();
        foreach (var section in configuration.GetSection(StoreOptions.Section).GetChildren().Where(section => only is null || section.Key == only))
        {
            if (section.Value is { Length: > 0 })
            {
                problems.Add($"{section.Path} is a section with settings of its own, not a value.");
                continue;
            }

            var id = IdOf(section.Key);
            var options = shape.Read<DirectoryOptions>(section);
            var (isDomain, isTenant) = (DomainConnection.IsConfigured(options.Ldap), GraphConnection.IsConfigured(options.Graph));
            if (!isDomain && !isTenant)
            {
                if (samples.FirstOrDefault(sample => sample.Id == id) is { } sample)
                {
                    StoreRegistry.SettingsOf(sample, options, problems);
                }
                else
                {
                    problems.Add($"{section.Path} names no identity store. There are {string.Join(" and ", samples.Select(known => $"{known.Id} ({known.Name})"))}. Another one has a section {nameof(options.Ldap)} or {nameof(options.Graph)}.");
                }

                continue;
            }

            if (id is not { } number)
            {
                problems.Add($"{section.Path}: the id of an identity store is a number from 1 on.");
                continue;
            }

            taken.Add(number);
            if (isDomain && isTenant)
            {
                problems.Add($"{section.Path} has both, {nameof(options.Ldap)} and {nameof(options.Graph)}. A store is one directory: give the other an id of its own.");
            }

            var domain = isDomain ? DomainConnection.Read(number, options.Ldap, $"{section.Path}:{nameof(options.Ldap)}", folder, problems) : null;
            var tenant = isTenant ? GraphConnection.Read(number, options.Graph, $"{section.Path}:{nameof(options.Graph)}", folder, problems) : null;
            if ((domain?.Store ?? tenant?.Store) is { } store)
            {
                var settings = StoreRegistry.SettingsOf(store, options, problems);
                domains.AddRange(domain is not null && !isTenant ? [new ConfiguredDomain(domain, settings)] : []);
                tenants.AddRange(tenant is not null && !isDomain ? [new ConfiguredTenant(tenant, settings)] : []);
            }
        }

        // Its own problems are told by whoever checks that section.
        var isOn = new SettingsShape([]).Read<EmbeddedStoreOptions>(configuration.GetSection(EmbeddedStoreOptions.Section)).Enabled;
        var left = isOn ? samples.Where(sample => !taken.Contains(sample.Id)).ToList() : [];
        if (only is null && left.Count == 0 && taken.Count == 0)
        {
            problems.Add($"{EmbeddedStoreOptions.Section}:{nameof(EmbeddedStoreOptions.Enabled)} is false and there is no other store. Name one in {StoreOptions.Section}:<id>:{nameof(DirectoryOptions.Ldap)} or {StoreOptions.Section}:<id>:{nameof(DirectoryOptions.Graph)}.");
        }

        return new ConfiguredStores(domains, tenants, left);
    }

    /// <summary>Whether every domain and every tenant is served by this machine. A name server that is slow to answer is taken for a no.</summary>
    public async Task<StoresOnThisMachine> AreOnThisMachineAsync()
    {
        using var limit = new CancellationTokenSource(NameLimit);
        try
        {
            foreach (var domain in Domains)
            {
                if (!await domain.Connection.IsOnThisMachineAsync(limit.Token))
                {
                    return new StoresOnThisMachine(false);
                }
            }

            foreach (var tenant in Tenants)
            {
                if (!await tenant.Connection.IsOnThisMachineAsync(limit.Token))
                {
                    return new StoresOnThisMachine(false);
                }
            }

            return new StoresOnThisMachine(true);
        }
        catch (OperationCanceledException)
        {
            return new StoresOnThisMachine(false);
        }
    }

    private static int? IdOf(string key) =>
        int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0 && id.ToString(CultureInfo.InvariantCulture) == key ? id : null;
}
