using System.Globalization;
using System.Text.Json;
using GroupPortal.Core.Directories;
using GroupPortal.EntraId.Errors;
using GroupPortal.EntraId.Requests;
using Microsoft.Graph.Models.ODataErrors;
using Microsoft.Kiota.Abstractions;
using Microsoft.Kiota.Abstractions.Serialization;

namespace GroupPortal.EntraId.Reading;

/// <summary>
/// Sends the reads. They go through the SDK's adapter, with its tokens, retries and errors, and come back as JSON: batches, /beta and
/// the annotations of deltas have no types in the SDK, and a hundred thousand people are read faster without.
/// </summary>
internal sealed class GraphReader(Tenant tenant)
{
    /// <summary>Graph's own limits: rows on a page, requests in a batch, ids in a request for objects.</summary>
    public const int MostRows = 999;

    public const int MostIds = 1000;

    /// <summary>Batches on their way at once, of one question.</summary>
    private const int MostAtOnce = 4;

    /// <summary>The pause before requests of a batch that Graph could not answer are sent again.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private const string Version = "/v1.0";

    private static readonly Dictionary<string, ParsableFactory<IParsable>> Errors = new(StringComparer.Ordinal)
    {
        ["XXX"] = ODataError.CreateFromDiscriminatorValue,
    };

    private string Root => tenant.Client.RequestAdapter.BaseUrl?.TrimEnd('/') ?? throw new InvalidOperationException("The client has no address.");

    public Task<DirectoryAnswer<JsonElement>> GetAsync(GraphQuery query, CancellationToken cancellation) =>
        SendAsync(Method.GET, new Uri(RootOf(query.IsBeta) + query.Url), query.Headers, body: null, cancellation);

    /// <summary>The next page of a list, by the link that Graph gave, letter by letter; with the headers of the first.</summary>
    public async Task<DirectoryAnswer<JsonElement>> FollowAsync(string link, GraphQuery first, CancellationToken cancellation)
    {
        // The token goes along: never to anywhere else.
        if (!Uri.TryCreate(link, UriKind.Absolute, out var uri) || uri.GetLeftPart(UriPartial.Authority) != new Uri(Root).GetLeftPart(UriPartial.Authority))
        {
            return new DirectoryError.Other("ForeignLink") { ServerText = link };
        }

        return await SendAsync(Method.GET, uri, first.Headers, body: null, cancellation);
    }

    /// <summary>All rows of a list, page by page to the end.</summary>
    public async Task<DirectoryAnswer<IReadOnlyList<JsonElement>>> AllAsync(GraphQuery query, CancellationToken cancellation)
    {
        var answer = await GetAsync(query, cancellation);
        return await RestAsync(answer, query, cancellation);
    }

    /// <summary>The rows of a first page, and of all that follow it.</summary>
    public async Task<DirectoryAnswer<IReadOnlyList<JsonElement>>> RestAsync(
        DirectoryAnswer<JsonElement> first, GraphQuery query, CancellationToken cancellation)
    {
        var (rows, trail) = (new List<JsonElement>(), new LinkTrail());
        for (var answer = first; ; )
        {
            if (answer is not DirectoryAnswer<JsonElement>.Ok(var page))
            {
                return answer.WhyNot();
            }

            rows.AddRange(page.Items());
            if (NextLink(page) is not { } link)
            {
                return DirectoryAnswer.Ok<IReadOnlyList<JsonElement>>(rows);
            }

            answer = trail.WhyNot(link) is { } endless ? endless : await FollowAsync(link, query, cancellation);
        }
    }

    public static string? NextLink(JsonElement page) => page.Text("@odata.nextLink");

    /// <summary>Objects of any kind, with what is selected of each; those that are not there are absent.</summary>
    public async Task<DirectoryAnswer<IReadOnlyList<JsonElement>>> ByIdsAsync(
        IEnumerable<Guid> ids, IReadOnlyList<string> types, IReadOnlyList<string> select, CancellationToken cancellation)
    {
        var rows = new List<JsonElement>();
        foreach (var chunk in ids.Distinct().Chunk(MostIds))
        {
            var query = new GraphQuery("/directoryObjects/getByIds") { Select = select };
            var body = JsonSerializer.SerializeToUtf8Bytes(new { ids = chunk, types });
            var answer = await SendAsync(Method.POST, new Uri(Root + query.Url), query.Headers, body, cancellation);
            var all = await RestAsync(answer, query, cancellation);
            if (all is not DirectoryAnswer<IReadOnlyList<JsonElement>>.Ok(var some))
            {
                return all.WhyNot();
            }

            rows.AddRange(some);
        }

        return DirectoryAnswer.Ok<IReadOnlyList<JsonElement>>(rows);
    }

