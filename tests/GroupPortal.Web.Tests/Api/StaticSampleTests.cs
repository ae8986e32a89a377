using System.Text.Json.Nodes;
using GroupPortal.Tests;

namespace GroupPortal.Web.Tests.Api;

/// <summary>
/// The vendor's sample requests for static groups, sent byte for byte, and their sample answers, compared field by field:
/// names, casing, order, nesting, types and values. Only ids, and the slips of samples that were pasted from different runs,
/// are put right first. Each kind of store says where it answers otherwise.
/// </summary>
public abstract class StaticSampleTests
{
    private const string SampleId = "6bd67b4a-eb06-4b05-94a8-43914fb2e19a";
    private const string FirstId = "24bda903-2afd-408a-a55c-c18adcfb543e";
    private const string SecondId = "124b2528-a08a-41a1-9e8e-b1d5e6434153";

    internal abstract ApiClient Ada { get; }

    /// <summary>Who says that a group was created.</summary>
    protected abstract string Server { get; }

    /// <summary>Whether a group can have the company that one sample sets; those of a real domain cannot.</summary>
    protected abstract bool HasCompany { get; }

    [Fact]
    public async Task Creating_a_static_group_answers_as_its_sample()
    {
        await DeleteAsync("DemoGroup");
        var answer = await Ada.CreateAsync(ApiClient.Ad, Read("create-static-ad.request"));

        Assert.Equal(200, answer.Http);
        var sample = JsonNode.Parse(Read("create-static-ad.response")
            .Replace(SampleId, answer.Body!["data"]!.GetValue<string>(), StringComparison.Ordinal)
            .Replace("DC.demo.local", Server, StringComparison.Ordinal))!;
        AssertDetails(sample["details"]![0]!, answer.Details, "sAMAccountName", "name", "CN", "objectClass", "groupType", "XGroupScope", "XGroupSecurity", "managedBy");
        AssertSame(Without(sample), Without(answer.Body));
    }

    [Fact]
    public async Task Reading_a_group_answers_as_its_sample()
    {
        var id = await DemoGroupAsync("DemoGroup");
        var answer = await Ada.SendAsync(HttpMethod.Get, ApiClient.Ad, "/" + id, Read("get-one.request"));

        AssertSame(JsonNode.Parse(Read("get-one.response").Replace(SampleId, id, StringComparison.Ordinal)), answer.Body);
        Assert.NotNull(answer.Headers.ETag);
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("POST", "/query")]
    public async Task Reading_groups_answers_as_its_sample(string method, string path)
    {
        var (first, second) = (await DemoGroupAsync("DemoGroup1"), await DemoGroupAsync("DemoGroup2"));
        var answer = await Ada.SendAsync(new HttpMethod(method), ApiClient.Ad, path, WithIds(Read("get-many.request"), first, second));

        AssertSame(JsonNode.Parse(WithIds(Read("get-many.response"), first, second)), answer.Body);
    }

