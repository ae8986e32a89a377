using System.Globalization;
using GroupPortal.ActiveDirectory;
using GroupPortal.Application.Groups;
using GroupPortal.Core.Directories;
using GroupPortal.Web.Auth;
using GroupPortal.Web.Startup;

namespace GroupPortal.Web.Directories;

/// <summary>Which stores there are: the domains of the settings, and the sample directories whose ids no domain took.</summary>
/// <param name="Domains">With the settings of each.</param>
/// <param name="Samples">Those to open.</param>
internal sealed record ConfiguredStores(IReadOnlyList<ConfiguredDomain> Domains, IReadOnlyList<IdentityStore> Samples)
{
    private static readonly TimeSpan NameLimit = TimeSpan.FromSeconds(5);

    public IEnumerable<IdentityStore> All => Domains.Select(domain => domain.Connection.Store).Concat(Samples).OrderBy(store => store.Id);

    /// <summary>Reads them, adding one sentence for each setting of a store that cannot be; stores with such a setting are left out.</summary>
    /// <param name="folder">Where relative paths in the settings start.</param>
    /// <param name="only">Only this store's settings are looked at; null for all.</param>
    public static ConfiguredStores Read(
        IConfiguration configuration, IReadOnlyList<IdentityStore> samples, string folder, ICollection<string> problems, string? only = null)
    {
        var shape = new SettingsShape(problems);
        var domains = new List<ConfiguredDomain>();
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
            if (!DomainConnection.IsConfigured(options.Ldap))
            {
                if (samples.FirstOrDefault(sample => sample.Id == id) is { } sample)
                {
                    StoreRegistry.SettingsOf(sample, options, problems);
                }
                else
                {
                    problems.Add($"{section.Path} names no identity store. There are {string.Join(" and ", samples.Select(known => $"{known.Id} ({known.Name})"))}. Another one has a section Ldap.");
                }
            }
            else if (id is not { } number)
            {
                problems.Add($"{section.Path}: the id of an identity store is a number from 1 on.");
            }
            else
            {
                taken.Add(number);
                if (DomainConnection.Read(number, options.Ldap, $"{section.Path}:{nameof(options.Ldap)}", folder, problems) is { } connection)
                {
                    domains.Add(new ConfiguredDomain(connection, StoreRegistry.SettingsOf(connection.Store, options, problems)));
                }
            }
        }

        // Its own problems are told by whoever checks that section.
        var isOn = new SettingsShape([]).Read<EmbeddedStoreOptions>(configuration.GetSection(EmbeddedStoreOptions.Section)).Enabled;
        var left = isOn ? samples.Where(sample => !taken.Contains(sample.Id)).ToList() : [];
        if (only is null && left.Count == 0 && taken.Count == 0)
        {
            problems.Add($"{EmbeddedStoreOptions.Section}:{nameof(EmbeddedStoreOptions.Enabled)} is false and there is no other store. Name one in {StoreOptions.Section}:<id>:{nameof(DirectoryOptions.Ldap)}.");
        }

        return new ConfiguredStores(domains, left);
    }

    /// <summary>Whether every domain is served by this machine. A name server that is slow to answer is taken for a no.</summary>
    public async Task<DomainsOnThisMachine> AreOnThisMachineAsync()
    {
        using var limit = new CancellationTokenSource(NameLimit);
        try
        {
            foreach (var domain in Domains)
            {
                if (!await domain.Connection.IsOnThisMachineAsync(limit.Token))
                {
                    return new DomainsOnThisMachine(false);
                }
            }

            return new DomainsOnThisMachine(true);
        }
        catch (OperationCanceledException)
        {
            return new DomainsOnThisMachine(false);
        }
    }

    private static int? IdOf(string key) =>
        int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0 && id.ToString(CultureInfo.InvariantCulture) == key ? id : null;
}
