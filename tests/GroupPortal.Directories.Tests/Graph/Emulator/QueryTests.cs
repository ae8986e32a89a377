using GroupPortal.GraphEmulation;
using GroupPortal.GraphEmulation.Store;

namespace GroupPortal.Directories.Tests.Graph.Emulator;

/// <summary>What lists can be asked, and what only with ConsistencyLevel: eventual.</summary>
public sealed class QueryTests(EmulatorFixture fixture) : IClassFixture<EmulatorFixture>, IDisposable
{
    private readonly GraphEmulator _emulator = fixture.Emulator;
    private readonly RawClient _client = new(fixture.Emulator);

    public void Dispose() => _client.Dispose();

    [Theory]
    [InlineData("/groups?$filter=startswith(displayName,'Project A')", "Project Alder")]
    [InlineData("/groups?$filter=displayName eq 'project ALDER'", "Project Alder")]
    [InlineData("/groups?$filter=displayName in ('Lunch','Cycling')", "Lunch,Cycling")]
    [InlineData("/groups?$filter=groupTypes/any(c:c eq 'DynamicMembership') and mailEnabled eq true", "Research Circle")]
    [InlineData("/groups?$filter=resourceProvisioningOptions/any(x:x eq 'Team') and startswith(displayName,'Project D')", "Project Delta")]
    [InlineData("/groups?$filter=isAssignableToRole eq true", "Tier 0 Administrators,Help Desk Administrators")]
    [InlineData("/groups?$filter=createdDateTime ge 2023-07-14T00:00:00Z and createdDateTime lt 2023-07-15T00:00:00Z", "")]
    [InlineData("/groups?$filter=(displayName eq 'Lunch' or displayName eq 'It''s') and securityEnabled eq false", "Lunch")]
    [InlineData("/users?$filter=userPrincipalName eq 'uma@5cjshm.onmicrosoft.com'", "Uma Devi")]
    [InlineData("/users?$filter=proxyAddresses/any(p:startswith(p,'SMTP:hal@'))", "Hal Reyes")]
    [InlineData("/groups?$filter=startswith(displayName,'Domain L')&$count=true", "Domain Ledger Operators")]
    public async Task A_filter_finds(string path, string expected) =>
        Assert.Equal(expected.Split(',', StringSplitOptions.RemoveEmptyEntries), (await _client.GetAsync(path)).All("displayName"));

    [Theory]
    [InlineData("/groups?$filter=displayName ne 'Lunch'&$count=true")]
    [InlineData("/groups?$filter=not(startswith(displayName,'A'))&$count=true")]
    [InlineData("/users?$filter=endswith(mail,'.com')&$count=true")]
    [InlineData("/groups?$filter=onPremisesSyncEnabled eq null&$count=true")]
    [InlineData("/groups?$filter=owners/$count eq 0&$count=true")]
    [InlineData("/groups?$filter=startswith(displayName,'P')&$orderby=displayName&$count=true")]
    [InlineData("/groups?$search=\"displayName:project\"")]
    [InlineData("/users/$count")]
    [InlineData("/groups/24bda903-2afd-408a-a55c-c18adcfb543e/members/microsoft.graph.user?$select=id&$count=true")]
    [InlineData("/groups/24bda903-2afd-408a-a55c-c18adcfb543e/members?$filter=startswith(displayName,'A')&$count=true")]
    public async Task An_advanced_query_needs_the_header(string path)
    {
        var without = await _client.GetAsync(path);
        var with = await _client.GetAsync(path, RawClient.Eventual);

        Assert.Equal(400, without.Status);
        Assert.True(with.Status == 200, with.Text);
    }

    [Theory]
    [InlineData("/users/$count", "Request_BadRequest", "$count is not currently supported.")]
    [InlineData(
        "/groups?$search=\"displayName:x\"",
        "Request_UnsupportedQuery",
        "Request with $search query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'")]
    public async Task Without_the_header_Graph_says_so(string path, string code, string message)
    {
        var answer = await _client.GetAsync(path);

        Assert.Equal((400, code, message), (answer.Status, answer.Code, answer.Message));
    }

    [Fact]
    public async Task A_filter_with_not_needs_the_count_too_and_a_count_alone_is_ignored()
    {
        Assert.Equal(400, (await _client.GetAsync("/groups?$filter=displayName ne 'Lunch'", RawClient.Eventual)).Status);
        Assert.Null((await _client.GetAsync("/groups?$count=true")).Json!["@odata.count"]);
        Assert.Equal(_emulator.Directory.All(ObjectKind.Group).Count, (int?)(await _client.GetAsync("/groups?$count=true&$top=1", RawClient.Eventual)).Json!["@odata.count"]);
    }

