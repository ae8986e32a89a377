using System.Text.Json.Nodes;
using GroupPortal.Tests;

namespace GroupPortal.Web.Tests.Api;

/// <summary>The samples against the embedded stores, which answer all of them.</summary>
[Collection(ApiPortal.Collection)]
public sealed class SampleTests(ApiPortal api) : StaticSampleTests
{
    internal override ApiClient Ada => api.Ada;

    protected override string Server => "DC.demo.local";

    protected override bool HasCompany => true;

    [Fact]
    public async Task Creating_a_smart_group_answers_as_its_sample()
    {
        await api.Ada.SendAsync(HttpMethod.Delete, ApiClient.Ad, "/DemoSmartGroup1");
        var answer = await api.Ada.SendAsync(HttpMethod.Post, ApiClient.Ad, "/DynamicGroup", Read("create-smart-ad.request"));

        Assert.True(answer.Http == 200, answer.Text);
        var id = answer.Body!["data"]!.GetValue<string>();
        var sample = JsonNode.Parse(Read("create-smart-ad.response").Replace("f8bc4524-fdcb-4b85-9f3f-d6c0af7c58ae", id, StringComparison.Ordinal))!;
        AssertDetails(sample["details"]![0]!, answer.Details, "name", "IMSGManagedGroupType", "IMSGObjectTypes", "IMSGCriteria", "IMSGStartPath", "SmartGroupMainType", "UpdateOptions");
        AssertSame(Without(sample), Without(answer.Body));
        Assert.False(answer.Headers.Contains("GroupPortal-Task"));
        Assert.Equal(["(department Contains \"engineering\")"], await api.Ada.ValuesAsync(ApiClient.Ad, id, "IMSGCriteria"));
        Assert.Equal(["2"], await api.Ada.ValuesAsync(ApiClient.Ad, id, "IMSGManagedGroupType"));
    }

    [Fact]
    public async Task Updating_a_smart_group_answers_as_its_sample()
    {
        var id = await SmartAsync("Updated alone");
        var answer = await api.Ada.SendAsync(HttpMethod.Post, ApiClient.Ad, $"/SmartGroups/{id}/Update");

        var sample = JsonNode.Parse(Read("update-smart-one.response"))!;
        (sample["data"], sample["name"]) = (answer.Body!["data"]!.DeepClone(), answer.Body["name"]!.DeepClone());
        AssertSame(sample, answer.Body);
        Assert.True(answer.Body["data"]!.GetValue<int>() > 0);
        Assert.True(Guid.TryParse(answer.Body["name"]!.GetValue<string>(), out _));
    }

    [Fact]
    public async Task Updating_smart_groups_answers_as_its_sample()
    {
        var (first, second) = (await SmartAsync("Updated first"), await SmartAsync("Updated second"));
        string WithIds(string text) => text
            .Replace("9ba5dc8f-bdf0-4cc8-bc53-5012e94508c8", first, StringComparison.Ordinal).Replace("424eea5a-7781-4c46-851f-28348b597a72", second, StringComparison.Ordinal);
        var answer = await api.Ada.SendAsync(HttpMethod.Post, ApiClient.Ad, "/SmartGroups/Update", WithIds(Read("update-smart-many.request")));

        var sample = JsonNode.Parse(WithIds(Read("update-smart-many.response")))!;
        sample["clientID"] = answer.Body!["clientID"]!.DeepClone();
        var tasks = answer.Details.Select(detail => detail!["taskID"]!.GetValue<int>()).ToList();
        (sample["details"]![0]!["taskID"], sample["details"]![1]!["taskID"]) = (tasks[0], tasks[1]);
        AssertSame(sample, answer.Body);
        Assert.True(tasks[1] > tasks[0]);
    }

    [Fact]
    public async Task A_task_says_how_it_goes()
    {
        var id = await SmartAsync("Watched");
        var task = (await api.Ada.SendAsync(HttpMethod.Post, ApiClient.Ad, $"/SmartGroups/{id}/Update")).Body!["data"]!.GetValue<int>();

        await Eventually.IsAsync(async () => (await TaskAsync(ApiClient.Ad, task)).Body!["state"]!.GetValue<string>() == "Finished");
        var answer = await TaskAsync(ApiClient.Ad, task);

        Assert.Equal((200, id, "ada"), (answer.Http, answer.Body!["groupID"]!.GetValue<string>(), answer.Body["by"]!.GetValue<string>()));
        Assert.Equal(["adds", "removes", "errors"], answer.Body["counts"]!.AsObject().Select(count => count.Key));
        Assert.All(["adds", "removes", "errors"], name => Assert.NotNull(answer.Body[name]!.AsArray()));
        Assert.Equal(404, (await TaskAsync(ApiClient.Entra, task)).Http);
        Assert.Equal(404, (await TaskAsync(ApiClient.Ad, int.MaxValue)).Http);
    }

