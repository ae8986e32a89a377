namespace GroupPortal.TestDirectories.Limits;

/// <summary>A request that the controller was sent and has not answered yet.</summary>
/// <param name="id">The client's number of it; the controller has another.</param>
internal sealed class PendingRequest(int id, SearchRequest? search, long started) : IDisposable
{
    public int Id => id;

    /// <summary>Null for what is no search.</summary>
    public SearchRequest? Search => search;

    public long Started => started;

    public int Entries { get; set; }

    /// <summary>The client has its result, or wants none: whatever still comes is dropped.</summary>
    public bool IsOver { get; set; }

    /// <summary>Ends the waiting for the search's time limit.</summary>
    public CancellationTokenSource Answered { get; } = new();

    public void Dispose() => Answered.Dispose();
}
