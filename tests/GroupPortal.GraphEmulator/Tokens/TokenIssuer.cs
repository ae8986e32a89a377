using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;

namespace GroupPortal.GraphEmulation.Tokens;

/// <summary>Gives out tokens that look like Entra's and are known again by being remembered.</summary>
internal sealed class TokenIssuer(TimeProvider clock, string tenantId)
{
    private readonly ConcurrentDictionary<string, Caller> _issued = new(StringComparer.Ordinal);
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    public static TimeSpan Lifetime { get; } = TimeSpan.FromHours(1);

    public string Issue(TokenKind kind, string clientId, Guid? person)
    {
        var now = clock.GetUtcNow();
        var expires = now + Lifetime;
        var head = Encode(new Dictionary<string, object?> { ["typ"] = "JWT", ["alg"] = "HS256" });
        var claims = new Dictionary<string, object?>
        {
            ["aud"] = "https://graph.microsoft.com",
            ["iss"] = $"https://sts.windows.net/{tenantId}/",
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = expires.ToUnixTimeSeconds(),
            ["appid"] = clientId,
            ["idtyp"] = kind == TokenKind.App ? "app" : "user",
            ["oid"] = person?.ToString() ?? clientId,
            ["tid"] = tenantId,
            ["uti"] = Guid.NewGuid().ToString("N"),
        };
        var text = $"{head}.{Encode(claims)}";
        var token = $"{text}.{Base64Url.EncodeToString(HMACSHA256.HashData(_key, System.Text.Encoding.ASCII.GetBytes(text)))}";
        _issued[token] = new Caller(kind, clientId, person, expires);
        return token;
    }

    /// <summary>Null: not ours, or expired.</summary>
    public Caller? Find(string token) => _issued.TryGetValue(token, out var caller) && caller.Expires > clock.GetUtcNow() ? caller : null;

    private static string Encode(Dictionary<string, object?> content) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(content));
}
