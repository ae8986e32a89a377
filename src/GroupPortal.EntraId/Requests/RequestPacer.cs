using GroupPortal.Core.Directories;

namespace GroupPortal.EntraId.Requests;

/// <summary>
/// Lets requests go as fast as the quotas of this app in this tenant allow, and no faster: whoever goes over makes everybody wait.
/// Requests of waiting people go first, and what nobody waits for always leaves something for them.
/// </summary>
internal sealed class RequestPacer : IDisposable
{
    /// <summary>What a request waits when it was refused and not told for how long.</summary>
    private static readonly TimeSpan Untold = TimeSpan.FromSeconds(1);

    /// <summary>By how much of the bucket Graph's count and ours may differ.</summary>
    private const double Tolerance = 0.03;

    /// <summary>For so many windows what was learned is believed; then it is tried again.</summary>
    private const double WindowsOfDearness = 4;

    /// <summary>Whoever waits is told rather than kept by a pause longer than this.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly GraphQuotas _quotas;
    private readonly TimeProvider _clock;
    private readonly TokenBucket _units;
    private readonly TokenBucket _writes;

    /// <summary>Questions do not wait behind writes: these have the smaller bucket.</summary>
    private readonly LinkedList<Waiting> _highReads = new();
    private readonly LinkedList<Waiting> _highWrites = new();
    private readonly LinkedList<Waiting> _lowReads = new();
    private readonly LinkedList<Waiting> _lowWrites = new();
    private readonly ITimer _timer;
    private bool _isClosed;
    private int _atOnce;
    private int _atOnceForLow;
    private long _all;
    private long _forWrites;
    private long _forLow;

    /// <summary>Graph's count of writes has been taken over; what differs from here on is what references cost.</summary>
    private bool _isInStep;

    /// <summary>Until then a PATCH costs a write for three references.</summary>
    private long _dearUntil;

