namespace GroupPortal.Web.Tests.Components;

/// <summary>A clock that stands still until it is set. Delays take their real time unless they are held.</summary>
public sealed class FakeClock(DateTimeOffset now) : TimeProvider
{
    private readonly List<HeldTimer> _held = [];

    public DateTimeOffset Now { get; set; } = now;

    public TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Local;

    public override TimeZoneInfo LocalTimeZone => Zone;

    /// <summary>From now on no delay ends before <see cref="Release"/>: what happens within one needs no race with it.</summary>
    public bool HoldsDelays { get; set; }

    public override DateTimeOffset GetUtcNow() => Now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (!HoldsDelays)
        {
            return base.CreateTimer(callback, state, dueTime, period);
        }

        var timer = new HeldTimer(callback, state);
        lock (_held)
        {
            _held.Add(timer);
        }

        return timer;
    }

    /// <summary>Ends all delays that were not given up.</summary>
    public void Release()
    {
        HeldTimer[] held;
        lock (_held)
        {
            held = [.. _held];
            _held.Clear();
        }

        foreach (var timer in held)
        {
            timer.Fire();
        }
    }

    private sealed class HeldTimer(TimerCallback callback, object? state) : ITimer
    {
        private bool _isDisposed;

        public void Fire()
        {
            if (!_isDisposed)
            {
                callback(state);
            }
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => !_isDisposed;

        public void Dispose() => _isDisposed = true;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
