namespace GroupPortal.Web.Components.Schedules;

/// <summary>The forms that a schedule is given in.</summary>
internal enum ScheduleChoice
{
    /// <summary>None of its own.</summary>
    Inherit,
    Off,
    Every,
    Daily,
    Cron,
}
