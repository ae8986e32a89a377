using System.Text.Json.Nodes;
using static GroupPortal.Web.Tests.Api.SmartGroups.RuleBodies;

namespace GroupPortal.Web.Tests.Api.SmartGroups;

/// <summary>The parts of a rule are read in the shape in which they are sent, and can be sent back as they came.</summary>
[Collection(ApiPortal.Collection)]
public sealed class RuleRoundTripTests(ApiPortal api)
{
    private static readonly string[] OfRule = ["IMSGCriteria", "IMSGObjectTypes", "IMSGStartPath", "Include", "Exclude"];

    [Fact]
    public async Task Paths_show_their_scopes_and_exceptions_their_reasons()
    {
        var (id, people) = await SmartAsync();

        var read = await api.Ada.GetAsync(ApiClient.Ad, id, OfRule);

        var paths = Attribute(read, "IMSGStartPath");
        Assert.Equal(["OU=Sales,OU=Staff,DC=demo,DC=local", "OU=Legal,OU=Staff,DC=demo,DC=local"], paths.Select(path => path["value"]!.GetValue<string>()));
        Assert.Equal(["""{"Scope":"2"}""", """{"Scope":"1"}"""], paths.Select(path => path["attributeCollection"]!.ToJsonString()));
        Assert.All(paths, path => Assert.Equal(["attributeCollection", "action", "dn", "value", "identityStoreId"], path.AsObject().Select(field => field.Key)));
        var include = Assert.Single(Attribute(read, "Include"));
        Assert.Equal(people[0], include["value"]!.GetValue<string>());
        Assert.Equal("""{"Until":"2099-12-31T00:00:00Z","By":"ada","Reason":"Works | for both"}""", include["attributeCollection"]!.ToJsonString());
        Assert.Equal((people[1], """{"By":"ada"}"""), (Assert.Single(Attribute(read, "Exclude"))["value"]!.GetValue<string>(), Attribute(read, "Exclude")[0]["attributeCollection"]!.ToJsonString()));
    }

    [Fact]
    public async Task What_was_read_can_be_sent_back_and_changes_nothing()
    {
        var (id, _) = await SmartAsync();
        var read = await api.Ada.GetAsync(ApiClient.Ad, id, OfRule);

        var back = new JsonObject { ["attributesCollection"] = read.Body!["attributesBusinessObject"]!.DeepClone() };
        foreach (var always in new[] { "container", "objectClass", "name", "CN", "objectCategory" })
        {
            back["attributesCollection"]!["attributesCollection"]!.AsObject().Remove(always);
        }

        var answer = await api.Hal.PatchAsync(ApiClient.Ad, id, back.ToJsonString());

        Assert.True((answer.Http, answer.Status) == (200, 0), answer.Text);
        Assert.All(OfRule, name => Assert.Equal("It was so already.", answer.Detail(name)["message"]!.GetValue<string>()));
        Assert.Equal(read.Text, (await api.Ada.GetAsync(ApiClient.Ad, id, OfRule)).Text);
    }

    [Fact]
    public async Task What_was_read_can_be_previewed_as_it_came()
    {
        var (id, people) = await SmartAsync();
        var read = await api.Ada.GetAsync(ApiClient.Ad, id, OfRule);

        var preview = await api.Ada.MembersAsync(
            HttpMethod.Post, ApiClient.Ad, new JsonObject { ["ExtensionDataAttributes"] = read.Body!["attributesBusinessObject"]!.DeepClone() }.ToJsonString(), "?pageSize=1000");

        Assert.Contains(people[0], preview.Ids());
        Assert.DoesNotContain(people[1], preview.Ids());
    }

    /// <summary>Left out, it would make the rule look everywhere.</summary>
    [Theory]
    [InlineData("""{ "DN": "OU=Sales,OU=Staff,DC=demo,DC=local" }""")]
    [InlineData("""{ "Path": "OU=Sales,OU=Staff,DC=demo,DC=local" }""")]
    [InlineData("""{ "Value": "", "AttributeCollection": { "Scope": "1" } }""")]
    public async Task A_path_under_another_name_is_refused_when_a_group_is_created(string entry)
    {
        var body = JsonNode.Parse(Bodies.Group(Bodies.NewName(), ("IMSGCriteria", ["department Is Exactly \"Sales\""])))!;
        body["AttributesCollection"]!["AttributesCollection"]!["IMSGStartPath"] = new JsonArray(JsonNode.Parse(entry));

        var answer = await api.Ada.SendAsync(HttpMethod.Post, ApiClient.Ad, "/DynamicGroup", body.ToJsonString());

        Assert.Equal(400, answer.Http);
        Assert.Contains("IMSGStartPath[0]", answer.Message!, StringComparison.Ordinal);
    }

    private static List<JsonNode> Attribute(ApiAnswer answer, string name) =>
        [.. answer.Body!["attributesBusinessObject"]!["attributesCollection"]![name]!.AsArray().Select(value => value!)];

    private async Task<(string Id, IReadOnlyList<string> People)> SmartAsync()
    {
        var others = (await api.Ada.PreviewAsync(ApiClient.Ad, Rule("department Is Exactly \"Finance\"", ("pageSize", 1)))).Ids();
        var sales = (await api.Ada.PreviewAsync(ApiClient.Ad, Rule("department Is Exactly \"Sales\"", ("pageSize", 1)))).Ids();
        JsonArray Values(params (string Value, JsonObject Extras)[] values) =>
            new([.. values.Select(value => (JsonNode)new JsonObject { ["Value"] = value.Value, ["Action"] = 1, ["AttributeCollection"] = value.Extras })]);
        var body = new JsonObject
        {
            ["GroupName"] = Bodies.NewName("Round"),
            ["AttributesCollection"] = new JsonObject
            {
                ["AttributesCollection"] = new JsonObject
                {
                    ["IMSGCriteria"] = Values(("(department Present)", [])),
                    ["IMSGObjectTypes"] = Values(("6", []), ("7", [])),
                    ["IMSGStartPath"] = Values(
                        ("OU=Sales,OU=Staff,DC=demo,DC=local", new JsonObject { ["Scope"] = "2" }), ("OU=Legal,OU=Staff,DC=demo,DC=local", new JsonObject { ["scope"] = "1" })),
                    ["Include"] = Values((others[0], new JsonObject { ["Until"] = "2099-12-31", ["Reason"] = "Works | for both" })),
                    ["Exclude"] = Values((sales[0], [])),
                },
            },
        };
        var answer = await api.Ada.SendAsync(HttpMethod.Post, ApiClient.Ad, "/DynamicGroup", body.ToJsonString());
        Assert.True(answer.Http == 200 && answer.Status == 0, answer.Text);
        return (answer.Body!["data"]!.GetValue<string>(), [others[0], sales[0]]);
    }
}
