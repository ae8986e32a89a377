namespace GroupPortal.GraphEmulation.Throttling;

/// <summary>A bucket that begins full and fills evenly: <paramref name="capacity"/> in each <paramref name="period"/>.</summary>
internal sealed class TokenBucket(double capacity, TimeSpan period, TimeProvider clock)
{
    private readonly long _start = clock.GetTimestamp();
    private double _taken;
    private TimeSpan _filled = TimeSpan.Zero;

    /// <summary>0: full; 1: empty.</summary>
    public double Used
    {
        get
        {
            Fill();
            return _taken / capacity;
        }
    }

    /// <summary>Zero: there is enough.</summary>
    public TimeSpan Wait(double cost, double reserve)
    {
        Fill();
        var missing = cost + (reserve * capacity) + _taken - capacity;
        return missing <= 1e-9 ? TimeSpan.Zero : TimeSpan.FromSeconds(missing / capacity * period.TotalSeconds);
    }

    public void Take(double cost) => _taken += cost;

    private void Fill()
    {
        var now = clock.GetElapsedTime(_start);
        _taken = Math.Max(0, _taken - ((now - _filled).TotalSeconds / period.TotalSeconds * capacity));
        _filled = now;
    }
}
