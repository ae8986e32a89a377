using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using GroupPortal.Core.Directories;
using GroupPortal.Tests;

namespace GroupPortal.Benchmarks;

/// <summary>The figures of static groups: reading, creating, the first page of many.</summary>
internal static class StaticBenchmarks
{
    private const int People = 5000;
    private static readonly Guid DemoGroup = new("24bda903-2afd-408a-a55c-c18adcfb543e");

    public static async Task RunAsync()
    {
        await Counts.RunAsync();
        await ReadAndCreateAsync();
        await FirstPageAsync();
        await ManyPeopleAsync();
    }

    private static async Task ReadAndCreateAsync()
    {
        await using var portal = await PortalProcess.StartAsync(("Embedded:People", People.ToString(CultureInfo.InvariantCulture)));
        await using var bare = await BareProcess.StartAsync(People);
        using var client = portal.CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(client));

        var group = new Uri($"/GroupIDDataService/api/IdentityStores/2/Groups/{DemoGroup}", UriKind.Relative);
        var bareGroup = new Uri($"/groups/{DemoGroup}", UriKind.Relative);
        await Comparison.RunAsync(
            "API read of a group over the same SQLite read and a bare JSON route", "at most 2", rounds: 25, repeats: 200,
            () => GetAsync(client, group), () => GetAsync(bare.Client, bareGroup), warmUp: 100);

        var create = new Uri("/GroupIDDataService/api/IdentityStores/2/Groups/StaticGroup", UriKind.Relative);
        var bareCreate = new Uri("/groups", UriKind.Relative);
        var number = 0;
        await Comparison.RunAsync(
            "Create through the API with journal and history over two bare SQLite transactions behind a bare route", "at most 4", rounds: 25, repeats: 20,
            () => PostAsync(client, create, Body(++number)), () => PostAsync(bare.Client, bareCreate, "{}"), warmUp: 250);

        var scratch = $"Data Source={Path.Combine(portal.DataDirectory, "scratch.db")}";
        TwoTransactions.Prepare(scratch);
        await Comparison.RunAsync(
            "The same over two bare SQLite transactions without any HTTP", "(stricter reading of the same goal: at most 4)", rounds: 25, repeats: 20,
            () => PostAsync(client, create, Body(++number)),
            () =>
            {
                TwoTransactions.Run(scratch);
                return Task.CompletedTask;
            });
    }

    private static async Task FirstPageAsync()
    {
        using var few = await ManyGroups.MakeAsync(1000, 850, 10);
        using var many = await ManyGroups.MakeAsync(1000, 99_850, 10);
        await Comparison.RunAsync(
            "First page of 100,000 groups over first page of 1,000", "at most 1.3", rounds: 25, repeats: 50,
            () => PageAsync(many.Directory, string.Empty), () => PageAsync(few.Directory, string.Empty));
        await Comparison.RunAsync(
            "Page of a name search in 100,000 groups over the same in 1,000", "at most 1.3", rounds: 25, repeats: 50,
            () => PageAsync(many.Directory, "meas"), () => PageAsync(few.Directory, "meas"));
    }

    private static async Task ManyPeopleAsync()
    {
        using var few = await ManyGroups.MakeAsync(1000, 100, 100);
        using var many = await ManyGroups.MakeAsync(100_000, 1000, 1000);
        await Comparison.RunAsync(
            "First list page with 100,000 people and 1,000,000 memberships over 1,000 people", "at most 50 ms more", rounds: 15, repeats: 50,
            () => PageAsync(many.Directory, string.Empty), () => PageAsync(few.Directory, string.Empty));
        await Comparison.RunAsync(
            "Name search among 100,000 people over 1,000", "at most 50 ms more", rounds: 15, repeats: 50,
            () => FindAsync(many.Directory), () => FindAsync(few.Directory));
    }

    private static async Task<string> TokenAsync(HttpClient client)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "password", ["client_id"] = "benchmarks", ["username"] = "ada", ["password"] = "demo",
        });
        using var response = await client.PostAsync(new Uri("/GroupIDSecurityService/connect/token", UriKind.Relative), form);
        response.EnsureSuccessStatusCode();
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return json.RootElement.GetProperty("access_token").GetString()!;
    }

    private static string Body(int number) => string.Create(CultureInfo.InvariantCulture, $$"""
        {"GroupName":"Measured {{number}}","Container":"OU=Groups,DC=demo,DC=local","AttributesCollection":{"AttributesCollection":{
        "groupType":[{"Value":"-2147483640","Action":0}],"XGroupSecurity":[{"Value":"Semi_Private","Action":0}],
        "managedBy":[{"Value":"CN=Administrator,CN=Users,DC=demo,DC=local","Action":0}] } } }
        """);

    private static async Task GetAsync(HttpClient client, Uri address)
    {
        using var response = await client.GetAsync(address);
        response.EnsureSuccessStatusCode();
        await response.Content.ReadAsByteArrayAsync();
    }

    private static async Task PostAsync(HttpClient client, Uri address, string body)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var response = await client.PostAsync(address, content);
        response.EnsureSuccessStatusCode();
        await response.Content.ReadAsByteArrayAsync();
    }

    private static async Task PageAsync(IDirectory directory, string text)
    {
        var answer = await directory.FindGroupsAsync(new GroupQuery(text), CancellationToken.None);
        if (answer is not DirectoryAnswer<Page<GroupSummary>>.Ok { Value.Items.Count: 50 })
        {
            throw new InvalidOperationException("A page of 50 groups was expected.");
        }
    }

    private static async Task FindAsync(IDirectory directory)
    {
        var answer = await directory.FindAsync(new ObjectQuery("an", [ObjectKind.User]), CancellationToken.None);
        if (answer is not DirectoryAnswer<Page<DirectoryObject>>.Ok { Value.Items.Count: 20 })
        {
            throw new InvalidOperationException("Twenty people were expected.");
        }
    }
}