    /// <summary>
    /// Many questions at once, 20 to a request; an answer to each, in their order. What Graph throttles within a batch is sent again
    /// alone; the pause that it asks for is kept by the queue that all requests pass through.
    /// </summary>
    public async Task<IReadOnlyList<DirectoryAnswer<JsonElement>>> BatchAsync(IReadOnlyList<GraphQuery> queries, CancellationToken cancellation)
    {
        var answers = new DirectoryAnswer<JsonElement>[queries.Count];
        var chunks = queries.Select((query, place) => (Query: query, Place: place))
            .GroupBy(one => one.Query.IsBeta)
            .SelectMany(group => group.Chunk(GraphBatch.Most));
        await Parallel.ForEachAsync(
            chunks,
            new ParallelOptions { MaxDegreeOfParallelism = MostAtOnce, CancellationToken = cancellation },
            async (chunk, token) =>
            {
                if (chunk is [var only])
                {
                    answers[only.Place] = await GetAsync(only.Query, token);
                    return;
                }

                var open = chunk.ToList();
                for (var (throttled, failed) = (0, 0); open.Count > 0;)
                {
                    var again = await SendBatchAsync(open, answers, token);
                    var isThrottled = again.All(one => answers[one.Place] is DirectoryAnswer<JsonElement>.Failed { Error: DirectoryError.Throttled });
                    if (isThrottled ? ++throttled == PacingHandler.MostWhenThrottled : ++failed == PacingHandler.MostWhenFailing)
                    {
                        return;
                    }

                    if (!isThrottled)
                    {
                        await tenant.WaitAsync(Pause, token);
                    }

                    open = again;
                }
            });
        return answers;
    }

    /// <summary>Fills in what was answered; what is worth it is to be sent again.</summary>
    private async Task<List<(GraphQuery Query, int Place)>> SendBatchAsync(
        List<(GraphQuery Query, int Place)> open, DirectoryAnswer<JsonElement>[] answers, CancellationToken cancellation)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new
        {
            requests = open.Select((one, number) => new
            {
                id = number.ToString(CultureInfo.InvariantCulture),
                method = "GET",
                url = one.Query.Url,
                headers = one.Query.Headers.ToDictionary(header => header.Key, header => header.Value, StringComparer.Ordinal),
            }),
        });
        var cost = open.Select(one => RequestCosts.Of(HttpMethod.Get, one.Query.Url)).Aggregate(RequestCost.Add);
        var sent = await SendAsync(Method.POST, new Uri(RootOf(open[0].Query.IsBeta) + "/$batch"), [], body, cancellation, cost);
        if (sent is not DirectoryAnswer<JsonElement>.Ok(var all))
        {
            foreach (var (_, place) in open)
            {
                answers[place] = sent;
            }

            return [];
        }

        var again = new List<(GraphQuery Query, int Place)>();
        var byId = all.Items("responses").DistinctBy(response => response.Text("id")).ToDictionary(response => response.Text("id") ?? string.Empty, StringComparer.Ordinal);
        for (var number = 0; number < open.Count; number++)
        {
            var (query, place) = open[number];
            if (!byId.TryGetValue(number.ToString(CultureInfo.InvariantCulture), out var response))
            {
                answers[place] = new DirectoryError.Unavailable { ServerText = "The batch was answered without this request." };
                continue;
            }

            var status = (int)(response.Number("status") ?? 0);
            var content = response.Has("body") ? response.GetProperty("body") : default;
            answers[place] = status is >= 200 and < 300 ? DirectoryAnswer.Ok(content) : GraphErrors.Of(GraphFailure.Of(status, HeadersOf(response), content, tenant.Clock));
            if (status is 429 or 502 or 503 or 504)
            {
                again.Add((query, place));
            }
        }

        return again;
    }

    private static Dictionary<string, string?> HeadersOf(JsonElement response)
    {
        var headers = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        if (response.Has("headers") && response.GetProperty("headers") is { ValueKind: JsonValueKind.Object } given)
        {
            foreach (var header in given.EnumerateObject())
            {
                headers[header.Name] = header.Value.ToString();
            }
        }

        return headers;
    }

    private string RootOf(bool isBeta) =>
        !isBeta ? Root
        : Root.EndsWith(Version, StringComparison.OrdinalIgnoreCase) ? Root[..^Version.Length] + "/beta"
        : throw new InvalidOperationException("The client's address does not end in the version.");

    private Task<DirectoryAnswer<JsonElement>> SendAsync(
        Method method, Uri uri, IEnumerable<KeyValuePair<string, string>> headers, byte[]? body, CancellationToken cancellation, RequestCost? cost = null) =>
        tenant.AskAsync(
            async (client, token) =>
            {
                token.ThrowIfCancellationRequested();
                var request = new RequestInformation { HttpMethod = method, URI = uri };
                request.Headers.Add("Accept", "application/json");
                foreach (var (name, value) in headers)
                {
                    request.Headers.Add(name, value);
                }

                if (cost is not null)
                {
                    request.AddRequestOptions([cost]);
                }

                if (body is not null)
                {
                    request.SetStreamContent(new MemoryStream(body), "application/json");
                }

                await using var stream = await client.RequestAdapter.SendPrimitiveAsync<Stream>(request, Errors, token)
                    ?? throw new IOException("Graph answered with nothing.");
                try
                {
                    using var document = await JsonDocument.ParseAsync(stream, cancellationToken: token);
                    return document.RootElement.Clone();
                }
                catch (JsonException broken)
                {
                    throw new IOException("Graph's answer ended before its end, or is no JSON.", broken);
                }
            },
            cancellation);
}
