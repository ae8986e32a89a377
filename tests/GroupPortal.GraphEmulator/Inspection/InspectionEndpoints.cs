using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using GroupPortal.GraphEmulation.Faults;
using GroupPortal.GraphEmulation.Http;
using GroupPortal.GraphEmulation.Schema;

namespace GroupPortal.GraphEmulation.Inspection;

/// <summary><c>/_emulator</c>: what a person at a browser or a script wants of the emulator itself. Needs no token.</summary>
internal static class InspectionEndpoints
{
    public const string Root = "/_emulator";

    private const int ShownRequests = 200;

    public static async Task<GraphResponse> AnswerAsync(HttpContext context, Tenant tenant)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        try
        {
            return (context.Request.Method, context.Request.Path.Value!.TrimEnd('/')[Root.Length..]) switch
            {
                ("GET", "") => Summary(tenant, context.Request),
                ("GET", "/requests") => Requests(tenant, context.Request),
                ("POST", "/faults") => Inject(tenant, body),
                ("DELETE", "/faults") => Clear(tenant),
                _ => throw Errors.BadUrl("There are /_emulator, /_emulator/requests and /_emulator/faults."),
            };
        }
        catch (GraphError error)
        {
            return JsonAnswer.Of(error, tenant.Clock.GetUtcNow(), Guid.NewGuid().ToString(), null);
        }
    }

    private static GraphResponse Summary(Tenant tenant, HttpRequest request) => JsonAnswer.Of(200, writer =>
    {
        var origin = $"{request.Scheme}://{request.Host}";
        writer.WriteString("what", "A Microsoft Graph for tests and demos");
        writer.WriteString("graph", origin + "/v1.0");
        writer.WriteString("tokens", $"{origin}/{tenant.Id}/oauth2/v2.0/token");
        writer.WriteString("tenantId", tenant.Id);
        writer.WriteString("domain", tenant.Options.Domain);
        writer.WriteStartObject("objects");
        lock (tenant.Store.Gate)
        {
            tenant.Settle();
            foreach (var type in Schemas.All)
            {
                writer.WriteNumber(type.Set, tenant.Store.All(type.Kind).Count);
            }

            writer.WriteNumber("deletedItems", tenant.Store.Deleted.Count());
        }

        writer.WriteEndObject();
        var requests = tenant.Record.All;
        writer.WriteNumber("requests", requests.Count);
        writer.WriteStartObject("answers");
        foreach (var status in requests.GroupBy(one => one.Status).OrderBy(one => one.Key))
        {
            writer.WriteNumber(status.Key.ToString(CultureInfo.InvariantCulture), status.Count());
        }

        writer.WriteEndObject();
    });

    /// <summary>The last ones; <c>?after=</c> a sequence: those after it.</summary>
    private static GraphResponse Requests(Tenant tenant, HttpRequest request) => JsonAnswer.Of(200, writer =>
    {
        var all = tenant.Record.All;
        var after = long.TryParse(request.Query["after"], NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : Math.Max(0, all.Count - ShownRequests);
        writer.WriteStartArray("requests");
        foreach (var one in all.Skip((int)after).Take(ShownRequests))
        {
            writer.WriteStartObject();
            writer.WriteNumber("sequence", one.Sequence);
            if (one.Parent is { } parent)
            {
                writer.WriteNumber("parent", parent);
            }

            writer.WriteString("time", one.Time);
            writer.WriteString("method", one.Method);
            writer.WriteString("target", one.Target);
            writer.WriteNumber("status", one.Status);
            writer.WriteString("token", one.Token?.ToString());
            writer.WriteString("subject", one.Subject);
            writer.WriteStartObject("headers");
            foreach (var (name, value) in one.Headers)
            {
                writer.WriteString(name, value);
            }

            writer.WriteEndObject();
            writer.WriteString("body", one.Body);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });

    /// <summary><c>{"kind":"TooManyRequests","count":3,"method":"PATCH","path":"/groups/","retryAfter":2,"afterHandling":false}</c>.</summary>
    private static GraphResponse Inject(Tenant tenant, string body)
    {
        try
        {
            var node = JsonNode.Parse(body)!;
            if (!Enum.TryParse<FaultKind>((string?)node["kind"], ignoreCase: true, out var kind) || kind == FaultKind.Hold)
            {
                throw Errors.BadUrl("kind is TooManyRequests, Unauthorized, ServiceUnavailable, GatewayTimeout or Drop.");
            }

            tenant.Faults.Inject(
                kind,
                (string?)node["method"],
                (string?)node["path"] ?? "/",
                (int?)node["count"] ?? 1,
                (double?)node["retryAfter"] is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
                (bool?)node["afterHandling"] ?? false);
            return GraphResponse.NoContent();
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException or NullReferenceException)
        {
            throw Errors.BadUrl("The body is JSON: kind, count, method, path, retryAfter (seconds), afterHandling.");
        }
    }

    private static GraphResponse Clear(Tenant tenant)
    {
        tenant.Faults.Clear();
        return GraphResponse.NoContent();
    }
}
