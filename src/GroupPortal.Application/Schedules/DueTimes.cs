using GroupPortal.Application.Tasks;
using GroupPortal.Core.SmartGroups;

namespace GroupPortal.Application.Schedules;

/// <summary>
/// When a group is due, from what is written down alone: so a portal that was down for a week runs what it missed once, and one
/// that is killed forgets nothing. Pure.
/// </summary>
internal static class DueTimes
{
    /// <summary>A run that failed is made up for after this long, or at its next time if that is sooner.</summary>
    public static readonly TimeSpan AfterFailure = TimeSpan.FromMinutes(30);

    /// <summary>In the past when it is due now; null when nothing will ever make it due.</summary>
    public static DateTimeOffset? Of(ScheduledGroup group, ContainerSchedule? inherited, GroupRun? run, TimeZoneInfo zone)
    {
        var schedule = group.Own ?? inherited?.Schedule;
        if (schedule is UpdateSchedule.Off)
        {
            return null;
        }

        var due = Earlier(ByScheduleOf(schedule, group.Own is null ? inherited?.Saved : group.Since, run?.LastWhole, zone), ByEndOf(group, run?.LastWhole));
        if (due is not { } wanted || run is not { Outcome: TaskOutcome.Failed })
        {
            return due;
        }

        var again = Earlier(run.LastRun + AfterFailure, schedule?.NextAfter(run.LastRun, zone))!.Value;
        return wanted > again ? wanted : again;
    }

    /// <param name="since">When the schedule was set: times before were never promised.</param>
    private static DateTimeOffset? ByScheduleOf(UpdateSchedule? schedule, DateTimeOffset? since, DateTimeOffset? lastWhole, TimeZoneInfo zone)
    {
        var from = since ?? DateTimeOffset.UnixEpoch;
        return lastWhole is not { } last
            // Nobody is in it yet: "every hour" begins with the first one, a time of day is waited for.
            ? schedule is UpdateSchedule.Every ? from : schedule?.NextAfter(from, zone)
            : schedule?.NextAfter(last > from ? last : from, zone);
    }

    /// <summary>An exception that has ended still counts in the directory until the rule is applied again.</summary>
    private static DateTimeOffset? ByEndOf(ScheduledGroup group, DateTimeOffset? lastWhole)
    {
        foreach (var end in group.Ends)
        {
            if (end > lastWhole)
            {
                return end;
            }
        }

        return null;
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one is null || other < one ? other : one;
}
