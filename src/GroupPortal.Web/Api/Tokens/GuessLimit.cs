using System.Collections.Concurrent;

namespace GroupPortal.Web.Api.Tokens;

/// <summary>
/// How often an account may be tried from one address: so many failures in a sliding window, then nothing for the rest of
/// it. A try is counted before the password is looked at and given back when it was right, so that many at once do not slip
/// through together.
/// </summary>
internal sealed class GuessLimit(TimeProvider clock)
{
    public const int MostFailures = 10;

    public static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    private const int LargestTable = 10_000;

    private readonly ConcurrentDictionary<(string Account, string Address), Queue<DateTimeOffset>> _tries = new();

    /// <summary>Null when the try may go on, else how long to wait.</summary>
    public TimeSpan? Begin(string account, string address)
    {
        var now = clock.GetUtcNow();
        if (_tries.Count > LargestTable)
        {
            Forget(now);
        }

        var tries = _tries.GetOrAdd(Key(account, address), _ => new Queue<DateTimeOffset>());
        lock (tries)
        {
            while (tries.TryPeek(out var oldest) && now - oldest >= Window)
            {
                tries.Dequeue();
            }

            if (tries.Count >= MostFailures)
            {
                return Window - (now - tries.Peek());
            }

            tries.Enqueue(now);
            return null;
        }
    }

    /// <summary>The try was right: whoever knows the password does not guess.</summary>
    public void Succeeded(string account, string address) => _tries.TryRemove(Key(account, address), out _);

    private static (string Account, string Address) Key(string account, string address) =>
        (account.Length > 256 ? account[..256].ToUpperInvariant() : account.ToUpperInvariant(), address);

    private void Forget(DateTimeOffset now)
    {
        foreach (var (key, tries) in _tries)
        {
            lock (tries)
            {
                if (tries.Count == 0 || now - tries.Last() >= Window)
                {
                    _tries.TryRemove(key, out _);
                }
            }
        }
    }
}
