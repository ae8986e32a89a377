using System.Globalization;
using System.Text.Json;

namespace GroupPortal.EntraId.Requests;

/// <summary>Of one answer inside of a $batch, what says how much of the quotas is used; each is throttled by itself.</summary>
internal sealed record BatchPart(int Status, IReadOnlyDictionary<string, string> Headers)
{
    public bool IsThrottled => Status == 429;

    /// <summary>Only what changes something is too much.</summary>
    public bool IsForWrites => Header("x-ms-throttle-information")?.Contains("WriteLimit", StringComparison.OrdinalIgnoreCase) == true;

    public double? Units => Number("x-ms-resource-unit");

    public double? Used => Number("x-ms-throttle-limit-percentage");

    public string? Header(string name) => Headers.GetValueOrDefault(name);

    /// <exception cref="RequestUnansweredException">It is no answer to a $batch: what became of its parts nobody knows.</exception>
    public static IReadOnlyList<BatchPart> Read(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return [.. ResponsesOf(document.RootElement).Select(Of)];
        }
        catch (JsonException broken)
        {
            throw new RequestUnansweredException("The answer to a batch ended before its end, or is no JSON.", broken);
        }
    }

    /// <summary>The answers that can be told apart; the others are as good as missing.</summary>
    /// <exception cref="RequestUnansweredException">There are none.</exception>
    public static IEnumerable<JsonElement> ResponsesOf(JsonElement body) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty("responses", out var responses) && responses.ValueKind == JsonValueKind.Array
            ? responses.EnumerateArray().Where(one => one.ValueKind == JsonValueKind.Object)
            : throw new RequestUnansweredException("The answer to a batch has no answers in it.", inner: null);

    private static BatchPart Of(JsonElement one)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (one.TryGetProperty("headers", out var given) && given.ValueKind == JsonValueKind.Object)
        {
            foreach (var header in given.EnumerateObject())
            {
                headers[header.Name] = header.Value.ToString();
            }
        }

        return new BatchPart(StatusOf(one), headers);
    }

    /// <summary>0 where there is none.</summary>
    public static int StatusOf(JsonElement one) =>
        one.TryGetProperty("status", out var status) && status.ValueKind == JsonValueKind.Number && status.TryGetInt32(out var number) ? number : 0;

    private double? Number(string name) =>
        double.TryParse(Header(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
}
