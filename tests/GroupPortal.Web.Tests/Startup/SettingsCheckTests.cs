using System.Text;
using GroupPortal.Application.Groups;
using GroupPortal.Core.Access;
using GroupPortal.Core.Plans;
using GroupPortal.Web.Startup;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace GroupPortal.Web.Tests.Startup;

public sealed class SettingsCheckTests
{
    [Theory]
    [InlineData("Urls", "http://localhost:5080")]
    [InlineData("Urls", "http://127.0.0.1:0;https://[::1]:443; http://*:80")]
    [InlineData("Urls", "")]
    [InlineData("Embedded:People", "10")]
    [InlineData("embedded:people", "200000")]
    [InlineData("Embedded:Exchange", "False")]
    [InlineData("Schedules:Interval", "0")]
    [InlineData("Demo:Password", "")]
    [InlineData("Proxy:KnownAddresses:0", "::1")]
    [InlineData("Directories:2:Naming:Pattern", "GRP-.*")]
    [InlineData("Directories:2:Naming:RequiredFields:0", "description")]
    [InlineData("Directories:2:Guard:RemoveExempt", "0")]
    [InlineData("Directories:2:Access:UsersMayCreate", "false")]
    [InlineData("Directories:2:DefaultContainer", "OU=Teams,DC=demo,DC=local")]
    public void What_is_right_passes(string key, string value) => Assert.Empty(Problems((key, value)));

    [Theory]
    [InlineData("Urls", "localhost:5080", "Urls: \"localhost:5080\" is no address")]
    [InlineData("Urls", "http://localhost:5080;ftp://localhost", "Urls: \"ftp://localhost\" is no address")]
    [InlineData("Urls", "http://localhost:many", "Urls: \"http://localhost:many\" is no address")]
    [InlineData("Urls", "http://localhost:70000", "Urls: \"http://localhost:70000\" is no address")]
    [InlineData("Urls", "http://localhost:0", "Urls: \"http://localhost:0\" is no address")]
    [InlineData("Urls", "http://localhost:5080/portal", "Urls: \"http://localhost:5080/portal\" is no address")]
    [InlineData("GroupPortal:DataDirektory", "x", "GroupPortal:DataDirektory is no setting, perhaps a typing error. GroupPortal has DataDirectory.")]
    [InlineData("Embedded:People", "9", "Embedded:People is a number from 10 to 200000, not 9.")]
    [InlineData("Embedded:People", "200001", "Embedded:People is a number from 10 to 200000")]
    [InlineData("Embedded:People", "many", "Embedded:People is a number, not \"many\".")]
    [InlineData("Embedded:People", "", "Embedded:People is a number, not \"\".")]
    [InlineData("Embedded:Exchange", "yes", "Embedded:Exchange is true or false, not \"yes\".")]
    [InlineData("Embedded:Poeple", "10", "Embedded:Poeple is no setting, perhaps a typing error. Embedded has Enabled, People, Exchange.")]
    [InlineData("Embedded:Enabled", "false", "Embedded:Enabled is false and there is no other store. Name one in Directories:<id>:Ldap or Directories:<id>:Graph.")]
    [InlineData("Schedules:Interval", "-1", "Schedules:Interval is a number of seconds from 0 (never) to 3600, not -1.")]
    [InlineData("Directories:2:Ldap:Password", "secret", "Directories:2:Ldap:Password is no setting, perhaps a typing error.")]
    [InlineData("Directories:2:Ldap:Servers", "ldaps://dc1", "Directories:2:Ldap:Servers is a list: set Directories:2:Ldap:Servers:0")]
    [InlineData("Directories:2:Ldap:Roles:Admins:0", "x", "Directories:2:Ldap:Roles:Admins is no setting, perhaps a typing error. Directories:2:Ldap:Roles has Administrators, Helpdesk.")]
    [InlineData("Demo:Password", null, "Demo:Password is a single value. Leave it out for its default.")]
    [InlineData("Proxy:KnownAddresses", "10.0.0.1", "Proxy:KnownAddresses is a list: set Proxy:KnownAddresses:0")]
    [InlineData("Proxy:KnownAddresses:0", "proxy.example", "Proxy:KnownAddresses has \"proxy.example\", which is no IP address.")]
    [InlineData("Directories:9:DefaultContainer", "OU=x", "Directories:9 names no identity store. There are 2 (demo.local) and 3 (5cjshm.onmicrosoft.com). Another one has a section Ldap or Graph.")]
    [InlineData("Directories:demo.local:DefaultContainer", "OU=x", "Directories:demo.local names no identity store.")]
    [InlineData("Directories:2", "demo.local", "Directories:2 is a section")]
    [InlineData("Directories:2:Naming", "GRP-", "Directories:2:Naming is a section")]
    [InlineData("Directories:2:Naming:Pattern", "(", "Directories:2:Naming:Pattern is no regular expression: \"(\".")]
    [InlineData("Directories:2:Naming:Pattern", "(?x) a # b", "Directories:2:Naming:Pattern is no regular expression")]
    [InlineData("Directories:2:Naming:Patern", "x", "Directories:2:Naming:Patern is no setting, perhaps a typing error. Directories:2:Naming has Prefix, Pattern, PatternHint, RequiredFields.")]
    [InlineData("Directories:2:Naming:RequiredFields", "description", "Directories:2:Naming:RequiredFields is a list")]
    [InlineData("Directories:2:Guard:RemovePercent", "0", "Directories:2:Guard:RemovePercent is a number from 1 on, not 0.")]
    [InlineData("Directories:2:Guard:RemoveExempt", "-1", "Directories:2:Guard:RemoveExempt is a number from 0 on, not -1.")]
    [InlineData("Directories:2:Guard:RemoveCount", "all", "Directories:2:Guard:RemoveCount is a number, not \"all\".")]
    [InlineData("Directories:3:Guard:AddCount", "-5", "Directories:3:Guard:AddCount is a number from 1 on, not -5.")]
    [InlineData("Directories:2:Access:UsersMayCreate", "no", "Directories:2:Access:UsersMayCreate is true or false, not \"no\".")]
    [InlineData("Directories:2:DefaultContainer", "OU=Groups,DC=elsewhere", "Directories:2:DefaultContainer is no distinguished name below DC=demo,DC=local: \"OU=Groups,DC=elsewhere\".")]
    [InlineData("Directories:2:DefaultContainer", "Groups", "Directories:2:DefaultContainer is no distinguished name below")]
    public void What_is_wrong_is_told_by_its_key(string key, string? value, string told) =>
        Assert.StartsWith(told, Assert.Single(Problems((key, value))), StringComparison.Ordinal);

