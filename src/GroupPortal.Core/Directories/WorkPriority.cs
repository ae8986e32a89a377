namespace GroupPortal.Core.Directories;

/// <summary>Who waits for a request to a directory that serves only so many at a time.</summary>
public enum WorkPriority
{
    /// <summary>A person, or a script that waits for its answer.</summary>
    High,

    /// <summary>Nobody right now: tasks, schedules, the feed of the replica, large changes once they are on their way.</summary>
    Low,
}

/// <summary>
/// The priority of everything that the present flow of work asks of directories. It goes along with the flow instead of
/// through every signature, because only the outermost caller knows it and only an adapter with a quota heeds it.
/// </summary>
public static class CurrentPriority
{
    private static readonly AsyncLocal<WorkPriority> Flow = new();

    public static WorkPriority Value => Flow.Value;

    /// <summary>From here on, for this flow and whatever it starts, until disposed.</summary>
    public static IDisposable Begin(WorkPriority priority)
    {
        var before = Flow.Value;
        Flow.Value = priority;
        return new End(before);
    }

    private sealed class End(WorkPriority before) : IDisposable
    {
        public void Dispose() => Flow.Value = before;
    }
}
