using System.Globalization;
using System.Text.Json;
using GroupPortal.Application.Access;
using GroupPortal.Application.Groups;
using GroupPortal.Core.Access;
using GroupPortal.Web.Auth;
using GroupPortal.Web.Resources;
using Microsoft.Extensions.Localization;

namespace GroupPortal.Web.Api.Tokens;

/// <summary>The token request of the groups API (OAuth 2.0, RFC 6749 4.3 and 6): a form in, tokens or an error out.</summary>
internal sealed class TokenApi(
    PasswordSignIns passwords, TokenStore tokens, StoreRegistry stores, IStringLocalizer<SharedText> texts, ILogger<TokenApi> logger)
{
    public const string Scope = "directorymanager.api groupid_identity offline_access openid profile";

    public const string EndpointName = "GetToken";

    private const string NoClient = "groupportal";

    public static IEndpointConventionBuilder Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost(ApiPaths.Token, (HttpContext context, TokenApi api) => api.AnswerAsync(context))
            .AllowAnonymous()
            .DisableAntiforgery()
            .WithName(EndpointName);

    private async Task AnswerAsync(HttpContext context)
    {
        if (!context.Request.HasFormContentType)
        {
            await RefuseAsync(context, "invalid_request", "The request is a form: application/x-www-form-urlencoded.");
            return;
        }

        IFormCollection form;
        try
        {
            form = await context.Request.ReadFormAsync(context.RequestAborted);
        }
        catch (Exception exception) when (exception is InvalidDataException or BadHttpRequestException)
        {
            await RefuseAsync(context, "invalid_request", "The form cannot be read.");
            return;
        }

        // Form keys compare without regard to case: client_Id, as the vendor's samples write it, is client_id.
        var client = form["client_id"].ToString() is { Length: > 0 } given ? given : NoClient;
        switch (form["grant_type"].ToString())
        {
            case "password":
                await PasswordAsync(context, form, client);
                break;
            case "refresh_token":
                await RefreshAsync(context, form["refresh_token"].ToString(), client);
                break;
            case "":
                await RefuseAsync(context, "invalid_request", "grant_type is missing.");
                break;
            default:
                await RefuseAsync(context, "unsupported_grant_type", "grant_type is password or refresh_token.");
                break;
        }
    }

    private async Task PasswordAsync(HttpContext context, IFormCollection form, string client)
    {
        var name = form["username"].ToString().Trim();
        var password = form["password"].ToString();
        if (name.Length == 0 || password.Length == 0)
        {
            await RefuseAsync(context, "invalid_request", "username and password are needed.");
            return;
        }

        if (StoreOf(form["identity_store_id"].ToString()) is not { } storeId)
        {
            await RefuseAsync(context, "invalid_request", "identity_store_id names no identity store.");
            return;
        }

        var address = context.Connection.RemoteIpAddress?.ToString() ?? string.Empty;
        switch (await passwords.SignInAsync(name, password, address, context.RequestAborted))
        {
            case SignInAnswer.Welcome(var account, _) when Enum.TryParse<PortalRole>(account.Role, out var role):
                var issued = await tokens.IssueAsync(new Person(account.Name, account.DisplayName, role), client, storeId, context.RequestAborted);
                await WriteAsync(context, issued);
                break;
            case SignInAnswer.TooMany(var wait):
                context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
                await RefuseAsync(context, "slow_down", "Too many failed attempts. Try again later.", StatusCodes.Status429TooManyRequests);
                break;
            case SignInAnswer.Refused(SignInRefusal.Unreachable):
                await RefuseAsync(context, "temporarily_unavailable", texts["SignIn_Unreachable"].Value, StatusCodes.Status503ServiceUnavailable);
                break;
            case var answer:
                var reason = (answer as SignInAnswer.Refused)?.Reason ?? SignInRefusal.DoNotMatch;
                // The name may be a password by mistake, so it is not logged.
                logger.LogWarning("A token request from {Address} was refused: {Reason}.", address, reason);
                await RefuseAsync(context, "invalid_grant", reason == SignInRefusal.DoNotMatch ? "User name and password do not match." : texts[$"SignIn_{reason}"].Value);
                break;
        }
    }

    private async Task RefreshAsync(HttpContext context, string token, string client)
    {
        var issued = token.Length is 0 or > 512 ? null : await tokens.RefreshAsync(token, client, context.RequestAborted);
        if (issued is null)
        {
            await RefuseAsync(context, "invalid_grant", "The refresh token is unknown, expired, used before or another client's.");
            return;
        }

        await WriteAsync(context, issued);
    }

    /// <summary>The store that the client names, the first one where it names none; null where there is no such store.</summary>
    private int? StoreOf(string text)
    {
        if (text.Length == 0)
        {
            return stores.All[0].Store.Id;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && stores.TryGet(id, out _) ? id : null;
    }

    private static Task WriteAsync(HttpContext context, IssuedTokens issued) => WriteJsonAsync(context, StatusCodes.Status200OK, json =>
    {
        json.WriteString("access_token", issued.AccessToken);
        json.WriteNumber("expires_in", issued.ExpiresIn);
        json.WriteString("token_type", "Bearer");
        json.WriteString("refresh_token", issued.RefreshToken);
        json.WriteString("scope", Scope);
    });

    private static Task RefuseAsync(HttpContext context, string error, string description, int status = StatusCodes.Status400BadRequest) =>
        WriteJsonAsync(context, status, json =>
        {
            json.WriteString("error", error);
            json.WriteString("error_description", description);
        });

    private static async Task WriteJsonAsync(HttpContext context, int status, Action<Utf8JsonWriter> write)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        // RFC 6749 5.1: tokens are kept by nobody in between.
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.Pragma = "no-cache";
        await using (var json = new Utf8JsonWriter(context.Response.BodyWriter))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }
}
