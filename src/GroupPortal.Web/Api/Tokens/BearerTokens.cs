using System.Security.Claims;
using System.Text.Encodings.Web;
using GroupPortal.Application.Access;
using GroupPortal.Web.Api.Groups;
using GroupPortal.Web.Api.Writing;
using GroupPortal.Web.Auth;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace GroupPortal.Web.Api.Tokens;

/// <summary>Who speaks to the API, by <c>Authorization: Bearer</c> alone; the browser's cookie counts for nothing here.</summary>
internal sealed class BearerTokens(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder,
    TokenStore tokens, IEnumerable<IPasswordSignIn> signIns) : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string SchemeName = "Bearer";

    private const string Prefix = "Bearer ";
    private const int LongestToken = 512;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
        {
            return AuthenticateResult.NoResult();
        }

        var token = header[Prefix.Length..].Trim();
        if (token.Length is 0 or > LongestToken || await tokens.ValidateAsync(token, Context.RequestAborted) is not { } owner)
        {
            return AuthenticateResult.Fail("The token is unknown, expired or revoked.");
        }

        // A token outlives neither the account nor its role.
        var account = new PortalAccount(owner.Person.Account, owner.Person.DisplayName, owner.Person.Role.ToString());
        foreach (var signIn in signIns)
        {
            if (await signIn.IsStillValidAsync(account.Name, account.Role, Context.RequestAborted))
            {
                return AuthenticateResult.Success(new AuthenticationTicket(account.ToPrincipal(signIn.Method), Scheme.Name));
            }
        }

        return AuthenticateResult.Fail("The account is no longer what it was.");
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var isWrong = (await HandleAuthenticateOnceSafeAsync()).Failure is not null;
        Response.Headers[HeaderNames.WWWAuthenticate] = isWrong
            ? "Bearer realm=\"GroupPortal\", error=\"invalid_token\""
            : "Bearer realm=\"GroupPortal\"";
        await Answers.WriteAsync(Context, new ApiError(
            StatusCodes.Status401Unauthorized,
            ErrorCode: null,
            isWrong ? "The access token is unknown, expired or revoked. Get a new one at " + ApiPaths.Token + "." : "An access token is needed: Authorization: Bearer … from " + ApiPaths.Token + "."));
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        Answers.WriteAsync(Context, ApiErrors.Denied("This account may not do that."));
}
