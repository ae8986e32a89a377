using System.Text.Json.Nodes;
using GroupPortal.Tests;
using static GroupPortal.Web.Tests.Api.SmartGroups.RuleBodies;

namespace GroupPortal.Web.Tests.Api.SmartGroups;

/// <summary>What somebody looked at is what is saved and applied, or nothing is.</summary>
[Collection(ApiPortal.Collection)]
public sealed class PreviewHashTests(ApiPortal api)
{
    private const string Sales = "department Is Exactly \"Sales\"";
    private const string Legal = "department Is Exactly \"Legal\"";

    [Fact]
    public async Task A_group_is_created_of_the_preview_that_was_looked_at_and_of_no_other()
    {
        var (hash, other) = (await HashAsync(Sales), await HashAsync(Legal));
        var name = Bodies.NewName("Looked at");

        var refused = await CreateAsync(name, Sales, other);
        var empty = await CreateAsync(name, Sales, "");
        var created = await CreateAsync(name, Sales, hash);

        Assert.Equal((409, 1, "Conflict"), (refused.Http, refused.Status, refused.ErrorCode));
        Assert.Contains("would join", refused.Message!, StringComparison.Ordinal);
        Assert.Equal(409, empty.Http);
        Assert.True((created.Http, created.Status) == (200, 0), created.Text);
    }

    [Fact]
    public async Task A_rule_is_saved_only_while_it_does_what_was_looked_at()
    {
        var group = (await CreateAsync(Bodies.NewName("Saved"), Sales)).Body!["data"]!.GetValue<string>();
        var hash = await HashAsync(Legal, group);
        var people = (await api.Ada.PreviewAsync(ApiClient.Ad, Rule(Legal, ("pageSize", 1)))).Ids();
        var change = Bodies.Change(0, ("IMSGCriteria", [Legal]));

        var refused = await api.Ada.PatchAsync(
            ApiClient.Ad, group, Bodies.Change(0, ("IMSGCriteria", [Legal]), ("Exclude", [people[0]])), ("GroupPortal-Preview-Hash", hash));
        var criteria = await api.Ada.ValuesAsync(ApiClient.Ad, group, "IMSGCriteria");
        var saved = await api.Ada.PatchAsync(ApiClient.Ad, group, change, ("GroupPortal-Preview-Hash", hash));

        Assert.Equal((409, "Conflict"), (refused.Http, refused.ErrorCode));
        Assert.Equal([Sales], criteria);
        Assert.True((saved.Http, saved.Status) == (200, 0), saved.Text);
        Assert.Equal([Legal], await api.Ada.ValuesAsync(ApiClient.Ad, group, "IMSGCriteria"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_group_is_updated_by_the_preview_that_was_looked_at_and_not_once_its_rule_is_another(bool isOfMany)
    {
        var group = (await CreateAsync(Bodies.NewName("Updated"), Sales)).Body!["data"]!.GetValue<string>();
        Task<ApiAnswer> UpdateAsync(string looked) => isOfMany
            ? api.Ada.SendAsync(HttpMethod.Post, ApiClient.Ad, "/SmartGroups/Update", new JsonArray(group).ToJsonString(), ("GroupPortal-Preview-Hash", looked))
            : api.Ada.SendAsync(HttpMethod.Post, ApiClient.Ad, $"/SmartGroups/{group}/Update", null, ("GroupPortal-Preview-Hash", looked));
        var old = await HashAsync(Sales, group);
        await api.Ada.PatchAsync(ApiClient.Ad, group, Bodies.Change(0, ("IMSGCriteria", [Legal])));

        var refused = await UpdateAsync(old);
        var started = await UpdateAsync(await HashAsync(Legal, group));

        Assert.Equal((409, "Conflict"), (refused.Http, refused.ErrorCode));
        Assert.Equal(200, started.Http);
    }

    [Theory]
    [InlineData("POST", "/SmartGroups/Update")]
    [InlineData("PATCH", "/")]
    public async Task Of_many_groups_no_preview_can_be_named(string method, string path)
    {
        var first = (await CreateAsync(Bodies.NewName("Many"), Sales)).Body!["data"]!.GetValue<string>();
        var second = (await CreateAsync(Bodies.NewName("Many"), Sales)).Body!["data"]!.GetValue<string>();
        var body = method == "POST"
            ? new JsonArray(first, second)
            : new JsonArray([.. new[] { first, second }.Select(id => (JsonNode)new JsonObject
            {
                ["objectIdFromIdentityStore"] = id,
                ["attributesBusinessObject"] = JsonNode.Parse(Bodies.Change(0, ("IMSGCriteria", [Legal])))!["AttributesCollection"]!.DeepClone(),
            })]);

        var answer = await api.Ada.SendAsync(new HttpMethod(method), ApiClient.Ad, path, body.ToJsonString(), ("GroupPortal-Preview-Hash", await HashAsync(Sales, first)));

        Assert.Equal(400, answer.Http);
        Assert.Contains("GroupPortal-Preview-Hash", answer.Text, StringComparison.Ordinal);
        Assert.Equal([Sales], await api.Ada.ValuesAsync(ApiClient.Ad, second, "IMSGCriteria"));
    }

    private async Task<string> HashAsync(string criteria, string? group = null)
    {
        var answer = await api.Ada.PreviewAsync(ApiClient.Ad, Rule(criteria, ("group", group), ("pageSize", 0)));
        Assert.True(answer.Http == 200, answer.Text);
        return answer.Body!["hash"]!.GetValue<string>();
    }

    private Task<ApiAnswer> CreateAsync(string name, string criteria, string? hash = null) => api.Ada.SendAsync(
        HttpMethod.Post, ApiClient.Ad, "/DynamicGroup", Bodies.Group(name, ("IMSGCriteria", [criteria])),
        [.. hash is null ? Array.Empty<(string, string)>() : [("GroupPortal-Preview-Hash", hash)]]);
}
