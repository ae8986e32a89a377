using System.Globalization;
using GroupPortal.Application.Schedules;
using GroupPortal.Application.Tasks;
using GroupPortal.Core.SmartGroups;

namespace GroupPortal.Application.Tests.Schedules;

/// <summary>When a group is due, from what is written down; all on the second of March, times of day in UTC.</summary>
public sealed class DueTimesTests
{
    /// <summary>Own schedule, set at, container's schedule, set at, last run, its outcome, ends of exceptions; due at.</summary>
    [Theory]
    // Nothing says that it should run.
    [InlineData("", "", "", "", "", TaskOutcome.None, "", "")]
    [InlineData("", "", "", "", "08:00", TaskOutcome.Applied, "", "")]
    // By its own schedule, from the last run on, whoever asked for that.
    [InlineData("every 30", "07:00", "", "", "08:00", TaskOutcome.Applied, "", "08:30")]
    [InlineData("every 30", "07:00", "", "", "08:00", TaskOutcome.NoChange, "", "08:30")]
    [InlineData("every 30", "07:00", "", "", "08:00", TaskOutcome.Held, "", "08:30")]
    [InlineData("every 30", "07:00", "", "", "08:00", TaskOutcome.Refused, "", "08:30")]
    [InlineData("daily 09:15", "07:00", "", "", "08:00", TaskOutcome.Applied, "", "09:15")]
    // A first time: an interval begins with it, a time of day is waited for.
    [InlineData("every 30", "07:00", "", "", "", TaskOutcome.None, "", "07:00")]
    [InlineData("daily 09:15", "07:00", "", "", "", TaskOutcome.None, "", "09:15")]
    // What was due before the schedule was set was never promised.
    [InlineData("daily 06:30", "07:00", "", "", "05:00", TaskOutcome.Applied, "", "06:30+1")]
    [InlineData("daily 06:30", "06:00", "", "", "05:00", TaskOutcome.Applied, "", "06:30")]
    // The container's where it has none; its own in any case, and off is a schedule too.
    [InlineData("", "", "every 60", "07:00", "08:00", TaskOutcome.Applied, "", "09:00")]
    [InlineData("every 30", "07:00", "every 60", "07:00", "08:00", TaskOutcome.Applied, "", "08:30")]
    [InlineData("off", "07:00", "every 60", "07:00", "08:00", TaskOutcome.Applied, "", "")]
    [InlineData("", "", "off", "07:00", "08:00", TaskOutcome.Applied, "", "")]
    // An exception that ends is a reason of its own, once.
    [InlineData("every 60", "07:00", "", "", "08:00", TaskOutcome.Applied, "08:20,08:40", "08:20")]
    [InlineData("every 60", "07:00", "", "", "08:20", TaskOutcome.Applied, "08:20,08:40", "08:40")]
    [InlineData("", "", "", "", "08:00", TaskOutcome.Applied, "08:20", "08:20")]
    [InlineData("", "", "", "", "", TaskOutcome.None, "08:20", "")]
    [InlineData("off", "07:00", "", "", "08:00", TaskOutcome.Applied, "08:20", "")]
    // One that failed is made up for: after half an hour, or at its next time if that is sooner.
    [InlineData("daily 08:00", "07:00", "", "", "08:00", TaskOutcome.Failed, "", "08:30")]
    [InlineData("every 5", "07:00", "", "", "08:00", TaskOutcome.Failed, "", "08:05")]
    [InlineData("", "", "", "", "08:00", TaskOutcome.Failed, "", "")]
    public void It_follows_from_what_is_written_down(
        string own, string ownSince, string container, string containerSince, string lastRun, TaskOutcome outcome, string ends, string expected)
    {
        var group = new ScheduledGroup(Guid.NewGuid(), Schedule(own), At(ownSince), [.. ends.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(end => At(end)!.Value)]);
        var inherited = Schedule(container) is { } above ? new ContainerSchedule(2, "DC=demo,DC=local", above, "ada", At(containerSince)!.Value) : null;
        var run = At(lastRun) is { } last ? new GroupRun(last, outcome == TaskOutcome.Failed ? null : last, outcome, 1, null) : null;

        Assert.Equal(At(expected), DueTimes.Of(group, inherited, run, TimeZoneInfo.Utc));
    }

    [Fact]
    public void An_end_that_a_failed_run_could_not_heed_is_still_to_come()
    {
        var group = new ScheduledGroup(Guid.NewGuid(), null, null, [At("08:20")!.Value]);
        var run = new GroupRun(At("08:20")!.Value, At("07:00"), TaskOutcome.Failed, 1, null);

        Assert.Equal(At("08:50"), DueTimes.Of(group, inherited: null, run, TimeZoneInfo.Utc));
    }

    [Fact]
    public void A_week_that_was_missed_is_due_once()
    {
        var group = new ScheduledGroup(Guid.NewGuid(), Schedule("daily 06:30"), At("05:00"), []);
        var (week, now) = (At("06:30")!.Value.AddDays(-7), At("08:00")!.Value);

        Assert.True(DueTimes.Of(group with { Since = week }, null, new GroupRun(week, week, TaskOutcome.Applied, 1, null), TimeZoneInfo.Utc) < now);
        Assert.Equal(At("06:30+1"), DueTimes.Of(group with { Since = week }, null, new GroupRun(now, now, TaskOutcome.Applied, 2, null), TimeZoneInfo.Utc));
    }

    private static UpdateSchedule? Schedule(string text) => UpdateSchedules.TryParse(text, out var schedule) ? schedule : null;

    private static DateTimeOffset? At(string time) => time.Split('+') switch
    {
        [""] => null,
        [var clock, var days] => At(clock)!.Value.AddDays(int.Parse(days, CultureInfo.InvariantCulture)),
        [var clock] => new DateTimeOffset(new DateOnly(2026, 3, 2).ToDateTime(TimeOnly.ParseExact(clock, "HH:mm", CultureInfo.InvariantCulture)), TimeSpan.Zero),
        _ => throw new ArgumentException(time, nameof(time)),
    };
}
