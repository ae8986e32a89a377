using System.Collections.Concurrent;
using GroupPortal.Core.Directories;

namespace GroupPortal.Web.Auth;

/// <summary>
/// The role that accounts have now, or that they are out of use. Every request asks, so an answer serves for some minutes;
/// while the directory cannot be asked, the last one holds for a bounded time, and then nobody is let in by it.
/// </summary>
/// <param name="read">The role, or null for an account that is gone or out of use.</param>
internal sealed class AccountStandings(Func<string, CancellationToken, Task<DirectoryAnswer<string?>>> read, TimeProvider clock)
{
    /// <summary>How long an answer serves.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromMinutes(3);

    /// <summary>How long it holds while the directory cannot be asked.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    /// <summary>How long a directory that did not answer is left alone.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    private const int LargestTable = 10_000;

    private readonly ConcurrentDictionary<string, Standing> _known = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What was found at a sign-in just now.</summary>
    public void Set(string name, string role)
    {
        var now = clock.GetUtcNow();
        Keep(name, new Standing(role, now + Longest, now + Fresh));
    }

    public async Task<bool> IsAsync(string name, string role, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (!_known.TryGetValue(name, out var standing) || standing.NextRead <= now)
        {
            standing = await read(name, cancellation) switch
            {
                DirectoryAnswer<string?>.Ok(var found) => new Standing(found, now + Longest, now + Fresh),
                _ when standing is { } before && before.Until > now => before with { NextRead = Earlier(now + Pause, before.Until) },
                _ => new Standing(null, now + Pause, now + Pause),
            };
            Keep(name, standing);
        }

        return standing.Role == role;
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private void Keep(string name, Standing standing)
    {
        if (_known.Count >= LargestTable)
        {
            _known.Clear();
        }

        _known[name] = standing;
    }

    private sealed record Standing(string? Role, DateTimeOffset Until, DateTimeOffset NextRead);
}
