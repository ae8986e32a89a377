namespace GroupPortal.Application.Replica;

/// <summary>How the copies of the directories are kept; section <c>Replica</c>.</summary>
public sealed class ReplicaOptions
{
    public const string Section = "Replica";

    /// <summary>How often each directory is asked what changed, <c>hours:minutes:seconds</c>: one second to one hour.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(5);

    internal bool IsValid => Interval >= TimeSpan.FromSeconds(1) && Interval <= TimeSpan.FromHours(1);
}
