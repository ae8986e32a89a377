using System.Globalization;
using System.Text.Json;
using GroupPortal.GraphEmulation.Store;

namespace GroupPortal.GraphEmulation.Tokens;

/// <summary><c>POST /{tenant}/oauth2/v2.0/token</c>: client credentials, and the password grant for people (any password).</summary>
internal static class TokenEndpoint
{
    public static async Task AnswerAsync(HttpContext context, Tenant tenant)
    {
        if (!context.Request.HasFormContentType)
        {
            await RefuseAsync(context, tenant, 400, "invalid_request", 900144, "The request body must contain the following parameter: 'grant_type'.");
            return;
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var clientId = (string?)form["client_id"] ?? "";
        var secret = (string?)form["client_secret"];
        Basic(context, ref clientId, ref secret);
        if (clientId.Length == 0)
        {
            await RefuseAsync(context, tenant, 400, "invalid_request", 900144, "The request body must contain the following parameter: 'client_id'.");
            return;
        }

        // An assertion is taken at its word: there is no key to check it by.
        if (secret != tenant.Options.ClientSecret && string.IsNullOrEmpty(form["client_assertion"]))
        {
            await RefuseAsync(
                context,
                tenant,
                401,
                "invalid_client",
                7000215,
                $"Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '{clientId}'.");
            return;
        }

        switch ((string?)form["grant_type"])
        {
            case "client_credentials":
                await GrantAsync(context, tenant, TokenKind.App, clientId, null, form["scope"]);
                return;
            case "password":
                Guid? person;
                lock (tenant.Store.Gate)
                {
                    person = Find(tenant.Store, (string?)form["username"] ?? "")?.Id;
                }

                if (person is null)
                {
                    await RefuseAsync(context, tenant, 400, "invalid_grant", 50126, "Error validating credentials due to invalid username or password.");
                    return;
                }

                await GrantAsync(context, tenant, TokenKind.Delegated, clientId, person, form["scope"]);
                return;
            default:
                await RefuseAsync(context, tenant, 400, "unsupported_grant_type", 70003, "The app requested an unsupported grant type.");
                return;
        }
    }

    /// <summary>By principal name, or its part before the @.</summary>
    public static DirectoryObject? Find(DirectoryStore store, string name) =>
        store.FindByPrincipalName(name)
        ?? store.All(ObjectKind.User).FirstOrDefault(user =>
            user.Text("userPrincipalName")?.StartsWith(name + "@", StringComparison.OrdinalIgnoreCase) == true);

    private static void Basic(HttpContext context, ref string clientId, ref string? secret)
    {
        var header = context.Request.Headers.Authorization.ToString();
        if (!header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        var parts = System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(header["Basic ".Length..])).Split(':', 2);
        clientId = Uri.UnescapeDataString(parts[0]);
        secret = parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : null;
    }

    private static Task GrantAsync(HttpContext context, Tenant tenant, TokenKind kind, string clientId, Guid? person, string? scope)
    {
        var seconds = (int)TokenIssuer.Lifetime.TotalSeconds - 1;
        var answer = new Dictionary<string, object?>
        {
            ["token_type"] = "Bearer",
            ["expires_in"] = seconds,
            ["ext_expires_in"] = seconds,
            ["access_token"] = tenant.Tokens.Issue(kind, clientId, person),
        };
        if (kind == TokenKind.Delegated)
        {
            answer["scope"] = scope;
        }

        return WriteAsync(context, 200, answer);
    }

    private static Task RefuseAsync(HttpContext context, Tenant tenant, int status, string error, int code, string text)
    {
        var (trace, correlation) = (Guid.NewGuid(), Guid.NewGuid());
        var time = tenant.Clock.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return WriteAsync(context, status, new Dictionary<string, object?>
        {
            ["error"] = error,
            ["error_description"] = string.Create(CultureInfo.InvariantCulture, $"AADSTS{code}: {text} Trace ID: {trace} Correlation ID: {correlation} Timestamp: {time}"),
            ["error_codes"] = new[] { code },
            ["timestamp"] = time,
            ["trace_id"] = trace,
            ["correlation_id"] = correlation,
        });
    }

    private static Task WriteAsync(HttpContext context, int status, Dictionary<string, object?> answer)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(answer), context.RequestAborted).AsTask();
    }
}
