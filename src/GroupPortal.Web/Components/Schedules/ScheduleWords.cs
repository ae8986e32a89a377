using System.Globalization;
using GroupPortal.Core.SmartGroups;
using GroupPortal.Web.Resources;
using Microsoft.Extensions.Localization;

namespace GroupPortal.Web.Components.Schedules;

/// <summary>A schedule as people say it: "every 30 minutes", "daily at 06:30".</summary>
internal static class ScheduleWords
{
    public static string Words(this IStringLocalizer<UpdateText> texts, UpdateSchedule schedule) => schedule switch
    {
        UpdateSchedule.Off => texts["Schedule_Words_Off"],
        UpdateSchedule.Every(var minutes) => EveryWords(texts, minutes),
        UpdateSchedule.Daily(var at) => texts["Schedule_Words_Daily", at.ToString("t", CultureInfo.CurrentCulture)],
        UpdateSchedule.Cron(var expression) => texts["Schedule_Words_Cron", expression],
        _ => throw new InvalidOperationException("Unreachable: the hierarchy is closed."),
    };

    /// <summary>A coming moment: "tomorrow 06:30", "Monday, 23 November 06:30".</summary>
    /// <param name="at">In the time zone in which it is said.</param>
    /// <param name="now">In the same one.</param>
    public static string Moment(this IStringLocalizer<UpdateText> texts, DateTimeOffset at, DateTimeOffset now)
    {
        var culture = CultureInfo.CurrentCulture;
        var time = at.ToString("t", culture);
        return (at.Date - now.Date).Days switch
        {
            0 => texts["Schedule_Next_Today", time],
            1 => texts["Schedule_Next_Tomorrow", time],
            _ => texts["Schedule_Next_Day", at.ToString("dddd", culture), at.ToString("M", culture), time],
        };
    }

    private static string EveryWords(IStringLocalizer<UpdateText> texts, int minutes)
    {
        var (count, unit) = Interval.Of(minutes);
        return unit == IntervalUnit.Minutes ? texts["Schedule_Words_Minutes", count] : texts[$"Schedule_Words_{unit}{(count == 1 ? "_One" : "")}", count];
    }
}
