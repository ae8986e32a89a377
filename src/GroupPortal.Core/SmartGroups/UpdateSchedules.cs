using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using GroupPortal.Core.Plans;

namespace GroupPortal.Core.SmartGroups;

/// <summary>Schedules as text, what is wrong with a text, and the instants that they mean. Pure.</summary>
public static class UpdateSchedules
{
    public const int LeastMinutes = 5;

    /// <summary>A week.</summary>
    public const int MostMinutes = 10_080;

    /// <summary>No zone has ever moved its clocks by more at once.</summary>
    private static readonly TimeSpan LongestShift = TimeSpan.FromHours(3);

    /// <summary>From one 29th of February to the next over a century without.</summary>
    private const int MostDaysAhead = (8 * 366) + 1;

    /// <summary>The value of the attribute; reading it gives the same schedule.</summary>
    public static string Write(UpdateSchedule schedule) => schedule switch
    {
        UpdateSchedule.Off => "off",
        UpdateSchedule.Every(var minutes) => string.Create(CultureInfo.InvariantCulture, $"every {minutes}"),
        UpdateSchedule.Daily(var at) => string.Create(CultureInfo.InvariantCulture, $"daily {at:HH:mm}"),
        UpdateSchedule.Cron(var expression) => "cron " + string.Join(' ', Words(expression)),
        _ => throw new ArgumentOutOfRangeException(nameof(schedule), schedule, message: null),
    };

    /// <summary>Reads a value of the attribute, whatever its case and blanks.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out UpdateSchedule? schedule)
    {
        (schedule, _) = Read(text);
        return schedule is not null;
    }

    /// <summary>What is wrong with a text; null for a schedule.</summary>
    public static Problem? WhyNot(string field, string text) => Read(text).Code is { } code ? new Problem(field, code, ProblemScope.Request, text) : null;

    /// <summary>What is wrong with a schedule that was put together by hand; null when nothing is.</summary>
    public static Problem? WhyNot(string field, UpdateSchedule schedule) => WhyNot(field, Write(schedule));

    /// <summary>
    /// The first instant after <paramref name="after"/>, in UTC; null for <see cref="UpdateSchedule.Off"/>. A time of day that a day does not
    /// have, because clocks go forward, is the moment at which they do; one that it has twice counts the first time. What runs in
    /// every hour runs by the hours that there are.
    /// </summary>
    /// <param name="zone">Whose times of day are meant.</param>
    public static DateTimeOffset? NextAfter(this UpdateSchedule schedule, DateTimeOffset after, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        ArgumentNullException.ThrowIfNull(zone);
        return schedule switch
        {
            UpdateSchedule.Off => null,
            UpdateSchedule.Every(var minutes) => after.ToUniversalTime().AddMinutes(minutes),
            UpdateSchedule.Daily(var at) => NextOf(TimesOf(at), after, zone),
            UpdateSchedule.Cron(var expression) => CronTimes.TryParse(expression) is { } times ? NextOf(times, after, zone) : null,
            _ => throw new ArgumentOutOfRangeException(nameof(schedule), schedule, message: null),
        };
    }

    private static (UpdateSchedule? Schedule, string? Code) Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        switch (Words(text))
        {
            case ["off"]:
                return (new UpdateSchedule.Off(), null);
            case ["every", var number]:
                return int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) && minutes is >= LeastMinutes and <= MostMinutes
                    ? (new UpdateSchedule.Every(minutes), null)
                    : (null, "ScheduleMinutes");
            case ["daily", var time]:
                return TimeOnly.TryParseExact(time, ["H:mm", "HH:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var at)
                    ? (new UpdateSchedule.Daily(at), null)
                    : (null, "ScheduleTime");
            case ["cron", .. var fields]:
                var expression = string.Join(' ', fields);
                var code = CronTimes.TryParse(expression) is not { } times ? "ScheduleCron"
                    : !times.IsPossible ? "ScheduleNever"
                    : times.ShortestPause < LeastMinutes ? "ScheduleTooOften"
                    : null;
                return code is null ? (new UpdateSchedule.Cron(expression), null) : (null, code);
            default:
                return (null, "ScheduleUnknown");
        }
    }

    private static string[] Words(string text) => text.ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static CronTimes TimesOf(TimeOnly at) => CronTimes.TryParse(string.Create(CultureInfo.InvariantCulture, $"{at.Minute} {at.Hour} * * *"))!;

    /// <summary>
    /// Times of day do not follow one another as instants do where clocks are set: so a few hours around are looked at, and the
    /// earliest instant counts.
    /// </summary>
    private static DateTimeOffset? NextOf(CronTimes times, DateTimeOffset after, TimeZoneInfo zone)
    {
        var start = Local(after, zone) - LongestShift;
        DateTimeOffset? best = null;
        for (var days = 0; days <= MostDaysAhead; days++)
        {
            var day = DateOnly.FromDateTime(start).AddDays(days);
            if (!times.MatchesDay(day))
            {
                if (best is not null)
                {
                    return best;
                }

                continue;
            }

            foreach (var time in times.TimesFrom(days == 0 ? start.Hour : 0))
            {
                var local = day.ToDateTime(time);
                if (best is { } found && local > Local(found, zone) + LongestShift)
                {
                    return best;
                }

                foreach (var instant in InstantsOf(local, times.IsEveryHour, zone))
                {
                    best = instant > after && (best is null || instant < best) ? instant : best;
                }
            }
        }

        return best;
    }

    private static IEnumerable<DateTimeOffset> InstantsOf(DateTime local, bool isEveryHour, TimeZoneInfo zone)
    {
        if (zone.IsInvalidTime(local))
        {
            if (!isEveryHour)
            {
                yield return EndOfGap(local, zone);
            }

            yield break;
        }

        if (!zone.IsAmbiguousTime(local))
        {
            yield return Utc(local, zone.GetUtcOffset(local));
            yield break;
        }

        // The greater offset is the earlier instant.
        var offsets = zone.GetAmbiguousTimeOffsets(local);
        yield return Utc(local, offsets.Max());
        if (isEveryHour)
        {
            yield return Utc(local, offsets.Min());
        }
    }

    /// <summary>The moment at which clocks jump over this time: by the offset before the jump it is the same instant for all of them.</summary>
    private static DateTimeOffset EndOfGap(DateTime local, TimeZoneInfo zone)
    {
        var first = local;
        while (zone.IsInvalidTime(first.AddMinutes(-1)))
        {
            first = first.AddMinutes(-1);
        }

        return Utc(first, zone.GetUtcOffset(first.AddMinutes(-1)));
    }

    private static DateTime Local(DateTimeOffset instant, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(instant, zone).DateTime;

    private static DateTimeOffset Utc(DateTime local, TimeSpan offset) => new DateTimeOffset(local, offset).ToUniversalTime();
}
