using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using GroupPortal.Core.Resources;
using GroupPortal.Core.SmartGroups;

namespace GroupPortal.Core.Tests.SmartGroups;

public sealed class UpdateScheduleTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    /// <summary>Its clocks move by half an hour.</summary>
    private static readonly TimeZoneInfo LordHowe = TimeZoneInfo.FindSystemTimeZoneById("Australia/Lord_Howe");

    [Theory]
    [InlineData("off", "off")]
    [InlineData(" OFF ", "off")]
    [InlineData("every 5", "every 5")]
    [InlineData("Every  10080", "every 10080")]
    [InlineData("daily 6:30", "daily 06:30")]
    [InlineData("daily 00:00", "daily 00:00")]
    [InlineData("cron 0  6 * *  1-5", "cron 0 6 * * 1-5")]
    [InlineData("CRON */15 8-18/2 1,15 JAN-JUN Mon,Fri", "cron */15 8-18/2 1,15 jan-jun mon,fri")]
    public void A_schedule_has_one_text(string typed, string expected)
    {
        Assert.True(UpdateSchedules.TryParse(typed, out var schedule));
        Assert.Equal(expected, UpdateSchedules.Write(schedule));
        Assert.True(UpdateSchedules.TryParse(expected, out var again));
        Assert.Equal(schedule, again);
        Assert.Null(UpdateSchedules.WhyNot("field", schedule));
    }

    [Theory]
    [InlineData("", "ScheduleUnknown")]
    [InlineData("hourly", "ScheduleUnknown")]
    [InlineData("every", "ScheduleUnknown")]
    [InlineData("every 4", "ScheduleMinutes")]
    [InlineData("every 10081", "ScheduleMinutes")]
    [InlineData("every -30", "ScheduleMinutes")]
    [InlineData("every 99999999999", "ScheduleMinutes")]
    [InlineData("daily 24:00", "ScheduleTime")]
    [InlineData("daily noon", "ScheduleTime")]
    [InlineData("cron 0 6 * *", "ScheduleCron")]
    [InlineData("cron 0 6 * * 1 2026", "ScheduleCron")]
    [InlineData("cron 60 6 * * *", "ScheduleCron")]
    [InlineData("cron 0 24 * * *", "ScheduleCron")]
    [InlineData("cron 0 6 0 * *", "ScheduleCron")]
    [InlineData("cron 0 6 * 13 *", "ScheduleCron")]
    [InlineData("cron 0 6 * * 8", "ScheduleCron")]
    [InlineData("cron 0 6 * * 5-1", "ScheduleCron")]
    [InlineData("cron 0 6 * * ?", "ScheduleCron")]
    [InlineData("cron 0/0 6 * * *", "ScheduleCron")]
    [InlineData("cron */0 6 * * *", "ScheduleCron")]
    [InlineData("cron 5/15 6 * * *", "ScheduleCron")]
    [InlineData("cron 0, 6 * * *", "ScheduleCron")]
    [InlineData("cron 0 6 30 2 *", "ScheduleNever")]
    [InlineData("cron 0 6 31 4,6,9,11 *", "ScheduleNever")]
    [InlineData("cron * * * * *", "ScheduleTooOften")]
    [InlineData("cron 0,4 6 * * *", "ScheduleTooOften")]
    [InlineData("cron 1,58 6,7 * * *", "ScheduleTooOften")]
    [InlineData("cron 1,58 23,0 * * *", "ScheduleTooOften")]
    public void A_text_that_is_none_says_what_to_write(string typed, string code)
    {
        var problem = UpdateSchedules.WhyNot("field", typed);

        Assert.Equal(("field", code), (problem?.Field, problem?.Code));
        Assert.False(UpdateSchedules.TryParse(typed, out _));
        Assert.True(Texts.Has("Problem." + code));
        Assert.Contains("“" + typed + "”", problem!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cron 1,58 6,8 * * *")]
    [InlineData("cron 0 6 29 2 *")]
    [InlineData("cron 0 6 30 2 1")]
    public void What_happens_seldom_is_a_schedule_all_the_same(string text) => Assert.True(UpdateSchedules.TryParse(text, out _));

    [Fact]
    public void Minutes_out_of_reach_are_a_problem_however_they_came() => Assert.Equal("ScheduleMinutes", UpdateSchedules.WhyNot("field", new UpdateSchedule.Every(1))?.Code);

    [Theory]
    [InlineData("every 30", "2026-03-02T09:10:20Z", "2026-03-02T09:40:20Z")]
    // Six o'clock in Berlin is five in winter and four in summer.
    [InlineData("daily 06:00", "2026-03-02T04:59:59Z", "2026-03-02T05:00:00Z")]
    [InlineData("daily 06:00", "2026-03-02T05:00:00Z", "2026-03-03T05:00:00Z")]
    [InlineData("daily 06:00", "2026-07-02T00:00:00Z", "2026-07-02T04:00:00Z")]
    // On 29 March 2026 two o'clock is followed by three, at 01:00 UTC.
    [InlineData("daily 02:30", "2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z")]
    [InlineData("daily 02:30", "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z")]
    [InlineData("cron */30 * * * *", "2026-03-29T00:30:00Z", "2026-03-29T01:00:00Z")]
    // On 25 October 2026 the hour from two to three comes twice, from 00:00 and from 01:00 UTC.
    [InlineData("daily 02:30", "2026-10-24T12:00:00Z", "2026-10-25T00:30:00Z")]
    [InlineData("daily 02:30", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z")]
    [InlineData("cron 30 * * * *", "2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z")]
    [InlineData("cron 0 6 * * 1-5", "2026-03-06T12:00:00Z", "2026-03-09T05:00:00Z")]
    [InlineData("cron 0 6 * * 7", "2026-03-06T12:00:00Z", "2026-03-08T05:00:00Z")]
    // Either kind of day is enough: the 13th, or a Friday.
    [InlineData("cron 0 0 13 * 5", "2026-03-09T00:00:00Z", "2026-03-12T23:00:00Z")]
    [InlineData("cron 0 0 13 * 5", "2026-03-13T00:00:00Z", "2026-03-19T23:00:00Z")]
    [InlineData("cron 0 12 29 2 *", "2026-03-02T00:00:00Z", "2028-02-29T11:00:00Z")]
    [InlineData("cron 0 12 29 2 *", "2096-03-02T00:00:00Z", "2104-02-29T11:00:00Z")]
    public void The_next_time_is_one_of_the_clock_on_the_wall(string text, string after, string expected) =>
        Assert.Equal(At(expected), Parse(text).NextAfter(At(after), Berlin));

    [Fact]
    public void What_is_off_is_never_due() => Assert.Null(new UpdateSchedule.Off().NextAfter(At("2026-03-02T00:00:00Z"), Berlin));

    /// <summary>Against a clock that is looked at every minute, around the days on which clocks are set and elsewhere.</summary>
    [Fact]
    public void The_next_time_is_the_first_at_which_a_patient_watcher_would_run_it()
    {
        var minutes = Gen.Elements("0", "30", "15,45", "*/20", "5-59/10", "59");
        var hours = Gen.Elements("*", "2", "1-3", "*/2", "0,23", "3");
        var days = Gen.Elements("*", "29", "1-7", "25", "*/2");
        var weekdays = Gen.Elements("*", "0", "1-5", "7", "sat,sun");
        var starts = Gen.Elements("2026-03-28T20:00:00Z", "2026-10-24T20:00:00Z", "2026-06-01T00:00:00Z", "2026-10-03T10:00:00Z", "2026-04-04T10:00:00Z");
        var cases =
            from minute in minutes
            from hour in hours
            from day in days
            from weekday in weekdays
            from start in starts
            from later in Gen.Choose(0, 1200)
            from zone in Gen.Elements(Berlin, LordHowe)
            select ($"cron {minute} {hour} {day} * {weekday}", At(start).AddMinutes(later), zone);

        Prop.ForAll(cases.ToArbitrary(), one =>
        {
            var (text, after, zone) = one;
            var schedule = (UpdateSchedule.Cron)Parse(text);
            var last = after.AddDays(3);
            var watched = Enumerable.Range(1, 3 * 24 * 60).Select(minute => after.AddMinutes(minute)).FirstOrDefault(instant => IsRun(schedule, instant, zone));
            var next = schedule.NextAfter(after, zone);
            return (watched == default ? next > last : next == watched)
                .Label($"{text} after {after:O} in {zone.Id}: {next:O} instead of {watched:O}");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(400));
    }

    private static bool IsRun(UpdateSchedule.Cron schedule, DateTimeOffset instant, TimeZoneInfo zone)
    {
        var times = CronTimes.TryParse(schedule.Expression)!;
        var local = TimeZoneInfo.ConvertTime(instant, zone).DateTime;
        var before = TimeZoneInfo.ConvertTime(instant.AddMinutes(-1), zone).DateTime;
        var isSecond = zone.IsAmbiguousTime(local) && zone.GetUtcOffset(instant) == zone.GetAmbiguousTimeOffsets(local).Min();
        if (Matches(times, local) && (times.IsEveryHour || !isSecond))
        {
            return true;
        }

        // The clock has just jumped: whatever lay in between is made up for now.
        return !times.IsEveryHour && local > before.AddMinutes(1)
            && Enumerable.Range(1, (int)(local - before).TotalMinutes - 1).Any(minute => Matches(times, before.AddMinutes(minute)));
    }

    private static bool Matches(CronTimes times, DateTime local) =>
        times.MatchesDay(DateOnly.FromDateTime(local)) && times.TimesFrom(local.Hour).Contains(TimeOnly.FromDateTime(local));

    private static UpdateSchedule Parse(string text) =>
        UpdateSchedules.TryParse(text, out var schedule) ? schedule : throw new ArgumentException(text, nameof(text));

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
