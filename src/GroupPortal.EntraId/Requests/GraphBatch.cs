using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using GroupPortal.EntraId.Errors;
using Microsoft.Graph;
using Microsoft.Graph.Models.ODataErrors;
using Microsoft.Kiota.Abstractions;
using Microsoft.Kiota.Abstractions.Serialization;

namespace GroupPortal.EntraId.Requests;

/// <summary>One request of a $batch.</summary>
/// <param name="Url">From <c>/v1.0</c> on.</param>
internal sealed record BatchRequest(HttpMethod Method, string Url, JsonObject? Body = null);

/// <summary>What became of one request of a $batch; a failure where it was not carried out.</summary>
internal sealed record BatchAnswer(int Status, GraphFailure? Failure);

/// <summary>Up to 20 requests in one. Each is throttled by itself: those that were too much are sent again, alone.</summary>
internal static class GraphBatch
{
    public const int Most = 20;

    /// <summary>The answers, in the order of the requests. One that the server left out counts as not clear.</summary>
    /// <exception cref="ApiException">The whole was refused.</exception>
    public static async Task<BatchAnswer[]> SendAsync(
        GraphServiceClient client, GraphUrls urls, IReadOnlyList<BatchRequest> requests, TimeProvider clock, CancellationToken cancellation)
    {
        if (requests.Count > Most)
        {
            throw new ArgumentException("That is more than one $batch takes.", nameof(requests));
        }

        var answers = new BatchAnswer?[requests.Count];
        for (var sent = 1; ; sent++)
        {
            // The pause that Graph asks for is kept by the queue that this passes through again.
            var open = Enumerable.Range(0, requests.Count).Where(index => answers[index] is null or { Status: 429 }).ToList();
            if (open.Count == 0 || sent > PacingHandler.MostWhenThrottled)
            {
                return [.. answers.Select(answer => answer!)];
            }

            using var document = await PostAsync(client, urls, requests, open, cancellation);
            foreach (var index in open)
            {
                answers[index] = new BatchAnswer(502, new GraphFailure(502, string.Empty, "The answer to this part of the request is missing."));
            }

            foreach (var one in BatchPart.ResponsesOf(document.RootElement))
            {
                if (one.TryGetProperty("id", out var id) && int.TryParse(id.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var index) && open.Contains(index))
                {
                    answers[index] = Read(one, clock);
                }
            }
        }
    }

    private static async Task<JsonDocument> PostAsync(
        GraphServiceClient client, GraphUrls urls, IReadOnlyList<BatchRequest> requests, List<int> open, CancellationToken cancellation)
    {
        var body = new JsonObject { ["requests"] = new JsonArray([.. open.Select(index => Of(requests[index], index))]) };
        var request = new RequestInformation { HttpMethod = Method.POST, URI = urls.Batch };
        request.SetStreamContent(new MemoryStream(Encoding.UTF8.GetBytes(body.ToJsonString())), "application/json");
        request.AddRequestOptions([open.Select(index => RequestCosts.Of(requests[index].Method, requests[index].Url)).Aggregate(RequestCost.Add)]);
        var errors = new Dictionary<string, ParsableFactory<IParsable>> { ["XXX"] = ODataError.CreateFromDiscriminatorValue };
        await using var answer = await client.RequestAdapter.SendPrimitiveAsync<Stream>(request, errors, cancellation)
            ?? throw new RequestUnansweredException("The answer is empty.", inner: null);
        try
        {
            return await JsonDocument.ParseAsync(answer, cancellationToken: CancellationToken.None);
        }
        catch (JsonException broken)
        {
            throw new RequestUnansweredException("The answer to a batch ended before its end, or is no JSON.", broken);
        }
    }

    private static JsonObject Of(BatchRequest request, int index)
    {
        var one = new JsonObject
        {
            ["id"] = index.ToString(CultureInfo.InvariantCulture),
            ["method"] = request.Method.Method,
            ["url"] = request.Url,
        };
        if (request.Body is not null)
        {
            one["headers"] = new JsonObject { ["Content-Type"] = "application/json" };
            one["body"] = request.Body.DeepClone();
        }

        return one;
    }

    private static BatchAnswer Read(JsonElement one, TimeProvider clock)
    {
        var status = BatchPart.StatusOf(one);
        if (status < 100)
        {
            return new BatchAnswer(502, new GraphFailure(502, string.Empty, "The answer to this part of the request has no status."));
        }

        if (status is >= 200 and < 300)
        {
            return new BatchAnswer(status, Failure: null);
        }

        var headers = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        if (one.TryGetProperty("headers", out var given) && given.ValueKind == JsonValueKind.Object)
        {
            foreach (var header in given.EnumerateObject())
            {
                headers[header.Name] = header.Value.ToString();
            }
        }

        return new BatchAnswer(status, GraphFailure.Of(status, headers, one.TryGetProperty("body", out var body) ? body : null, clock));
    }
}
