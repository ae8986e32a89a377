using GroupPortal.Core.Access;

namespace GroupPortal.Application.Access;

/// <summary>A pair of opaque tokens; they are nowhere kept as they are.</summary>
/// <param name="ExpiresIn">Seconds until the access token expires.</param>
public sealed record IssuedTokens(string AccessToken, string RefreshToken, int ExpiresIn);

/// <summary>Whom a valid access token speaks for.</summary>
/// <param name="StoreId">The store that the client signed in to.</param>
public sealed record TokenOwner(Person Person, string ClientId, int StoreId);

/// <summary>The API's bearer tokens: 256 random bits each, kept as SHA-256 only.</summary>
public sealed class TokenStore
{
    public Task<IssuedTokens> IssueAsync(Person person, string clientId, int storeId, CancellationToken cancellation) =>
        throw new InvalidOperationException("Comes with the next commit.");

    /// <summary>Null for whatever is unknown, expired or revoked.</summary>
    public Task<TokenOwner?> ValidateAsync(string token, CancellationToken cancellation) =>
        throw new InvalidOperationException("Comes with the next commit.");

    /// <summary>A new pair for a refresh token, which is used up by it; using it twice revokes all that came of the same sign-in. Null: refused.</summary>
    public Task<IssuedTokens?> RefreshAsync(string refreshToken, string clientId, CancellationToken cancellation) =>
        throw new InvalidOperationException("Comes with the next commit.");

    /// <summary>Revokes a token and all that came of the same sign-in; unknown tokens are ignored (RFC 7009).</summary>
    public Task RevokeAsync(string token, CancellationToken cancellation) =>
        throw new InvalidOperationException("Comes with the next commit.");
}
