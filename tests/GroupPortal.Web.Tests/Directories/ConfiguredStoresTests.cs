using GroupPortal.Core.Directories;
using GroupPortal.Web.Directories;
using Microsoft.Extensions.Configuration;

namespace GroupPortal.Web.Tests.Directories;

public sealed class ConfiguredStoresTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("groupportal-stores-").FullName;

    public ConfiguredStoresTests() => File.WriteAllText(Path.Combine(_folder, "password"), "secret\n");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Without_a_domain_there_are_the_sample_directories() => Assert.Equal(EmbeddedStores.Stores, Read().All);

    [Fact]
    public void A_domain_takes_the_place_of_the_sample_with_its_id()
    {
        var stores = Read(Domain(2)).All.ToList();

        Assert.Equal([(2, "example.com", StoreConnection.Ldap), (3, "5cjshm.onmicrosoft.com", StoreConnection.Embedded)], stores.Select(Brief));
    }

    [Fact]
    public void Another_id_adds_a_store_and_the_samples_can_be_left_out()
    {
        Assert.Equal([2, 3, 7], Read(Domain(7)).All.Select(store => store.Id));
        Assert.Equal([7], Read([.. Domain(7), ("Embedded:Enabled", "false")]).All.Select(store => store.Id));
    }

    [Fact]
    public void A_domain_has_the_other_settings_of_a_store_too()
    {
        var domain = Assert.Single(Read([.. Domain(2), ("Directories:2:DefaultContainer", "OU=Portal,DC=example,DC=com"), ("Directories:2:Naming:Prefix", "GRP-")]).Domains);

        Assert.Equal(("OU=Portal,DC=example,DC=com", "GRP-"), (domain.Settings.DefaultContainer, domain.Settings.Naming.Prefix));
    }

    [Fact]
    public void All_that_is_wrong_with_two_domains_is_told_at_once()
    {
        var problems = ProblemsOf(
            ("Directories:2:Ldap:BaseDn", "example.com"), ("Directories:2:Ldap:Servers:0", "dc1"), ("Directories:2:Ldap:Account", "svc@example.com"),
            ("Directories:2:Ldap:PasswordFile", "nowhere"), ("Directories:2:Ldap:ConnectSeconds", "many"),
            ("Directories:x:Ldap:BaseDn", "DC=example,DC=com"), ("Directories:5:Ldap:Name", "other"), ("Directories:5:Guard:AddCount", "0"));

        Assert.Equal(
            [
                "Directories:2:Ldap:ConnectSeconds", "Directories:2:Ldap:BaseDn", "Directories:2:Ldap:Servers", "Directories:2:Ldap:PasswordFile",
                "Directories:5:Ldap:BaseDn", "Directories:5:Ldap:Servers", "Directories:5:Ldap:Account", "Directories:5:Ldap:PasswordFile", "Directories:x",
            ],
            problems.Select(problem => problem.Split(' ')[0].TrimEnd(':')));
    }

    [Fact]
    public void Only_the_store_that_is_asked_for_is_looked_at()
    {
        var problems = new List<string>();
        var stores = ConfiguredStores.Read(Configuration([.. Domain(2), ("Directories:5:Ldap:Name", "half done")]), EmbeddedStores.Stores, _folder, problems, only: "2");

        Assert.Empty(problems);
        Assert.Equal(2, Assert.Single(stores.Domains).Connection.Store.Id);
    }

    [Theory]
    [InlineData("ldaps://127.0.0.1", true)]
    [InlineData("ldaps://127.8.8.8", true)]
    [InlineData("ldaps://localhost", true)]
    [InlineData("ldaps://10.0.0.1", false)]
    [InlineData("ldaps://no-such-host.invalid", false)]
    public async Task A_domain_is_on_this_machine_by_the_addresses_of_its_servers(string server, bool isHere) =>
        Assert.Equal(isHere, (await Read([.. Domain(2), ("Directories:2:Ldap:Servers:0", server)]).AreOnThisMachineAsync()).AreAll);

    private static (int Id, string Name, StoreConnection Connection) Brief(IdentityStore store) => (store.Id, store.Name, store.Connection);

    private static (string Key, string? Value)[] Domain(int id) =>
    [
        ($"Directories:{id}:Ldap:BaseDn", "DC=example,DC=com"), ($"Directories:{id}:Ldap:Servers:0", "ldaps://dc1.example.com"),
        ($"Directories:{id}:Ldap:Account", "svc@example.com"), ($"Directories:{id}:Ldap:PasswordFile", "password"),
    ];

    private static IConfiguration Configuration((string Key, string? Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.DistinctBy(setting => setting.Key).Select(setting => KeyValuePair.Create(setting.Key, setting.Value))).Build();

    private ConfiguredStores Read(params (string Key, string? Value)[] settings)
    {
        var problems = new List<string>();
        var stores = ConfiguredStores.Read(Configuration([.. settings.Reverse()]), EmbeddedStores.Stores, _folder, problems);
        Assert.Empty(problems);
        return stores;
    }

    private List<string> ProblemsOf(params (string Key, string? Value)[] settings)
    {
        var problems = new List<string>();
        _ = ConfiguredStores.Read(Configuration(settings), EmbeddedStores.Stores, _folder, problems);
        return problems;
    }
}