    [Theory]
    [InlineData("\"displayName:proj ald\"", "Project Alder")]
    [InlineData("\"displayName:alder\" OR \"displayName:beacon\"", "Project Alder,Project Beacon")]
    [InlineData("\"description:mailing\" AND \"displayName:lun\"", "Lunch")]
    [InlineData("\"displayName:lder\"", "")]
    public async Task Search_finds_beginnings_of_words(string search, string expected)
    {
        var answer = await _client.GetAsync("/groups?$search=" + Uri.EscapeDataString(search), RawClient.Eventual);

        Assert.Equal(expected.Split(',', StringSplitOptions.RemoveEmptyEntries), answer.All("displayName"));
    }

    [Theory]
    [InlineData("/users?$top=7")]
    [InlineData("/users?$top=7&$orderby=displayName")]
    [InlineData("/users?$top=7&$filter=accountEnabled eq true")]
    public async Task Pages_add_up_to_the_whole(string path)
    {
        var whole = await _client.AllAsync(path.Replace("$top=7", "$top=999", StringComparison.Ordinal));
        var pages = await _client.AllAsync(path);

        Assert.Equal(whole.Select(one => (string)one["id"]!), pages.Select(one => (string)one["id"]!));
        Assert.Equal(pages.Count, pages.Select(one => (string)one["id"]!).Distinct().Count());
        Assert.Equal(path.Contains("filter", StringComparison.Ordinal), pages.Count < _emulator.Directory.All(ObjectKind.User).Count);
    }

    [Fact]
    public async Task Pages_have_100_without_being_asked_and_999_at_most()
    {
        Assert.Equal(100, (await _client.GetAsync("/users")).Values.Count);
        Assert.Equal(400, (await _client.GetAsync("/users?$top=1000")).Status);
        Assert.Equal(400, (await _client.GetAsync("/users?$skip=10")).Status);
        Assert.Equal((400, "Directory_ExpiredPageToken"), ((await _client.GetAsync("/users?$skiptoken=AAAA")).Status, (await _client.GetAsync("/users?$skiptoken=AAAA")).Code));
    }

    [Fact]
    public async Task A_person_comes_with_his_manager_when_expanded()
    {
        var answer = await _client.GetAsync("/users?$filter=userPrincipalName eq 'uma@5cjshm.onmicrosoft.com'&$select=id&$expand=manager($select=id)");

        Assert.Equal((string?)(await _client.GetAsync($"/users/{_emulator.Directory.Person("uma")}/manager")).Json!["id"], (string?)answer.Values[0]!["manager"]!["id"]);
        Assert.Equal(400, (await _client.GetAsync("/users?$expand=manager&$count=true", RawClient.Eventual)).Status);
    }

    [Fact]
    public async Task The_properties_that_rules_ask_of_people_and_devices_exist()
    {
        string[] people =
        [
            "displayName", "givenName", "surname", "userPrincipalName", "mail", "mailNickname", "proxyAddresses", "otherMails", "department", "jobTitle", "companyName",
            "officeLocation", "city", "state", "streetAddress", "postalCode", "country", "usageLocation", "employeeId", "businessPhones", "mobilePhone", "faxNumber",
            "preferredLanguage", "passwordPolicies", "imAddresses", "userType", "onPremisesDistinguishedName", "onPremisesSecurityIdentifier", "id", "accountEnabled",
            "onPremisesSyncEnabled", "employeeHireDate", "assignedPlans", "onPremisesExtensionAttributes",
        ];
        string[] devices =
        [
            "displayName", "deviceCategory", "deviceId", "mdmAppId", "manufacturer", "model", "operatingSystem", "operatingSystemVersion", "deviceOwnership", "physicalIds",
            "trustType", "enrollmentProfileName", "isRooted", "managementType", "profileType", "systemLabels", "accountEnabled",
        ];

        Assert.Equal(people.Order(), Names(await _client.GetAsync($"/users/{_emulator.Directory.Person("uma")}?$select={string.Join(',', people)}")));
        Assert.Equal(devices.Order(), Names(await _client.GetAsync($"/devices/{_emulator.Directory.All(ObjectKind.Device)[0]}?$select={string.Join(',', devices)}")));

        static IEnumerable<string> Names(Answer answer) => answer.Json!.AsObject().Select(property => property.Key).Where(name => name[0] != '@').Order();
    }

    [Fact]
    public async Task Several_are_read_at_once_by_their_ids()
    {
        var ids = new[] { _emulator.Directory.Person("uma"), _emulator.Directory.Group("Lunch"), Guid.NewGuid() };

        var answer = await _client.PostAsync("/directoryObjects/getByIds?$select=id,displayName", new { ids });
        var groups = await _client.PostAsync("/directoryObjects/getByIds", new { ids, types = new[] { "group" } });

        Assert.Equal(["Uma Devi", "Lunch"], answer.All("displayName"));
        Assert.Equal(["#microsoft.graph.user", "#microsoft.graph.group"], answer.All("@odata.type"));
        Assert.Equal(["Lunch"], groups.All("displayName"));
    }
}
