using System.Text.Json;
using GroupPortal.Application.Groups;
using GroupPortal.Application.Replica;
using GroupPortal.Application.Schedules;
using GroupPortal.Tests;
using GroupPortal.Web.Auth;
using GroupPortal.Web.Directories;
using GroupPortal.Web.Security;
using GroupPortal.Web.Startup;
using Microsoft.Extensions.Configuration;

namespace GroupPortal.Web.Tests.Startup;

/// <summary>appsettings.sample.json and the README's table say what the options are, no more and no less.</summary>
public sealed class SampleSettingsTests
{
    private static readonly string[] Frameworks = ["Urls", "AllowedHosts", "Logging"];

    private static readonly (string Section, object Defaults)[] Sections =
    [
        (PortalOptions.Section, new PortalOptions()),
        (EmbeddedStoreOptions.Section, new EmbeddedStoreOptions()),
        (ReplicaOptions.Section, new ReplicaOptions()),
        (ScheduleOptions.Section, new ScheduleOptions()),
        (DemoOptions.Section, new DemoOptions()),
        (ProxyOptions.Section, new ProxyOptions()),
        ($"{StoreOptions.Section}:2", new DirectoryOptions()),
    ];

    private readonly IConfiguration _sample = new ConfigurationBuilder().AddJsonFile(Path.Combine(Repository.Root, "appsettings.sample.json")).Build();

    [Fact]
    public void Every_setting_in_the_sample_is_known_and_right()
    {
        Assert.Empty(SettingsCheck.Problems(_sample, EmbeddedStores.Stores, Repository.Root, out _));
        Assert.Equal(
            Sections.Select(section => section.Section.Split(':')[0]).Concat(Frameworks).Order(StringComparer.Ordinal),
            _sample.GetChildren().Select(section => section.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_option_stands_in_the_sample()
    {
        using var sample = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(Repository.Root, "appsettings.sample.json")), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip });

        Assert.All(Keys(), key => Assert.True(IsIn(sample.RootElement, key), key));
    }

    [Fact]
    public void The_sample_shows_the_defaults()
    {
        foreach (var (section, defaults) in Sections)
        {
            Assert.Equal(Text(defaults), Text(_sample.GetSection(section).Get(defaults.GetType())!));
        }

        // No list and an empty one are the same to all who read it.
        static string Text(object options) => JsonSerializer.Serialize(options, options.GetType()).Replace("[]", "null", StringComparison.Ordinal);
    }

    [Fact]
    public void The_sample_agrees_with_the_settings_that_come_with_the_program()
    {
        var shipped = new ConfigurationBuilder().AddJsonFile(Path.Combine(Repository.Root, "src", "GroupPortal.Web", "appsettings.json")).Build();

        Assert.All(shipped.AsEnumerable().Where(setting => setting.Value is not null), setting => Assert.Equal(setting.Value, _sample[setting.Key]));
    }

    [Fact]
    public void Every_option_stands_in_the_table_of_the_readme()
    {
        var table = string.Join('\n', File.ReadLines(Path.Combine(Repository.Root, "README.md")).Where(line => line.StartsWith("| `", StringComparison.Ordinal)));

        Assert.All(Keys().Select(key => key.Split(':')[^1]), name => Assert.Contains($":{name}`", table, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Keys() => Sections.SelectMany(section => Keys(section.Section, section.Defaults.GetType()));

    private static IEnumerable<string> Keys(string path, Type type) =>
        SettingsShape.PropertiesOf(type).SelectMany(property => SettingsShape.IsSingle(property.PropertyType) || SettingsShape.IsList(property.PropertyType)
            ? [$"{path}:{property.Name}"]
            : Keys($"{path}:{property.Name}", property.PropertyType));

    private static bool IsIn(JsonElement element, string key) =>
        key.Split(':').All(name => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out element));
}
