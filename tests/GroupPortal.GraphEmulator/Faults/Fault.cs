using GroupPortal.GraphEmulation.Record;

namespace GroupPortal.GraphEmulation.Faults;

/// <summary>One injected fault. Disposing ends it and lets go whoever it holds.</summary>
public sealed class Fault : IDisposable
{
    private readonly Func<RecordedRequest, bool> _matches;
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _remaining;

    internal Fault(FaultKind kind, int count, Func<RecordedRequest, bool> matches, TimeSpan? retryAfter, bool afterHandling)
    {
        Kind = kind;
        RetryAfter = retryAfter;
        AfterHandling = afterHandling;
        _remaining = count;
        _matches = matches;
    }

    /// <summary>What goes wrong.</summary>
    public FaultKind Kind { get; }

    /// <summary>Null: the header is not sent.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>The request takes effect first; only its answer is lost or replaced.</summary>
    public bool AfterHandling { get; }

    /// <summary>Requests that it hit so far.</summary>
    public int Hits { get; private set; }

    /// <summary>Requests that it will still hit.</summary>
    public int Remaining => Volatile.Read(ref _remaining);

    /// <summary>Completes when the first request was hit.</summary>
    public Task Reached => _reached.Task;

    internal Task Released => _released.Task;

    /// <summary>Lets go every request that waits.</summary>
    public void Release() => _released.TrySetResult();

    /// <inheritdoc/>
    public void Dispose()
    {
        Volatile.Write(ref _remaining, 0);
        Release();
    }

    internal bool Takes(RecordedRequest request)
    {
        if (_remaining <= 0 || !_matches(request))
        {
            return false;
        }

        _remaining--;
        Hits++;
        _reached.TrySetResult();
        return true;
    }
}