    [Theory]
    [InlineData("(department Contains \"eng\"", 422)]
    [InlineData("", 422)]
    public async Task Broken_criteria_make_no_group(string criteria, int http)
    {
        var answer = await api.Ada.SendAsync(HttpMethod.Post, ApiClient.Ad, "/DynamicGroup", Bodies.Group("Broken rule", ("IMSGCriteria", [criteria])));

        Assert.Equal((http, "InvalidValue"), (answer.Http, answer.ErrorCode));
        Assert.NotNull(answer.Body!["exceptionMessagesAttributeWise"]!["IMSGCriteria"]);
        Assert.Equal(404, (await api.Ada.GetAsync(ApiClient.Ad, "Broken rule")).Http);
    }

    [Fact]
    public async Task A_new_group_is_filled_at_once_where_that_is_asked_for()
    {
        var answer = await api.Ada.SendAsync(
            HttpMethod.Post, ApiClient.Ad, "/DynamicGroup", Bodies.Group("Filled at once", ("IMSGCriteria", ["(department Contains \"engineering\")"]), ("UpdateOptions", ["true"])));

        Assert.Equal(200, answer.Http);
        Assert.Equal(200, (await TaskAsync(ApiClient.Ad, int.Parse(answer.Header("GroupPortal-Task"), System.Globalization.CultureInfo.InvariantCulture))).Http);
    }

    [Fact]
    public async Task Only_smart_groups_are_updated_and_by_those_who_may()
    {
        var fixedId = await api.Ada.NewGroupAsync(ApiClient.Ad, "Not by rule");
        var smart = await SmartAsync("Not by uma");

        Assert.Equal(422, (await api.Ada.SendAsync(HttpMethod.Post, ApiClient.Ad, $"/SmartGroups/{fixedId}/Update")).Http);
        Assert.Equal(404, (await api.Ada.SendAsync(HttpMethod.Post, ApiClient.Ad, $"/SmartGroups/{Guid.NewGuid()}/Update")).Http);
        Assert.Equal(403, (await api.Uma.SendAsync(HttpMethod.Post, ApiClient.Ad, $"/SmartGroups/{smart}/Update")).Http);
        var many = await api.Ada.SendAsync(HttpMethod.Post, ApiClient.Ad, "/SmartGroups/Update", $"[\"{smart}\", \"{fixedId}\"]");
        Assert.Equal((200, 2), (many.Http, many.Status));
        Assert.Equal([0, 1], many.Details.Select(detail => detail!["status"]!.GetValue<int>()));
    }

    [Fact]
    public async Task The_examples_of_the_documentation_are_the_samples()
    {
        var document = (await api.Nobody.SendAsync(HttpMethod.Get, "/openapi/v1.json", body: null)).Body!;
        var examples = document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject())
            .Select(operation => operation.Value!["requestBody"]?["content"]?["application/json"]?["examples"]).OfType<JsonObject>()
            .SelectMany(all => all).DistinctBy(example => example.Key).ToList();

        Assert.Equal(10, examples.Count);
        Assert.All(examples, example => AssertSame(JsonNode.Parse(Read(example.Key + ".request")), example.Value!["value"]));
    }

    private Task<ApiAnswer> TaskAsync(int store, int task) =>
        api.Ada.SendAsync(HttpMethod.Get, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"/GroupIDDataService/api/IdentityStores/{store}/Tasks/{task}"), body: null);

    private async Task<string> SmartAsync(string name)
    {
        var answer = await api.Ada.SendAsync(
            HttpMethod.Post, ApiClient.Ad, "/DynamicGroup", Bodies.Group(name, ("IMSGCriteria", ["(department Contains \"engineering\")"])));
        Assert.True(answer.Http == 200 && answer.Status == 0, answer.Text);
        return answer.Body!["data"]!.GetValue<string>();
    }
}
