using GroupPortal.GraphEmulation.Record;

namespace GroupPortal.GraphEmulation.Faults;

/// <summary>What is to go wrong, for the next requests that match.</summary>
public sealed class FaultBook
{
    private readonly Lock _lock = new();
    private readonly List<Fault> _faults = [];

    internal FaultBook()
    {
    }

    /// <summary>The next <paramref name="count"/> requests that match go wrong; inner requests of a batch count as requests.</summary>
    /// <param name="kind">What goes wrong.</param>
    /// <param name="count">How many requests.</param>
    /// <param name="matches">Null: every request.</param>
    /// <param name="retryAfter">For the three statuses; whole seconds on the wire.</param>
    /// <param name="afterHandling">The request takes effect, and only its answer is lost.</param>
    public Fault Inject(FaultKind kind, int count = 1, Func<RecordedRequest, bool>? matches = null, TimeSpan? retryAfter = null, bool afterHandling = false)
    {
        // A batch is not hit for what is meant for the requests in it, unless it is asked for.
        var fault = new Fault(kind, count, matches ?? (request => !request.IsBatch), retryAfter, afterHandling);
        lock (_lock)
        {
            _faults.RemoveAll(old => old.Remaining == 0);
            _faults.Add(fault);
        }

        return fault;
    }

    /// <summary>The same for a method (null: any) and a part of the path with its query.</summary>
    public Fault Inject(FaultKind kind, string? method, string part, int count = 1, TimeSpan? retryAfter = null, bool afterHandling = false) =>
        Inject(
            kind,
            count,
            request => (method is null || request.Method == method) && request.Target.Contains(part, StringComparison.OrdinalIgnoreCase),
            retryAfter,
            afterHandling);

    /// <summary>Ends all.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _faults.ForEach(fault => fault.Dispose());
            _faults.Clear();
        }
    }

    internal Fault? Take(RecordedRequest request)
    {
        lock (_lock)
        {
            return _faults.Find(fault => fault.Takes(request));
        }
    }
}
