using System.Globalization;
using System.Security.Cryptography;
using GroupPortal.GraphEmulation.Http;

namespace GroupPortal.GraphEmulation.Delta;

/// <summary>What tokens stand for. They mean nothing to anybody else.</summary>
internal sealed class DeltaTokens(TimeProvider clock, TimeSpan lifetime)
{
    private readonly Dictionary<string, (DeltaScope Scope, long Since, DateTimeOffset Issued)> _rounds = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (DeltaRun Run, DateTimeOffset Issued)> _runs = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    public string Issue(DeltaScope scope, long since)
    {
        var token = Name();
        lock (_lock)
        {
            _rounds[token] = (scope, since, clock.GetUtcNow());
        }

        return token;
    }

    public string Issue(DeltaRun run)
    {
        var token = Name();
        lock (_lock)
        {
            _runs[token] = (run, clock.GetUtcNow());
        }

        return token;
    }

    public (DeltaScope Scope, long Since) Round(string token, string initialUrl)
    {
        lock (_lock)
        {
            return _rounds.TryGetValue(token, out var found) ? (Fresh(found.Issued, initialUrl, found.Scope), found.Since) : throw Unknown(initialUrl);
        }
    }

    /// <summary>The run and the page of a $skiptoken.</summary>
    public (DeltaRun Run, int Start) Page(string token, string initialUrl)
    {
        var dot = token.LastIndexOf('.');
        lock (_lock)
        {
            return dot > 0 && _runs.TryGetValue(token[..dot], out var found) && int.TryParse(token.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var start)
                ? (Fresh(found.Issued, initialUrl, found.Run), start)
                : throw Unknown(initialUrl);
        }
    }

    public void Forget()
    {
        lock (_lock)
        {
            _rounds.Clear();
            _runs.Clear();
        }
    }

    private static string Name() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));

    private static GraphError Unknown(string initialUrl) =>
        Gone("syncStateNotFound", "The sync state generation is not found. The delta token is expired and data must be synchronized again.", initialUrl);

    private static GraphError Gone(string code, string message, string initialUrl) => new(410, code, message)
    {
        Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["Location"] = initialUrl },
    };

    private T Fresh<T>(DateTimeOffset issued, string initialUrl, T value) =>
        clock.GetUtcNow() - issued <= lifetime
            ? value
            : throw Gone("resyncRequired", "The delta token is no longer valid, and the application must reset the sync state.", initialUrl);
}
