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
    public async Task Creating_an_Entra_group_answers_as_its_sample()
    {
        var answer = await api.Ada.CreateAsync(ApiClient.Entra, Read("create-static-entra.request"));

        Assert.Equal(200, answer.Http);
        var sample = JsonNode.Parse(Read("create-static-entra.response")
            .Replace("a9eec7fb-8027-4671-99c4-b6a55f8a2db5", answer.Body!["data"]!.GetValue<string>(), StringComparison.Ordinal)
            .Replace("apiEntraIDNet", "apiSecAzure", StringComparison.Ordinal)
            .Replace("\"identityStoreId\": 6", "\"identityStoreId\": 3", StringComparison.Ordinal))!;
        AssertDetails(sample["details"]![0]!, [.. answer.Details.Where(detail => detail!["name"]!.GetValue<string>() is not ("members" or "owners")).Select(detail => detail!.DeepClone())], "displayname", "GroupType");
        Assert.Equal("ee3ba6e3-02be-47b2-9892-0510bceabb7b", Assert.Single(answer.Detail("members")["details"]!.AsArray())!["name"]!.GetValue<string>());
        AssertSame(Without(sample), Without(answer.Body));
    }

    [Theory]
    [InlineData("/DynamicGroup", "create-smart-ad.request")]
    [InlineData("/DynamicGroup", "create-smart-entra.request")]
    [InlineData("/SmartGroups/Update", "update-smart-many.request")]
    [InlineData("/SmartGroups/9ba5dc8f-bdf0-4cc8-bc53-5012e94508c8/Update", null)]
    public async Task Smart_groups_are_said_to_come_later(string path, string? request)
    {
        var answer = await api.Ada.SendAsync(HttpMethod.Post, ApiClient.Ad, path, request is null ? null : Read(request));

        Assert.Equal(501, answer.Http);
        Assert.Equal("Unsupported", answer.ErrorCode);
    }

    [Fact]
    public async Task The_examples_of_the_documentation_are_the_samples()
    {
        var document = (await api.Nobody.SendAsync(HttpMethod.Get, "/openapi/v1.json", body: null)).Body!;
        var examples = document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject())
            .Select(operation => operation.Value!["requestBody"]?["content"]?["application/json"]?["examples"]).OfType<JsonObject>()
            .SelectMany(all => all).DistinctBy(example => example.Key).ToList();

        Assert.Equal(7, examples.Count);
        Assert.All(examples, example => AssertSame(JsonNode.Parse(Read(example.Key + ".request")), example.Value!["value"]));
    }
}
