using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using GroupPortal.GraphEmulation.Http;
using GroupPortal.GraphEmulation.Record;

namespace GroupPortal.GraphEmulation.Batch;

/// <summary><c>POST /$batch</c>: each inner request goes the way of any request, throttled and recorded on its own.</summary>
internal static class BatchEndpoint
{
    private const int Most = 20;

    public static async Task<GraphResponse> AnswerAsync(
        Pipeline pipeline, Incoming outer, GraphRequest request, RecordedRequest record, CancellationToken cancellationToken)
    {
        var steps = Read(request.Body(), outer, request.Version);
        var answers = new Dictionary<string, GraphResponse>(StringComparer.Ordinal);
        foreach (var step in steps)
        {
            answers[step.Id] = step.DependsOn.Any(id => answers[id].Status >= 400)
                ? FailedDependency(request)
                : await pipeline.AnswerAsync(step.Request, record, cancellationToken) ?? new GraphResponse(504);
        }

        return JsonAnswer.Of(200, writer =>
        {
            writer.WriteStartArray("responses");
            // In no order that a client could rely on: Graph promises none.
            foreach (var step in Enumerable.Reverse(steps))
            {
                Write(writer, step.Id, answers[step.Id]);
            }

            writer.WriteEndArray();
        });
    }

    private static List<Step> Read(JsonObject body, Incoming outer, string version)
    {
        if (body["requests"] is not JsonArray { Count: > 0 } requests)
        {
            throw Errors.BadUrl("Batch request must contain at least one request.");
        }

        if (requests.Count > Most)
        {
            throw Errors.BadUrl(string.Create(CultureInfo.InvariantCulture, $"Number of batch request steps cannot exceed {Most}."));
        }

        var steps = new List<Step>();
        foreach (var node in requests)
        {
            var step = One(node as JsonObject ?? throw Errors.BadUrl("Invalid batch payload format."), outer, version);
            if (steps.Exists(other => other.Id == step.Id))
            {
                throw Errors.BadUrl($"Request Id: {step.Id} has to be unique in a batch.");
            }

            if (step.DependsOn.FirstOrDefault(id => !steps.Exists(other => other.Id == id)) is { } unknown)
            {
                throw Errors.BadUrl($"Request Id: {step.Id} depends on {unknown}, which is not an earlier request of the batch.");
            }

            steps.Add(step);
        }

        return steps;
    }

    private static Step One(JsonObject node, Incoming outer, string version)
    {
        var (id, method, url) = (Text(node["id"]), Text(node["method"])?.ToUpperInvariant(), Text(node["url"]));
        if (string.IsNullOrEmpty(id) || string.IsNullOrEmpty(method) || string.IsNullOrEmpty(url))
        {
            throw Errors.BadUrl("Invalid batch payload format: each request needs id, method and url.");
        }

        if (url.Contains("://", StringComparison.Ordinal))
        {
            throw Errors.BadUrl($"Request Id: {id} has an absolute url; it must be relative to the version.");
        }

        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in node["headers"] as JsonObject ?? [])
        {
            headers[name] = value?.ToString() ?? "";
        }

        var body = node["body"];
        if ((body is not null || method is "POST" or "PATCH" or "PUT") && (body is null || !headers.ContainsKey("Content-Type")))
        {
            throw Errors.BadUrl($"Write request id : {id} does not contain Content-Type header or body.");
        }

        // The caller is the batch's; any other header must stand at the inner request.
        headers["Authorization"] = outer.Headers.GetValueOrDefault("Authorization") ?? "";
        List<string> dependsOn = [.. (node["dependsOn"] as JsonArray ?? []).Select(Text).OfType<string>()];
        return new Step(id, new Incoming(method, $"/{version}/{url.TrimStart('/')}", outer.Origin, headers, body?.ToJsonString() ?? ""), dependsOn);
    }

    private static string? Text(JsonNode? node) => node?.GetValueKind() is JsonValueKind.String or JsonValueKind.Number ? node.ToString() : null;

    private static GraphResponse FailedDependency(GraphRequest request) => JsonAnswer.Of(424, writer =>
    {
        writer.WriteStartObject("error");
        writer.WriteString("code", "FailedDependency");
        writer.WriteString("message", "Execution of the request failed because a request that it depends on failed.");
        writer.WriteStartObject("innerError");
        writer.WriteString("request-id", request.RequestId);
        writer.WriteEndObject();
        writer.WriteEndObject();
    });

    private static void Write(Utf8JsonWriter writer, string id, GraphResponse response)
    {
        writer.WriteStartObject();
        writer.WriteString("id", id);
        writer.WriteNumber("status", response.Status);
        writer.WriteStartObject("headers");
        foreach (var (name, value) in response.Headers)
        {
            writer.WriteString(name, value);
        }

        if (response.Body.Length > 0)
        {
            writer.WriteString("Content-Type", response.ContentType);
        }

        writer.WriteEndObject();
        if (response.Body.Length > 0)
        {
            writer.WritePropertyName("body");
            writer.WriteRawValue(response.Body.Span);
        }

        writer.WriteEndObject();
    }

    private sealed record Step(string Id, Incoming Request, List<string> DependsOn);
}
