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

    [Fact]
    public void A_tenant_takes_the_place_of_the_sample_with_its_id_and_has_the_other_settings_of_a_store()
    {
        var stores = Read([.. Tenant(3), ("Directories:3:Naming:Prefix", "GRP-")]);

        Assert.Equal([(2, "demo.local", StoreConnection.Embedded), (3, "contoso.onmicrosoft.com", StoreConnection.Graph)], stores.All.Select(Brief));
        Assert.Equal("GRP-", Assert.Single(stores.Tenants).Settings.Naming.Prefix);
    }

    [Fact]
    public void Domains_and_tenants_can_be_there_together_and_without_samples() =>
        Assert.Equal([2, 7, 8], Read([.. Domain(2), .. Tenant(7), .. Tenant(8), ("Embedded:Enabled", "false")]).All.Select(store => store.Id));

    [Fact]
    public void A_store_is_either_a_domain_or_a_tenant()
    {
        var problem = Assert.Single(ProblemsOf([.. Domain(4), .. Tenant(4)]));

        Assert.StartsWith("Directories:4 has both, Ldap and Graph.", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void All_that_is_wrong_with_a_tenant_is_told_at_once_with_the_domains()
    {
        var problems = ProblemsOf(
            ("Directories:2:Ldap:Name", "half done"), ("Directories:3:Graph:Domain", "contoso"), ("Directories:3:Graph:TenantId", "common"),
            ("Directories:3:Graph:Endpoint", "http://graph.example.com"), ("Directories:3:Graph:Secret", "typed here"), ("Directories:3:Guard:AddCount", "0"),
            ("Directories:3:Graph:CallSeconds", "0"));

        Assert.Equal(
            [
                "Directories:2:Ldap:BaseDn", "Directories:2:Ldap:Servers", "Directories:2:Ldap:Account", "Directories:2:Ldap:PasswordFile",
                "Directories:3:Graph:Secret", "Directories:3:Graph:Domain", "Directories:3:Graph:TenantId", "Directories:3:Graph:Endpoint",
                "Directories:3:Graph:ClientId", "Directories:3:Graph:SecretFile", "Directories:3:Graph:CallSeconds",
            ],
            problems.Select(problem => problem.Split(' ')[0].TrimEnd(':')));
    }

    [Theory]
    [InlineData("http://127.0.0.1:5090", true)]
    [InlineData("http://localhost:5090", true)]
    [InlineData("https://no-such-host.invalid", false)]
    [InlineData("https://10.0.0.1", false)]
    public async Task A_tenant_is_on_this_machine_by_the_address_of_its_endpoint(string endpoint, bool isHere) =>
        Assert.Equal(isHere, (await Read([.. Tenant(3), ("Directories:3:Graph:Endpoint", endpoint)]).AreOnThisMachineAsync()).AreAll);

    [Fact]
    public async Task One_store_elsewhere_is_enough() =>
        Assert.False((await Read([.. Tenant(3), ("Directories:3:Graph:Endpoint", "http://localhost:5090"), .. Domain(2), ("Directories:2:Ldap:Servers:0", "ldaps://10.0.0.1")]).AreOnThisMachineAsync()).AreAll);

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

    private static (string Key, string? Value)[] Tenant(int id) =>
    [
        ($"Directories:{id}:Graph:Domain", "contoso.onmicrosoft.com"), ($"Directories:{id}:Graph:TenantId", "0f6b3a52-6d0f-4d0c-9e57-0c1f5b8f3a01"),
        ($"Directories:{id}:Graph:ClientId", "0f6b3a52-6d0f-4d0c-9e57-0c1f5b8f3a02"), ($"Directories:{id}:Graph:SecretFile", "password"),
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
