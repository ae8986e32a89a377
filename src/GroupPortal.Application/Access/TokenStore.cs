using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using GroupPortal.Application.Storage;
using GroupPortal.Core.Access;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace GroupPortal.Application.Access;

/// <summary>A pair of opaque tokens; they are nowhere kept as they are.</summary>
/// <param name="ExpiresIn">Seconds until the access token expires.</param>
public sealed record IssuedTokens(string AccessToken, string RefreshToken, int ExpiresIn);

/// <summary>Whom a valid access token speaks for.</summary>
/// <param name="StoreId">The store that the client signed in to.</param>
public sealed record TokenOwner(Person Person, string ClientId, int StoreId);

/// <summary>
/// The API's bearer tokens: 256 random bits each, kept as SHA-256 only. A plain hash is enough for what cannot be guessed.
/// </summary>
public sealed class TokenStore(IDbContextFactory<StateDb> databases, TimeProvider clock, ILogger<TokenStore> logger)
{
    /// <summary>Seconds; the vendor's own value, which scripts may count on.</summary>
    public const int AccessSeconds = 1200;

    private const int LargestCache = 10_000;

    /// <summary>Counted from the sign-in, however often the pair is renewed.</summary>
    private static readonly TimeSpan FamilyLifetime = TimeSpan.FromDays(14);

    private readonly ConcurrentDictionary<string, Validated> _validated = new(StringComparer.Ordinal);

    public async Task<IssuedTokens> IssueAsync(Person person, string clientId, int storeId, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(person);
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var owner = new TokenOwner(person, clientId, storeId);
        var tokens = Add(database, owner, Guid.NewGuid(), clock.GetUtcNow() + FamilyLifetime);
        await database.SaveChangesAsync(cancellation);
        logger.TokensIssued(person.Account, clientId, storeId);
        return tokens;
    }

    /// <summary>Null for whatever is unknown, expired or revoked.</summary>
    public async Task<TokenOwner?> ValidateAsync(string token, CancellationToken cancellation)
    {
        var hash = HashOf(token);
        var now = clock.GetUtcNow().UtcTicks;
        if (_validated.TryGetValue(hash, out var known))
        {
            return known.Expires > now ? known.Owner : null;
        }

        await using var database = await databases.CreateDbContextAsync(cancellation);
        var record = await database.AccessTokens.AsNoTracking().FirstOrDefaultAsync(
            one => one.Hash == hash && one.Kind == TokenKind.Access && !one.IsRevoked && one.Expires > now, cancellation);
        if (record is null)
        {
            return null;
        }

        if (_validated.Count >= LargestCache)
        {
            _validated.Clear();
        }

        var owner = OwnerOf(record);
        _validated[hash] = new Validated(owner, record.Family, record.Expires);
        return owner;
    }

    /// <summary>A new pair for a refresh token, which is used up by it; using it twice revokes all that came of the same sign-in. Null: refused.</summary>
    public async Task<IssuedTokens?> RefreshAsync(string refreshToken, string clientId, CancellationToken cancellation)
    {
        var hash = HashOf(refreshToken);
        var now = clock.GetUtcNow().UtcTicks;
        await using var database = await databases.CreateDbContextAsync(cancellation);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        var record = await database.AccessTokens.AsNoTracking().FirstOrDefaultAsync(
            one => one.Hash == hash && one.Kind == TokenKind.Refresh && one.ClientId == clientId, cancellation);
        if (record is null || record.IsRevoked || record.Expires <= now)
        {
            return null;
        }

        // Two at once cannot both find it unused: the update decides.
        var taken = await database.AccessTokens
            .Where(one => one.Hash == hash && one.Used == null)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.Used, now), cancellation);
        if (taken == 0)
        {
            await RevokeFamilyAsync(database, record.Family, cancellation);
            await transaction.CommitAsync(cancellation);
            Forget(record.Family);
            logger.RefreshTokenReused(record.Account, clientId);
            return null;
        }

        var tokens = Add(database, OwnerOf(record), record.Family, new DateTimeOffset(record.Expires, TimeSpan.Zero));
        await database.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return tokens;
    }

    /// <summary>Revokes a token and all that came of the same sign-in; unknown tokens are ignored (RFC 7009).</summary>
    public async Task RevokeAsync(string token, CancellationToken cancellation)
    {
        var hash = HashOf(token);
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var record = await database.AccessTokens.AsNoTracking().FirstOrDefaultAsync(one => one.Hash == hash, cancellation);
        if (record is not null)
        {
            await RevokeFamilyAsync(database, record.Family, cancellation);
            Forget(record.Family);
        }
    }

    internal async Task RemoveExpiredAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcTicks;
        await using var database = await databases.CreateDbContextAsync(cancellation);
        await database.AccessTokens.Where(one => one.Expires <= now).ExecuteDeleteAsync(cancellation);
        foreach (var (hash, one) in _validated)
        {
            if (one.Expires <= now)
            {
                _validated.TryRemove(hash, out _);
            }
        }
    }

    internal static string HashOf(string token) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    private static TokenOwner OwnerOf(AccessTokenRecord record) =>
        new(new Person(record.Account, record.DisplayName, record.Role), record.ClientId, record.StoreId);

    private static Task<int> RevokeFamilyAsync(StateDb database, Guid family, CancellationToken cancellation) =>
        database.AccessTokens.Where(one => one.Family == family).ExecuteUpdateAsync(set => set.SetProperty(one => one.IsRevoked, true), cancellation);

    private IssuedTokens Add(StateDb database, TokenOwner owner, Guid family, DateTimeOffset familyEnd)
    {
        var access = NewToken();
        var refresh = NewToken();
        database.AccessTokens.Add(Record(access, TokenKind.Access, owner, family, clock.GetUtcNow().AddSeconds(AccessSeconds)));
        database.AccessTokens.Add(Record(refresh, TokenKind.Refresh, owner, family, familyEnd));
        return new IssuedTokens(access, refresh, AccessSeconds);
    }

    private static AccessTokenRecord Record(string token, TokenKind kind, TokenOwner owner, Guid family, DateTimeOffset expires) => new()
    {
        Hash = HashOf(token),
        Kind = kind,
        Family = family,
        Account = owner.Person.Account,
        DisplayName = owner.Person.DisplayName,
        Role = owner.Person.Role,
        ClientId = owner.ClientId,
        StoreId = owner.StoreId,
        Expires = expires.UtcTicks,
    };

    private static string NewToken() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    private void Forget(Guid family)
    {
        foreach (var (hash, one) in _validated)
        {
            if (one.Family == family)
            {
                _validated.TryRemove(hash, out _);
            }
        }
    }

    private sealed record Validated(TokenOwner Owner, Guid Family, long Expires);
}
