namespace GroupPortal.EntraId.Requests;

/// <summary>A bucket that fills at an even rate up to its size; what is taken out is gone. For one thread at a time.</summary>
/// <param name="Size">What it holds when it is full, as it is at first.</param>
/// <param name="Window">In which an empty one becomes full.</param>
internal sealed class TokenBucket(double size, TimeSpan window, TimeProvider clock)
{
    private double _level = size;
    private long _when = clock.GetTimestamp();

    public double Size { get; } = size;

    public double Level
    {
        get
        {
            var now = clock.GetTimestamp();
            _level = Math.Min(Size, _level + (clock.GetElapsedTime(_when, now) / window * Size));
            _when = now;
            return _level;
        }
    }

    /// <summary>How long until so much is in it; zero when it is there. More than it holds is never waited for.</summary>
    public TimeSpan Until(double level)
    {
        var missing = Math.Min(level, Size) - Level;
        return missing <= 0 ? TimeSpan.Zero : window * (missing / Size);
    }

    /// <summary>Takes it out, below nothing where need be: what it costs turned out later.</summary>
    public void Take(double amount) => _level = Level - amount;

    /// <summary>Somebody who knows better says that it is empty.</summary>
    public void Empty() => _level = Math.Min(Level, 0);
}
