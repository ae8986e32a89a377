namespace GroupPortal.Web.Auth;

/// <summary>
/// Stops before a directory would lock an account out: so many wrong passwords for one account, from wherever and however its
/// name was spelled, and the directory is not asked for the rest of the window. Domains lock after five or more as a rule.
/// </summary>
public sealed class LockoutGuard(TimeProvider clock)
{
    public const int MostFailures = 4;

    public static readonly TimeSpan Window = TimeSpan.FromMinutes(30);

    private const int LargestTable = 10_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, List<DateTimeOffset>> _tries = new(StringComparer.Ordinal);

    /// <summary>Null when the try may go on, which counts it; else how long to wait.</summary>
    public TimeSpan? Begin(string key)
    {
        var now = clock.GetUtcNow();
        lock (_lock)
        {
            if (_tries.Count > LargestTable)
            {
                Forget(now);
            }

            if (!_tries.TryGetValue(key, out var tries))
            {
                _tries[key] = tries = [];
            }

            tries.RemoveAll(at => now - at >= Window);
            if (tries.Count >= MostFailures)
            {
                return Window - (now - tries[0]);
            }

            tries.Add(now);
            return null;
        }
    }

    /// <summary>The directory did not count the last try as a wrong password.</summary>
    public void TakeBack(string key)
    {
        lock (_lock)
        {
            if (_tries.TryGetValue(key, out var tries) && tries.Count > 0)
            {
                tries.RemoveAt(tries.Count - 1);
            }
        }
    }

    /// <summary>The password was right, at which the directory begins to count anew as well.</summary>
    public void Succeeded(string key)
    {
        lock (_lock)
        {
            _tries.Remove(key);
        }
    }

    private void Forget(DateTimeOffset now)
    {
        foreach (var (key, tries) in _tries)
        {
            if (tries.Count == 0 || now - tries[^1] >= Window)
            {
                _tries.Remove(key);
            }
        }
    }
}
