namespace GroupPortal.EntraId.Requests;

/// <summary>
/// Whether a write has left: whoever is given up tells nothing of how far it had come. Of what consists of several requests, it counts
/// them all.
/// </summary>
internal sealed class WriteTrace
{
    private static readonly AsyncLocal<WriteTrace?> Flow = new();
    private int _away;

    public static WriteTrace? Current => Flow.Value;

    /// <summary>Something was sent that may have been carried out.</summary>
    public bool HasLeft => Volatile.Read(ref _away) > 0;

    /// <summary>For this flow and whatever it starts; an async method that calls it does not change its caller's.</summary>
    public static WriteTrace Begin() => Flow.Value = new WriteTrace();

    public void Leaves() => Interlocked.Increment(ref _away);

    /// <summary>It did not go, or was sent back as it was.</summary>
    public void ComesBack() => Interlocked.Decrement(ref _away);
}
