using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using GroupPortal.EntraId.Requests;
using Microsoft.Graph.Models.ODataErrors;
using Microsoft.Kiota.Abstractions;

namespace GroupPortal.EntraId.Errors;

/// <summary>What Graph answered in place of what was asked for, of a request of its own or inside of a $batch.</summary>
/// <param name="Code">Graph's; empty where the answer had no body that it could stand in.</param>
internal sealed partial record GraphFailure(int Status, string Code, string Message)
{
    public string? RequestId { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    /// <summary>What it is about, where the answer says so in details.</summary>
    public string? Target { get; init; }

    public string? DetailCode { get; init; }

    /// <summary>The object that the text names: <c>Resource '{id}' does not exist …</c></summary>
    public Guid? NamedId => IdIn(Message);

    /// <summary>An answer of a server that does not know itself whether it has done it.</summary>
    public bool IsUnclear => Status >= 500;

    public static GraphFailure Of(ApiException fault, TimeProvider clock)
    {
        var headers = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, values) in fault.ResponseHeaders)
        {
            headers[name] = values.FirstOrDefault();
        }

        var error = (fault as ODataError)?.Error;
        var detail = error?.Details?.FirstOrDefault();
        return new GraphFailure(fault.ResponseStatusCode, error?.Code ?? string.Empty, error?.Message is { Length: > 0 } said ? said : fault.Message)
        {
            RequestId = error?.InnerError?.RequestId ?? headers.GetValueOrDefault("request-id"),
            RetryAfter = Requests.RetryAfter.Of(headers.GetValueOrDefault("Retry-After"), clock),
            Target = detail?.Target ?? error?.Target,
            DetailCode = detail?.Code,
        };
    }

    /// <param name="headers">By name, whatever its case.</param>
    public static GraphFailure Of(int status, IReadOnlyDictionary<string, string?> headers, JsonElement? body, TimeProvider clock)
    {
        var error = Part(body, "error");
        var detail = Part(error, "details") is { ValueKind: JsonValueKind.Array } details && details.GetArrayLength() > 0 ? details[0] : (JsonElement?)null;
        var inner = Part(error, "innerError") ?? Part(error, "innererror");
        return new GraphFailure(status, Text(error, "code") ?? string.Empty, Text(error, "message") ?? $"HTTP {status.ToString(CultureInfo.InvariantCulture)}")
        {
            RequestId = Text(inner, "request-id") ?? headers.GetValueOrDefault("request-id"),
            RetryAfter = Requests.RetryAfter.Of(headers.GetValueOrDefault("Retry-After"), clock),
            Target = Text(detail, "target") ?? Text(error, "target"),
            DetailCode = Text(detail, "code"),
        };
    }

    public bool Says(string words) => Message.Contains(words, StringComparison.OrdinalIgnoreCase);

    /// <summary>The first id in a text; null when there is none.</summary>
    public static Guid? IdIn(string? text) => text is not null && Id().Match(text) is { Success: true } found ? Guid.Parse(found.Value) : null;

    private static JsonElement? Part(JsonElement? element, string name) =>
        element is { ValueKind: JsonValueKind.Object } found && found.TryGetProperty(name, out var part) ? part : null;

    private static string? Text(JsonElement? element, string name) =>
        Part(element, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Id();
}