    public RequestPacer(GraphQuotas quotas, TimeProvider clock)
    {
        _quotas = quotas;
        _clock = clock;
        _units = new TokenBucket(quotas.ResourceUnits * quotas.Margin, quotas.ResourceWindow / quotas.Speed, clock);
        _writes = new TokenBucket(quotas.Writes * quotas.Margin, quotas.WriteWindow / quotas.Speed, clock);
        _all = _forWrites = _forLow = _dearUntil = clock.GetTimestamp();
        _timer = clock.CreateTimer(_ => LetGo(), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Waits for its turn. To be disposed when the answer is there.</summary>
    /// <exception cref="PausedException">Somebody waits for it, and Graph asked for a pause longer than anybody likes to.</exception>
    public async Task<IDisposable> EnterAsync(RequestCost cost, WorkPriority priority, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var waiting = new Waiting(this, cost, priority);
        lock (_lock)
        {
            if (_isClosed)
            {
                throw new OperationCanceledException("The connection to the tenant is closed.");
            }

            QueueOf(waiting).AddLast(waiting.Node);
        }

        await using var registration = cancellation.Register(() => GiveUp(waiting, cancellation));
        LetGo();
        return await waiting.Turn.Task;
    }

    /// <summary>Too many requests: nothing more of the kind before then.</summary>
    /// <param name="refused">What was thought to be its cost.</param>
    public void Pause(HttpResponseMessage answer, int attempt, RequestCost refused)
    {
        var time = RetryAfter.Of(answer, _clock) ?? (Untold * Math.Pow(2, Math.Min(attempt, 6)) / _quotas.Speed);
        var onlyWrites = Header(answer, "x-ms-throttle-information")?.Contains("WriteLimit", StringComparison.OrdinalIgnoreCase) == true;
        if (onlyWrites && refused.Bound > 0)
        {
            // Our bucket had let it go: once may be somebody else's writes, twice is what references cost here.
            lock (_lock)
            {
                BelieveDearness();
            }
        }

        Pause(time, onlyWrites);
    }

    /// <summary>Nothing more of the kind before then.</summary>
    /// <param name="time">Null where nobody said when.</param>
    public void Pause(TimeSpan? time, bool onlyWrites)
    {
        lock (_lock)
        {
            var until = After(time ?? (Untold / _quotas.Speed));
            if (onlyWrites)
            {
                _writes.Empty();
                _forWrites = Math.Max(_forWrites, until);
            }
            else
            {
                _all = Math.Max(_all, until);
            }
        }

        LetGo();
    }

    /// <summary>
    /// What Graph says of the use so far. From 0.8 of a limit on Graph's count of it takes the place of ours: another process may have used
    /// it, or writes cost more than the price list says. What nobody waits for reads slower then, and writes slower beyond the limit.
    /// </summary>
    public void Follow(HttpResponseMessage answer, RequestCost estimate) =>
        Follow(Number(Header(answer, "x-ms-resource-unit")), Number(Header(answer, "x-ms-throttle-limit-percentage")), estimate);

    /// <param name="units">What it cost, where Graph says so.</param>
    /// <param name="used">Of the limit that is nearest; 1 is all of it.</param>
    public void Follow(double? units, double? used, RequestCost estimate)
    {
        lock (_lock)
        {
            if (units is { } cost)
            {
                _units.Take(cost - estimate.ResourceUnits);
            }

            if (used is { } share and >= 0.8)
            {
                // A job that is on its way uses all writes there are, and that is right: its own bucket keeps it just below. Beyond the
                // limit somebody else writes, too.
                var over = share - (estimate.IsWrite ? 1 : 0.8);
                if (over > 0)
                {
                    _forLow = Math.Max(_forLow, After(_quotas.ResourceWindow / _quotas.Speed * Math.Min(over, 1) * 0.1));
                }

                if (estimate.IsWrite)
                {
                    KeepInStep(share);
                }
            }
        }
    }

    /// <summary>Whoever still waits is given up: nothing of it was sent.</summary>
    public void Dispose()
    {
        List<Waiting> left;
        lock (_lock)
        {
            _isClosed = true;
            left = [.. _highReads, .. _highWrites, .. _lowReads, .. _lowWrites];
            _highReads.Clear();
            _highWrites.Clear();
            _lowReads.Clear();
            _lowWrites.Clear();
        }

        foreach (var waiting in left)
        {
            waiting.Turn.TrySetCanceled();
        }

        _timer.Dispose();
    }

    /// <summary>Only more than we thought: answers arrive late, and the bucket fills meanwhile.</summary>
    private void KeepInStep(double used)
    {
        var level = (1 - Math.Min(used, 1)) * _writes.Size;
        var difference = _writes.Level - level;
        if (difference <= _writes.Size * Tolerance || _units.Level / _units.Size < 1 - used + Tolerance)
        {
            return;
        }

        BelieveDearness();
        _writes.Take(difference);
    }

    /// <summary>Graph counts more than we do, for the second time: references cost more than the price list says.</summary>
    private void BelieveDearness()
    {
        if (_isInStep)
        {
            _dearUntil = After(_quotas.WriteWindow / _quotas.Speed * WindowsOfDearness);
        }

        _isInStep = true;
    }

    private int WritesOf(RequestCost cost) =>
        cost.Bound > 0 && Left(_dearUntil) > TimeSpan.Zero ? Math.Max(cost.Writes, (cost.Bound + 2) / 3) : cost.Writes;

    private LinkedList<Waiting> QueueOf(Waiting waiting) => (waiting.Priority, waiting.Cost.IsWrite) switch
    {
        (WorkPriority.High, false) => _highReads,
        (WorkPriority.High, true) => _highWrites,
        (_, false) => _lowReads,
        _ => _lowWrites,
    };

    private void LetGo()
    {
        List<Waiting> going = [];
        List<(Waiting Waiting, TimeSpan Pause)> told = [];
        lock (_lock)
        {
            TakeOut(_highReads, Left(_all), told);
            TakeOut(_highWrites, Max(Left(_all), Left(_forWrites)), told);
            var (reads, writes) = (Next(_highReads, going), Next(_highWrites, going));
            var soonest = Sooner(reads, writes);

            // Whoever waits does not find the bucket emptied by a job.
            if (_highReads.Count == 0)
            {
                soonest = Sooner(soonest, Next(_lowReads, going));
                soonest = _highWrites.Count == 0 ? Sooner(soonest, Next(_lowWrites, going)) : soonest;
            }

            if (soonest is { } wait)
            {
                _timer.Change(wait > TimeSpan.FromMilliseconds(1) ? wait : TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
            }
        }

        foreach (var waiting in going)
        {
            waiting.Turn.TrySetResult(waiting);
        }

        foreach (var (waiting, pause) in told)
        {
            waiting.Turn.TrySetException(new PausedException(pause));
        }
    }

    /// <summary>Whoever waits longer for the end of a pause than anybody likes to.</summary>
    private static void TakeOut(LinkedList<Waiting> queue, TimeSpan pause, List<(Waiting Waiting, TimeSpan Pause)> told)
    {
        if (pause > Patience)
        {
            told.AddRange(queue.Select(waiting => (waiting, pause)));
            queue.Clear();
        }
    }

    /// <summary>Takes out whoever can go. How long the first that cannot has to wait; null when there is none, or one that waits for an answer.</summary>
    private TimeSpan? Next(LinkedList<Waiting> queue, List<Waiting> going)
    {
        while (queue.First is { Value: var first })
        {
            if (_atOnce >= _quotas.AtOnce || (first.Priority == WorkPriority.Low && _atOnceForLow >= _quotas.AtOnceForLow))
            {
                return null;
            }

            var wait = WaitOf(first);
            if (wait > TimeSpan.Zero)
            {
                return wait;
            }

            _units.Take(first.Cost.ResourceUnits);
            _writes.Take(WritesOf(first.Cost));
            _atOnce++;
            _atOnceForLow += first.Priority == WorkPriority.Low ? 1 : 0;
            queue.RemoveFirst();
            going.Add(first);
        }

        return null;
    }

    private TimeSpan WaitOf(Waiting waiting)
    {
        var isLow = waiting.Priority == WorkPriority.Low;
        var wait = Left(_all);
        wait = Max(wait, isLow ? Left(_forLow) : TimeSpan.Zero);
        wait = Max(wait, _units.Until(waiting.Cost.ResourceUnits + (isLow ? _units.Size * _quotas.ResourceUnitsForPeople : 0)));
        return waiting.Cost.IsWrite
            ? Max(Max(wait, Left(_forWrites)), _writes.Until(WritesOf(waiting.Cost) + (isLow ? _writes.Size * _quotas.WritesForPeople : 0)))
            : wait;
    }

    private void Leave(Waiting waiting)
    {
        lock (_lock)
        {
            _atOnce--;
            _atOnceForLow -= waiting.Priority == WorkPriority.Low ? 1 : 0;
        }

        LetGo();
    }

    private void GiveUp(Waiting waiting, CancellationToken cancellation)
    {
        lock (_lock)
        {
            if (waiting.Node.List is null)
            {
                return;
            }

            waiting.Node.List.Remove(waiting.Node);
        }

        waiting.Turn.TrySetCanceled(cancellation);
        LetGo();
    }

    private long After(TimeSpan time) => _clock.GetTimestamp() + (long)(time.TotalSeconds * _clock.TimestampFrequency);

    private TimeSpan Left(long until)
    {
        var now = _clock.GetTimestamp();
        return until <= now ? TimeSpan.Zero : _clock.GetElapsedTime(now, until);
    }

    private static TimeSpan? Sooner(TimeSpan? left, TimeSpan? right) => left is null || right < left ? right : left;

    private static TimeSpan Max(TimeSpan left, TimeSpan right) => left > right ? left : right;

    private static string? Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    private static double? Number(string? text) =>
        double.TryParse(text, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    /// <summary>A request in the queue, then on its way.</summary>
    private sealed class Waiting : IDisposable
    {
        private readonly RequestPacer _pacer;
        private int _isOver;

        public Waiting(RequestPacer pacer, RequestCost cost, WorkPriority priority)
        {
            _pacer = pacer;
            Cost = cost;
            Priority = priority;
            Node = new LinkedListNode<Waiting>(this);
        }

        public RequestCost Cost { get; }

        public WorkPriority Priority { get; }

        public LinkedListNode<Waiting> Node { get; }

        public TaskCompletionSource<IDisposable> Turn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isOver, 1) == 0)
            {
                _pacer.Leave(this);
            }
        }
    }
}
