using System.Globalization;
using System.Net;
using GroupPortal.Application.Groups;
using GroupPortal.Core.Directories;
using GroupPortal.Web.Auth;
using GroupPortal.Web.Security;
using Microsoft.Extensions.Options;

namespace GroupPortal.Web.Startup;

/// <summary>All settings at once, before anything is opened: whoever mistyped three of them is told of three.</summary>
internal static class SettingsCheck
{
    /// <exception cref="OptionsValidationException">With a sentence for each wrong setting.</exception>
    public static void Run(WebApplicationBuilder builder)
    {
        var problems = Problems(builder.Configuration, EmbeddedStores.Stores).ToList();
        // Only of a name that can be read: a section in its place would not bind.
        if (builder.Configuration.GetSection($"{PortalOptions.Section}:{nameof(PortalOptions.DataDirectory)}") is not { Value: null } section || !section.Exists())
        {
            problems.AddRange(PortalData.ProblemOf(builder.Configuration, builder.Environment) is { } problem ? [problem] : []);
        }

        if (problems.Count > 0)
        {
            throw new OptionsValidationException(Options.DefaultName, typeof(SettingsCheck), problems);
        }
    }

    /// <summary>Everything that can be seen in the settings themselves; each sentence begins with its key.</summary>
    public static IReadOnlyList<string> Problems(IConfiguration configuration, IReadOnlyList<IdentityStore> stores)
    {
        var problems = new List<string>(ListenerAddresses.Problems(configuration));
        var shape = new SettingsShape(problems);
        shape.Read<PortalOptions>(configuration.GetSection(PortalOptions.Section));
        shape.Read<DemoOptions>(configuration.GetSection(DemoOptions.Section));

        var embedded = shape.Read<EmbeddedStoreOptions>(configuration.GetSection(EmbeddedStoreOptions.Section));
        if (embedded.People is < EmbeddedStoreOptions.FewestPeople or > EmbeddedStoreOptions.MostPeople)
        {
            problems.Add($"{EmbeddedStoreOptions.Section}:{nameof(embedded.People)} is a number from {EmbeddedStoreOptions.FewestPeople} to {EmbeddedStoreOptions.MostPeople}, not {embedded.People}.");
        }

        var proxy = shape.Read<ProxyOptions>(configuration.GetSection(ProxyOptions.Section));
        problems.AddRange(proxy.KnownAddresses
            .Where(address => !IPAddress.TryParse(address, out _))
            .Select(address => $"{ProxyOptions.Section}:{nameof(proxy.KnownAddresses)} has \"{address}\", which is no IP address."));

        foreach (var section in configuration.GetSection(StoreOptions.Section).GetChildren())
        {
            if (stores.FirstOrDefault(store => store.Id.ToString(CultureInfo.InvariantCulture) == section.Key) is not { } store)
            {
                problems.Add($"{section.Path} names no identity store. There are {string.Join(" and ", stores.Select(known => $"{known.Id} ({known.Name})"))}.");
            }
            else if (section.Value is { Length: > 0 })
            {
                problems.Add($"{section.Path} is a section with settings of its own, not a value.");
            }
            else
            {
                StoreRegistry.SettingsOf(store, shape.Read<StoreOptions>(section), problems);
            }
        }

        return problems;
    }
}