    [Theory]
    [InlineData("""{ "Directories": { "2": { "Naming": {}, "Guard": {}, "Access": {} } } }""")]
    [InlineData("""{ "Directories": { "2": { "Naming": { "RequiredFields": [] }, "Guard": null } } }""")]
    [InlineData("""{ "Directories": { "2": {} }, "Embedded": {}, "Demo": null, "Proxy": { "KnownAddresses": [] } }""")]
    public void An_empty_section_keeps_the_defaults(string json)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(json));
        var configuration = new ConfigurationBuilder().AddJsonStream(stream).Build();
        var bound = configuration.GetSection("Directories:2").Get<StoreOptions>() ?? new StoreOptions();

        Assert.Empty(SettingsCheck.Problems(configuration, EmbeddedStores.Stores, "", out _));
        Assert.Equal((new GuardLimits(), new StoreAccess()), (bound.Guard, bound.Access));
        Assert.Equal(string.Empty, bound.Naming.Prefix);
    }

    [Fact]
    public void All_that_is_wrong_is_told_at_once()
    {
        var file = Path.GetTempFileName();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Configuration.AddInMemoryCollection(
        [
            new("Urls", "nowhere"), new("Embedded:People", "x"), new("Embedded:Exchange", "x"), new("Directories:2:Guard:AddCount", "x"),
            new("Directories:2:Naming:Pattern", "["), new("Directories:7:Naming:Prefix", "x"), new("GroupPortal:DataDirectory", Path.Combine(file, "below")),
        ]);

        var refused = Assert.Throws<OptionsValidationException>(() => SettingsCheck.Run(builder));
        File.Delete(file);

        Assert.Equal(
            ["Urls", "Embedded:Exchange", "Embedded:People", "Directories:2:Guard:AddCount", "Directories:2:Naming:Pattern", "Directories:7", "GroupPortal:DataDirectory"],
            refused.Failures.Select(failure => failure.Split(' ')[0].TrimEnd(':')));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public void An_empty_data_directory_is_refused(string folder)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Configuration.AddInMemoryCollection([new("GroupPortal:DataDirectory", folder)]);

        var refused = Assert.Throws<OptionsValidationException>(() => SettingsCheck.Run(builder));

        Assert.Equal("GroupPortal:DataDirectory is empty. Name the directory in which the portal keeps its state.", Assert.Single(refused.Failures));
    }

    private static IReadOnlyList<string> Problems(params (string Key, string? Value)[] settings) => SettingsCheck.Problems(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, setting.Value))).Build(),
        EmbeddedStores.Stores, folder: "", out _);
}
