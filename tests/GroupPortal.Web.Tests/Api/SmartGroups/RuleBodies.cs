using System.Text.Json.Nodes;
using GroupPortal.Tests;

namespace GroupPortal.Web.Tests.Api.SmartGroups;

/// <summary>Asks about rules; the first question may come before the people have been read.</summary>
internal static class RuleBodies
{
    private const string Root = "/GroupIDDataService/api/IdentityStores/";

    public static Task<ApiAnswer> PreviewAsync(this ApiClient client, int store, JsonObject rule) =>
        AskAsync(() => client.SendAsync(HttpMethod.Post, store, "/SmartGroups/Preview", rule.ToJsonString()));

    public static Task<ApiAnswer> MembersAsync(this ApiClient client, HttpMethod method, int store, string body, string query = "") =>
        AskAsync(() => client.SendAsync(method, store, "/SmartGroups/Members" + query, body));

    public static Task<ApiAnswer> TranslateAsync(this ApiClient client, int store, string language, string text) =>
        client.SendAsync(
            HttpMethod.Post,
            string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Root}{store}/Criteria/Translate"),
            System.Text.Encoding.UTF8.GetBytes(new JsonObject { ["language"] = language, ["text"] = text }.ToJsonString()));

    public static JsonObject Rule(string criteria, params (string Name, JsonNode? Value)[] more)
    {
        var rule = new JsonObject { ["criteria"] = criteria };
        foreach (var (name, value) in more)
        {
            rule[name] = value;
        }

        return rule;
    }

    /// <summary>The vendor's form; of a value that is no text the whole entry.</summary>
    public static string Smart(IEnumerable<(string Name, JsonArray Values)> attributes, params string[] toLoad) => new JsonObject
    {
        ["ExtensionDataAttributes"] = new JsonObject
        {
            ["AttributesCollection"] = new JsonObject(attributes.Select(one => KeyValuePair.Create(
                one.Name, (JsonNode?)new JsonArray([.. one.Values.Select(value => value is JsonObject ? value.DeepClone() : new JsonObject { ["Value"] = value?.DeepClone() })])))),
        },
        ["AttributesToLoad"] = Texts(toLoad),
    }.ToJsonString();

    public static JsonArray Texts(params IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);

    public static IReadOnlyList<string> Ids(this ApiAnswer answer) => [.. answer.Data().Select(one => one["objectIdFromIdentityStore"]!.GetValue<string>())];

    public static IReadOnlyList<JsonNode> Data(this ApiAnswer answer)
    {
        Assert.True(answer.Http == 200, answer.Text);
        return [.. answer.Body!["data"]!.AsArray().Select(one => one!)];
    }

    /// <summary>The values of one attribute of an object of an answer; null where the attribute is not in it at all.</summary>
    public static IReadOnlyList<string>? Values(this JsonNode found, string attribute) =>
        found["attributesBusinessObject"]!["attributesCollection"]![attribute]?.AsArray().Select(value => value!["value"]!.GetValue<string>()).ToList();

    public static int Count(this ApiAnswer answer, string name) => answer.Body!["counts"]![name]!.GetValue<int>();

    private static async Task<ApiAnswer> AskAsync(Func<Task<ApiAnswer>> ask)
    {
        ApiAnswer? answer = null;
        await Eventually.IsAsync(async () => (answer = await ask()).Http != 503);
        return answer!;
    }
}
