namespace GroupPortal.Application.Schedules;

/// <summary>How scheduled updates are woken; section <c>Schedules</c>.</summary>
public sealed class ScheduleOptions
{
    public const string Section = "Schedules";

    public const int LongestInterval = 3600;

    /// <summary>Every how many seconds it is looked which smart groups are due; 0: no update runs by itself.</summary>
    public int Interval { get; set; } = 20;
}
