using System.Net;
using GroupPortal.Application.Replica;
using GroupPortal.Application.Schedules;
using GroupPortal.Core.Directories;
using GroupPortal.Web.Auth;
using GroupPortal.Web.Directories;
using GroupPortal.Web.Security;
using Microsoft.Extensions.Options;

namespace GroupPortal.Web.Startup;

/// <summary>All settings at once, before anything is opened: whoever mistyped three of them is told of three.</summary>
internal static class SettingsCheck
{
    /// <returns>The stores that the settings name.</returns>
    /// <exception cref="OptionsValidationException">With a sentence for each wrong setting.</exception>
    public static ConfiguredStores Run(WebApplicationBuilder builder)
    {
        var problems = Problems(builder.Configuration, EmbeddedStores.Stores, builder.Environment.ContentRootPath, out var stores).ToList();
        // Only of a name that can be read: a section in its place would not bind.
        if (builder.Configuration.GetSection($"{PortalOptions.Section}:{nameof(PortalOptions.DataDirectory)}") is not { Value: null } section || !section.Exists())
        {
            problems.AddRange(PortalData.ProblemOf(builder.Configuration, builder.Environment) is { } problem ? [problem] : []);
        }

        if (problems.Count > 0)
        {
            throw new OptionsValidationException(Options.DefaultName, typeof(SettingsCheck), problems);
        }

        return stores;
    }

    /// <summary>Everything that can be seen in the settings themselves; each sentence begins with its key.</summary>
    /// <param name="samples">The directories that come with the program.</param>
    /// <param name="folder">Where relative paths in the settings start.</param>
    public static IReadOnlyList<string> Problems(
        IConfiguration configuration, IReadOnlyList<IdentityStore> samples, string folder, out ConfiguredStores stores)
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

        var replica = shape.Read<ReplicaOptions>(configuration.GetSection(ReplicaOptions.Section));
        if (replica.Interval is < ReplicaOptions.ShortestInterval or > ReplicaOptions.LongestInterval)
        {
            problems.Add($"{ReplicaOptions.Section}:{nameof(replica.Interval)} is a number of seconds from {ReplicaOptions.ShortestInterval} to {ReplicaOptions.LongestInterval}, not {replica.Interval}.");
        }

        var schedules = shape.Read<ScheduleOptions>(configuration.GetSection(ScheduleOptions.Section));
        if (schedules.Interval is < 0 or > ScheduleOptions.LongestInterval)
        {
            problems.Add($"{ScheduleOptions.Section}:{nameof(schedules.Interval)} is a number of seconds from 0 (never) to {ScheduleOptions.LongestInterval}, not {schedules.Interval}.");
        }

        var proxy = shape.Read<ProxyOptions>(configuration.GetSection(ProxyOptions.Section));
        problems.AddRange(proxy.KnownAddresses
            .Where(address => !IPAddress.TryParse(address, out _))
            .Select(address => $"{ProxyOptions.Section}:{nameof(proxy.KnownAddresses)} has \"{address}\", which is no IP address."));

        stores = ConfiguredStores.Read(configuration, samples, folder, problems);
        return problems;
    }
}
