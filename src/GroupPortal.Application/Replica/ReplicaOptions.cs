namespace GroupPortal.Application.Replica;

/// <summary>How the copies of the directories are kept; section <c>Replica</c>.</summary>
public sealed class ReplicaOptions
{
    public const string Section = "Replica";

    public const int ShortestInterval = 1;

    public const int LongestInterval = 3600;

    /// <summary>Every how many seconds each directory is asked what changed.</summary>
    public int Interval { get; set; } = 5;
}