    [Fact]
    public async Task Updating_a_group_answers_as_its_sample()
    {
        var id = await DemoGroupAsync("DemoGroup");
        var answer = await Ada.SendAsync(HttpMethod.Patch, ApiClient.Ad, "/" + id, Read("update-one.request"));

        var sample = JsonNode.Parse(Read("update-one.response").Replace(SampleId, id, StringComparison.Ordinal))!;
        if (!HasCompany)
        {
            RefuseCompany(sample);
        }

        AssertSame(sample, answer.Body);
        Assert.Equal(["Its a demo group!"], await Ada.ValuesAsync(ApiClient.Ad, id, "description"));
        Assert.Equal(HasCompany ? ["Imanami - Now part of Netwrix"] : [], await Ada.ValuesAsync(ApiClient.Ad, id, "company"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    public async Task Updating_groups_answers_as_its_sample(string path)
    {
        var (first, second) = (await DemoGroupAsync("DemoGroup1"), await DemoGroupAsync("DemoGroup2"));
        var answer = await Ada.SendAsync(HttpMethod.Patch, ApiClient.Ad, path, WithIds(Read("update-many.request"), first, second));

        AssertSame(JsonNode.Parse(WithIds(Read("update-many.response"), first, second)), answer.Body);
        Assert.Equal(["This is DemoGroup2 description"], await Ada.ValuesAsync(ApiClient.Ad, second, "description"));
    }

    [Fact]
    public async Task Deleting_a_group_answers_as_its_sample()
    {
        var id = await DemoGroupAsync("DemoGroup");
        var answer = await Ada.SendAsync(HttpMethod.Delete, ApiClient.Ad, "/" + id);

        AssertSame(JsonNode.Parse(Read("delete-one.response")), answer.Body);
        Assert.Equal(404, (await Ada.GetAsync(ApiClient.Ad, id)).Http);
    }

    [Theory]
    [InlineData("DELETE", "")]
    [InlineData("POST", "/delete")]
    public async Task Deleting_groups_answers_as_its_sample_with_the_names_added(string method, string path)
    {
        var (first, second) = (await DemoGroupAsync("DemoGroup1"), await DemoGroupAsync("DemoGroup2"));
        var answer = await Ada.SendAsync(new HttpMethod(method), ApiClient.Ad, path, WithIds(Read("delete-many.request"), first, second));

        var sample = JsonNode.Parse(Read("delete-many.response"))!;
        sample["details"]![0]!["name"] = first;
        sample["details"]![1]!["name"] = second;
        AssertSame(sample, answer.Body);
    }

    internal static string Read(string name) =>
        File.ReadAllText(Path.Combine(Repository.Root, "tests", "GroupPortal.Web.Tests", "Samples", name + ".json"));

    private static string WithIds(string text, string first, string second) =>
        text.Replace(FirstId, first, StringComparison.Ordinal).Replace(SecondId, second, StringComparison.Ordinal);

    /// <summary>One failed line beside the applied ones: what the answer says of it, and of the whole, and nothing else.</summary>
    private static void RefuseCompany(JsonNode sample)
    {
        var company = sample["details"]!.AsArray().Single(detail => detail!["name"]!.GetValue<string>() == "company")!;
        const string Message = "Groups of demo.local have no attribute “company”.";
        foreach (var node in new[] { sample, company })
        {
            node["errorCode"] = "UnknownAttribute";
            node["message"] = Message;
        }

        sample["status"] = 2;
        company["status"] = 1;
        sample["exceptionMessagesAttributeWise"] = new JsonObject { ["company"] = Message };
    }

    /// <summary>A new group of that name, so that each test starts from the sample's own state.</summary>
    private async Task<string> DemoGroupAsync(string name)
    {
        await DeleteAsync(name);
        return await Ada.NewGroupAsync(ApiClient.Ad, name);
    }

    private Task<ApiAnswer> DeleteAsync(string name) => Ada.SendAsync(HttpMethod.Delete, ApiClient.Ad, "/" + name);

    /// <summary>Our details have a name each; in all else each is the sample's only one.</summary>
    internal static void AssertDetails(JsonNode sample, JsonArray details, params string[] names)
    {
        Assert.Empty(names.Except(details.Select(detail => detail!["name"]!.GetValue<string>())));
        Assert.All(details, detail =>
        {
            var unnamed = detail!.DeepClone();
            unnamed["name"] = null;
            AssertSame(sample, unnamed);
        });
    }

    internal static JsonNode Without(JsonNode answer)
    {
        var copy = answer.DeepClone();
        copy["details"] = new JsonArray();
        return copy;
    }

    internal static void AssertSame(JsonNode? sample, JsonNode? answer) => Assert.Equal(Lines(sample, "$"), Lines(answer, "$"));

    /// <summary>Every field as a line, so that a difference names its place.</summary>
    private static List<string> Lines(JsonNode? node, string path) => node switch
    {
        JsonObject { Count: 0 } => [path + " {}"],
        JsonArray { Count: 0 } => [path + " []"],
        JsonObject fields => [.. fields.SelectMany(field => Lines(field.Value, $"{path}.{field.Key}"))],
        JsonArray items => [.. items.SelectMany((item, index) => Lines(item, $"{path}[{index}]"))],
        null => [path + " null"],
        _ => [$"{path} {node.ToJsonString()}"],
    };
}
