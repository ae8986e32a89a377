using System.Text.Json.Nodes;
using GroupPortal.GraphEmulation.Query;
using GroupPortal.GraphEmulation.Schema;
using GroupPortal.GraphEmulation.Tokens;

namespace GroupPortal.GraphEmulation.Http;

/// <summary>One request, from the wire or out of a batch.</summary>
internal sealed class GraphRequest
{
    public required string Method { get; init; }

    /// <summary>v1.0 or beta.</summary>
    public required string Version { get; init; }

    public required GraphPath Path { get; init; }

    public required QueryOptions Query { get; init; }

    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    public required string BodyText { get; init; }

    /// <summary>With the version and no slash at its end.</summary>
    public required string Root { get; init; }

    public required string RequestId { get; init; }

    /// <summary>Null: not asked yet, or nobody.</summary>
    public Caller? Caller { get; set; }

    public bool IsBeta => Version == "beta";

    public bool IsRead => Method is "GET" or "HEAD";

    public bool IsEventual => string.Equals(Header("ConsistencyLevel"), "eventual", StringComparison.OrdinalIgnoreCase);

    /// <summary>The kind that the path is cast to.</summary>
    public ResourceType? Cast() => Path.Cast is { } cast ? Schemas.Named(cast) : null;

    public string? Header(string name) => Headers.GetValueOrDefault(name);

    public JsonObject Body()
    {
        try
        {
            return JsonNode.Parse(BodyText) as JsonObject ?? throw Errors.BadUrl("Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.");
        }
        catch (System.Text.Json.JsonException)
        {
            throw Errors.BadUrl("Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.");
        }
    }
}
