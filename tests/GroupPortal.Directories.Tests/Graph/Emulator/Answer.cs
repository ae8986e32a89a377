using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace GroupPortal.Directories.Tests.Graph.Emulator;

/// <summary>What came back: the JSON, and what the tests ask of it.</summary>
internal sealed record Answer(int Status, JsonNode? Json, string Text, HttpResponseHeaders Headers)
{
    public string? Code => (string?)Json?["error"]?["code"];

    public string? Message => (string?)Json?["error"]?["message"];

    public JsonArray Values => Json!["value"]!.AsArray();

    public string? NextLink => (string?)Json?["@odata.nextLink"];

    public string? DeltaLink => (string?)Json?["@odata.deltaLink"];

    public IEnumerable<string?> All(string property) => Values.Select(value => (string?)value![property]);

    public string? Header(string name) => Headers.TryGetValues(name, out var values) ? values.First() : null;
}
