using System.Net.Http.Json;
using System.Text.Json.Serialization;
using Azure.Core;
using Azure.Identity;

namespace GroupPortal.EntraId;

/// <summary>
/// The app's token from a Graph on this machine, by client credentials (RFC 6749 4.4) at <c>{endpoint}/{tenant}/oauth2/v2.0/token</c>.
/// The credentials of Azure.Identity insist on https, which a Graph for tests need not have.
/// </summary>
internal sealed class LoopbackCredential(HttpClient http, Uri endpoint, Guid tenant, string client, string secret, TimeProvider clock) : TokenCredential
{
    private static readonly TimeSpan Early = TimeSpan.FromMinutes(2);
    private readonly Lock _lock = new();
    private AccessToken _token;

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Nothing here waits for a token in a thread of its own.");

    public override async ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            // Claims ask for another token than the one that is at hand.
            if (requestContext.Claims is null && _token.ExpiresOn > clock.GetUtcNow() + Early)
            {
                return _token;
            }
        }

        var fields = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = client,
            ["client_secret"] = secret,
            ["scope"] = requestContext.Scopes[0],
        };
        if (requestContext.Claims is { } claims)
        {
            fields["claims"] = claims;
        }

        using var content = new FormUrlEncodedContent(fields);
        using var answer = await http.PostAsync(new Uri(endpoint, $"/{tenant:D}/oauth2/v2.0/token"), content, cancellationToken);
        if (!answer.IsSuccessStatusCode)
        {
            throw new AuthenticationFailedException(await answer.Content.ReadAsStringAsync(cancellationToken));
        }

        var granted = await answer.Content.ReadFromJsonAsync<Granted>(cancellationToken)
            ?? throw new AuthenticationFailedException("The answer holds no token.");
        var token = new AccessToken(granted.Token, clock.GetUtcNow().AddSeconds(granted.Seconds));
        lock (_lock)
        {
            _token = token;
        }

        return token;
    }

    private sealed record Granted(
        [property: JsonPropertyName("access_token")] string Token,
        [property: JsonPropertyName("expires_in")] int Seconds);
}
