namespace GroupPortal.Web.Components.Schedules;

/// <summary>What an interval is counted in; the value is the minutes of one.</summary>
internal enum IntervalUnit
{
    Minutes = 1,
    Hours = 60,
    Days = 1440,
}

/// <summary>Minutes as people count them: 90 minutes, 2 hours, 7 days.</summary>
internal static class Interval
{
    public static (int Count, IntervalUnit Unit) Of(int minutes)
    {
        var unit = minutes > 0 && minutes % (int)IntervalUnit.Days == 0 ? IntervalUnit.Days
            : minutes > 0 && minutes % (int)IntervalUnit.Hours == 0 ? IntervalUnit.Hours
            : IntervalUnit.Minutes;
        return (minutes / (int)unit, unit);
    }
}
