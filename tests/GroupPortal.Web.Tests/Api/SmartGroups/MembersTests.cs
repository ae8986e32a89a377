using System.Text.Json.Nodes;
using static GroupPortal.Web.Tests.Api.SmartGroups.RuleBodies;

namespace GroupPortal.Web.Tests.Api.SmartGroups;

/// <summary>GET and POST …/SmartGroups/Members, the vendor's own preview.</summary>
[Collection(ApiPortal.Collection)]
public sealed class MembersTests(ApiPortal api)
{
    private const string Engineers = "(department Contains \"engineering\")";

    private static readonly (string, JsonArray)[] Broken = [("IMSGObjectTypes", ["6"]), ("IMSGCriteria", ["(department contains \"eng\""]), ("IMSGStartPath", ["GC=DC.demo.local"])];

    public static TheoryData<string> Methods => ["GET", "POST"];

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task Whom_a_rule_selects_is_answered_in_the_fields_of_the_sample(string method)
    {
        var answer = await api.Ada.MembersAsync(new HttpMethod(method), ApiClient.Ad, Sample(Engineers), "?sortOrder=1&pageNo=1&pageSize=2");

        Assert.Equal(200, answer.Http);
        Assert.Equal(["total", "data"], answer.Body!.AsObject().Select(field => field.Key));
        Assert.True(answer.Body["total"]!.GetValue<int>() > 2, answer.Text);
        Assert.Equal(2, answer.Data().Count);
        Assert.True(int.Parse(answer.Header("Age"), null) >= 0);
        foreach (var found in answer.Data())
        {
            Assert.Equal(
                ["attributesBusinessObject", "objectIdFromIdentityStore", "elasticHitScore", "objectDisplayName", "stopNotification", "objectName", "identityStore", "identityStoreId", "objectType"],
                found.AsObject().Select(field => field.Key));
            var attributes = found["attributesBusinessObject"]!;
            Assert.Equal(["attributesCollection", "type", "filePermissionCollection"], attributes.AsObject().Select(field => field.Key));
            Assert.Equal(
                ["CN", "IMSGManagedGroupType", "container", "description", "displayName", "isdisabled", "ismailbox", "name", "objectCategory", "objectClass"],
                attributes["attributesCollection"]!.AsObject().Select(field => field.Key).Order(StringComparer.Ordinal));
            var value = Assert.Single(attributes["attributesCollection"]!["container"]!.AsArray())!;
            Assert.Equal(["attributeCollection", "action", "dn", "value", "identityStoreId"], value.AsObject().Select(field => field.Key));
            Assert.Equal("{}null00", $"{value["attributeCollection"]!.ToJsonString()}{value["dn"]?.ToJsonString() ?? "null"}{value["action"]}{value["identityStoreId"]}");
            Assert.Equal(("user", 2, "1.0"), (found["objectType"]!.GetValue<string>(), found["identityStoreId"]!.GetValue<int>(), found["elasticHitScore"]!.ToJsonString()));
            Assert.Equal(["user"], found.Values("objectClass"));
            Assert.Contains("OU=Staff,DC=demo,DC=local", Assert.Single(found.Values("container")!), StringComparison.Ordinal);
            Assert.Equal(found["objectDisplayName"]!.GetValue<string>(), Assert.Single(found.Values("displayName")!));
            Assert.Equal(found.Values("name"), found.Values("CN"));
            Assert.Contains(Assert.Single(found.Values("isdisabled")!), new[] { "True", "False" });
            Assert.Empty(found.Values("IMSGManagedGroupType")!);
            Assert.Empty(found.Values("objectCategory")!);
            Assert.Equal(["True"], found.Values("ismailbox"));
        }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task Broken_criteria_are_refused_with_the_place_and_select_nobody(string method)
    {
        var answer = await api.Ada.MembersAsync(new HttpMethod(method), ApiClient.Ad, Smart(Broken), "?sortOrder=1&pageNo=1&pageSize=2");

        Assert.Equal((400, 1, "InvalidValue"), (answer.Http, answer.Status, answer.ErrorCode));
        Assert.Contains("IMSGCriteria, offset 26: ", answer.Message!, StringComparison.Ordinal);
        Assert.NotNull(answer.Body!["exceptionMessagesAttributeWise"]!["IMSGCriteria"]);
        Assert.Equal(26, answer.Body["problems"]![0]!["start"]!.GetValue<int>());
        Assert.Null(answer.Body["data"]);
        Assert.Null(answer.Body["total"]);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{ "ExtensionDataAttributes": { "AttributesCollection": {} } }""")]
    [InlineData("""{ "ExtensionDataAttributes": { "AttributesCollection": { "IMSGCriteria": [] } } }""")]
    [InlineData("""{ "ExtensionDataAttributes": { "AttributesCollection": { "IMSGCriteria": [{ "Value": "" }] } } }""")]
    [InlineData("""{ "ExtensionDataAttributes": { "AttributesCollection": { "IMSGCriteria": [{ "Value": "nosuch Is Exactly \"a\"" }] } } }""")]
    [InlineData("""{ "ExtensionDataAttributes": { "AttributesCollection": { "IMSGCriteria": [{ "Value": "l Present" }, { "Value": "st Present" }] } } }""")]
    [InlineData("""{ "ExtensionDataAttributes": { "AttributesCollection": { "IMSGCriteria": [{ "Value": "l Present" }], "IMSGObjectTypes": [{ "Value": "12" }] } } }""")]
    [InlineData("""{ "ExtensionDataAttributes": { "AttributesCollection": { "IMSGCriteria": [{ "Value": "l Present" }], "IMSGStartPath": [{ "Value": "Sales" }] } } }""")]
    [InlineData("""{ "ExtensionDataAttributes": { "AttributesCollection": { "IMSGCriteria": [{ "Value": "l Present" }], "IMSGStartPath": [{ "Value": "DC=demo,DC=local", "AttributeCollection": { "Scope": "3" } }] } } }""")]
    [InlineData("""{ "ExtensionDataAttributes": { "AttributesCollection": { "IMSGCriteria": [{ "Value": "l Present" }], "Exclude": [{ "Value": "uma" }] } } }""")]
    [InlineData("""{ "ExtensionDataAttributes": { "AttributesCollection": { "IMSGCriteria": [{ "Value": "(l=*)" }], "XCriteriaLanguage": [{ "Value": "sql" }] } } }""")]
    [InlineData("""{ "ExtensionDataAttributes": { "AttributesCollection": { "IMSGCriteria": [{ "Value": "l Present" }], "IMSGStartPath": [{ "DN": "OU=Sales,OU=Staff,DC=demo,DC=local" }] } } }""")]
    [InlineData("""{ "ExtensionDataAttributes": { "AttributesCollection": { "IMSGCriteria": [{ "Value": "l Present" }], "IMSGStartPath": [{ "Value": null, "AttributeCollection": { "Scope": "1" } }] } } }""")]
    [InlineData("""{ "ExtensionDataAttributes": { "AttributesCollection": { "IMSGCriteria": [{ "Value": "l Present" }], "IMSGStartPaths": [{ "Value": "OU=Sales,OU=Staff,DC=demo,DC=local" }] } } }""")]
    [InlineData("no json")]
    [InlineData("[]")]
    [InlineData("")]
    public async Task What_cannot_be_read_whole_never_widens_to_everybody(string body)
    {
        var answer = await api.Ada.MembersAsync(HttpMethod.Post, ApiClient.Ad, body);

        Assert.Equal((400, "InvalidValue"), (answer.Http, answer.ErrorCode));
        Assert.False(string.IsNullOrEmpty(answer.Message), answer.Text);
        Assert.Null(answer.Body!["data"]);
    }

    [Theory]
    [InlineData("?pageNo=0")]
    [InlineData("?pageNo=first")]
    [InlineData("?pageSize=0")]
    [InlineData("?pageSize=1001")]
    [InlineData("?pageNo=99999999999")]
    public async Task A_page_that_is_none_is_refused(string query)
    {
        var answer = await api.Ada.MembersAsync(HttpMethod.Get, ApiClient.Ad, Sample(Engineers), query);

        Assert.Equal(400, answer.Http);
        Assert.Contains("$.?page", answer.Message!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_in_either_order_are_everybody_once()
    {
        var whole = await api.Ada.MembersAsync(HttpMethod.Get, ApiClient.Ad, Sample(Engineers), "?pageSize=1000");
        var total = whole.Body!["total"]!.GetValue<int>();
        var upwards = new List<string>();
        for (var page = 1; upwards.Count < total; page++)
        {
            var some = await api.Ada.MembersAsync(HttpMethod.Get, ApiClient.Ad, Sample(Engineers), FormattableString.Invariant($"?sortOrder=1&pageNo={page}&pageSize=7"));
            Assert.Equal(Math.Min(7, total - upwards.Count), some.Data().Count);
            Assert.Equal(total, some.Body!["total"]!.GetValue<int>());
            upwards.AddRange(some.Ids());
        }

        var downwards = await api.Ada.MembersAsync(HttpMethod.Get, ApiClient.Ad, Sample(Engineers), "?sortOrder=Descending&pageSize=1000");
        var beyond = await api.Ada.MembersAsync(HttpMethod.Get, ApiClient.Ad, Sample(Engineers), "?pageNo=1000&pageSize=1000");

        Assert.Equal(whole.Ids(), upwards);
        Assert.Equal(total, whole.Ids().Distinct().Count());
        Assert.Equal(whole.Ids().Order(), downwards.Ids().Order());
        Assert.NotEqual(whole.Ids(), downwards.Ids());
        Assert.Empty(beyond.Data());
    }

    [Fact]
    public async Task Types_paths_exceptions_and_languages_count()
    {
        var everybody = await api.Ada.MembersAsync(HttpMethod.Get, ApiClient.Ad, Smart([("IMSGCriteria", ["sAMAccountName Present"]), ("IMSGObjectTypes", ["6"])]));
        var kinds = await api.Ada.MembersAsync(HttpMethod.Get, ApiClient.Ad, Smart([("IMSGCriteria", ["sAMAccountName Present"]), ("IMSGObjectTypes", ["9,8", "6"])]), "?pageSize=1000");
        var sales = await api.Ada.MembersAsync(HttpMethod.Get, ApiClient.Ad, Smart(
            [("IMSGCriteria", ["sAMAccountName Present"]), ("IMSGStartPath", [Scoped("OU=Sales,OU=Staff,DC=demo,DC=local", "1")])], "department"));
        var right = await api.Ada.MembersAsync(HttpMethod.Get, ApiClient.Ad, Smart([("IMSGCriteria", ["sAMAccountName Present"]), ("IMSGStartPath", [Scoped("OU=Staff,DC=demo,DC=local", "1")])]));
        var kept = await api.Ada.MembersAsync(HttpMethod.Get, ApiClient.Ad, Smart([("IMSGCriteria", ["sAMAccountName Present"]), ("IMSGStartPath", ["1;OU=Sales,OU=Staff,DC=demo,DC=local"])]));
        var whole = await api.Ada.MembersAsync(HttpMethod.Get, ApiClient.Ad, Smart(
            [("IMSGCriteria", ["sAMAccountName Present"]), ("IMSGObjectTypes", ["6"]), ("IMSGStartPath", ["OU=Sales,OU=Staff,DC=demo,DC=local", "GC=DC.demo.local"])]));
        var filter = await api.Ada.MembersAsync(HttpMethod.Get, ApiClient.Ad, Smart([("IMSGCriteria", ["(department=Sales)"]), ("XCriteriaLanguage", ["ldap"])]));

        Assert.Equal(["computer", "group", "user"], kinds.Data().Select(one => one["objectType"]!.GetValue<string>()).Distinct().Order());
        Assert.NotEmpty(sales.Data());
        Assert.All(sales.Data(), one => Assert.Equal(["Sales"], one.Values("department")));
        Assert.Equal(0, Total(right));
        Assert.Equal(Total(sales), Total(kept));
        Assert.Equal(Total(everybody), Total(whole));
        Assert.Equal(Total(sales), Total(filter));

        var (first, second) = (sales.Ids()[0], everybody.Ids()[0]);
        var excepted = await api.Ada.MembersAsync(HttpMethod.Get, ApiClient.Ad, Smart(
            [("IMSGCriteria", ["department Is Exactly \"Sales\""]), ("Include", [second]), ("Exclude", [first, $"{sales.Ids()[1]}|2020-01-01T00:00:00Z||gone by"])]), "?pageSize=1000");
        Assert.Contains(second, excepted.Ids());
        Assert.DoesNotContain(first, excepted.Ids());
        Assert.Contains(sales.Ids()[1], excepted.Ids());
    }

    [Fact]
    public async Task People_of_an_Entra_store_stand_in_its_base_and_have_what_was_asked_for_under_any_of_its_names()
    {
        var answer = await api.Uma.MembersAsync(HttpMethod.Get, ApiClient.Entra, Smart([("IMSGCriteria", [Engineers])], "TITLE", "jobTitle", "nothing"), "?pageSize=3");

        Assert.Equal(3, answer.Data().Count);
        foreach (var found in answer.Data())
        {
            Assert.Equal(["DC=5cjshm,DC=onmicrosoft,DC=com"], found.Values("container"));
            Assert.Equal(found.Values("jobTitle"), found.Values("TITLE"));
            Assert.Single(found.Values("jobTitle")!);
            Assert.Empty(found.Values("nothing")!);
        }
    }

    [Fact]
    public async Task Without_a_token_or_a_store_nobody_is_shown()
    {
        Assert.Equal(401, (await api.Nobody.MembersAsync(HttpMethod.Get, ApiClient.Ad, Sample(Engineers))).Http);
        Assert.Equal(404, (await api.Ada.MembersAsync(HttpMethod.Get, 77, Sample(Engineers))).Http);
    }

    private static int Total(ApiAnswer answer)
    {
        Assert.True(answer.Http == 200, answer.Text);
        return answer.Body!["total"]!.GetValue<int>();
    }

    private static JsonObject Scoped(string dn, string scope) => new() { ["Value"] = dn, ["AttributeCollection"] = new JsonObject { ["Scope"] = scope } };

    /// <summary>The sample's request, with criteria that are whole.</summary>
    private static string Sample(string criteria) => Smart(
        [("IMSGObjectTypes", ["6"]), ("IMSGCriteria", [criteria]), ("IMSGStartPath", [Scoped("GC=DC.demo.local", "2")])],
        "displayName", "description", "IMSGManagedGroupType", "isdisabled", "ismailbox");
}
