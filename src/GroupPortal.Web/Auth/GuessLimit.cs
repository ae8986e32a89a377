namespace GroupPortal.Web.Auth;

/// <summary>
/// How often passwords may be tried from one address, for one account and for all: so many failures in a sliding window,
/// then nothing for the rest of it. A try is counted before the password is looked at and given back when it was right, so
/// that many at once do not slip through together.
/// </summary>
public sealed class GuessLimit(TimeProvider clock)
{
    public const int MostFailures = 10;

    /// <summary>Over all accounts: one password tried on everybody is guessing too.</summary>
    public const int MostFailuresOfAddress = 50;

    public static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    private const int LargestTable = 10_000;
    private const string EveryAccount = "";

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Account, string Address), List<DateTimeOffset>> _tries = [];

    /// <summary>Null when the try may go on, else how long to wait.</summary>
    public TimeSpan? Begin(string account, string address)
    {
        var now = clock.GetUtcNow();
        lock (_lock)
        {
            if (_tries.Count > LargestTable)
            {
                Forget(now);
            }

            var ofAddress = Recent((EveryAccount, address), now);
            // Before the account has a list of its own: who is stopped cannot fill the table with names.
            if (ofAddress.Count >= MostFailuresOfAddress)
            {
                return Window - (now - ofAddress[0]);
            }

            var ofAccount = Recent(Key(account, address), now);
            if (ofAccount.Count >= MostFailures)
            {
                return Window - (now - ofAccount[0]);
            }

            ofAddress.Add(now);
            ofAccount.Add(now);
            return null;
        }
    }

    /// <summary>
    /// The try was right: whoever knows the password does not guess. The address gets back this one try only, else an
    /// account of one's own would pay for guessing at others.
    /// </summary>
    public void Succeeded(string account, string address)
    {
        lock (_lock)
        {
            _tries.Remove(Key(account, address));
            if (_tries.TryGetValue((EveryAccount, address), out var ofAddress) && ofAddress.Count > 0)
            {
                ofAddress.RemoveAt(ofAddress.Count - 1);
            }
        }
    }

    // The letter in front keeps an empty name apart from EveryAccount.
    private static (string Account, string Address) Key(string account, string address) =>
        ("A" + (account.Length > 256 ? account[..256] : account).ToUpperInvariant(), address);

    private List<DateTimeOffset> Recent((string Account, string Address) key, DateTimeOffset now)
    {
        if (!_tries.TryGetValue(key, out var tries))
        {
            _tries[key] = tries = [];
        }

        tries.RemoveAll(at => now - at >= Window);
        return tries;
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
