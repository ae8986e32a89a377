using System.Globalization;
using System.Numerics;

namespace GroupPortal.Core.SmartGroups;

/// <summary>
/// The five fields of a crontab(5) line: minute, hour, day of month, month, day of week (0 and 7 are Sunday), each a star, a
/// number, a range or a list of them, stars and ranges with a step; months and weekdays by name, too. Where both kinds of day are
/// given, either is enough.
/// </summary>
internal sealed class CronTimes
{
    private static readonly string[] Months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
    private static readonly string[] Weekdays = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

    private readonly ulong _minutes;
    private readonly ulong _hours;
    private readonly ulong _days;
    private readonly ulong _months;
    private readonly ulong _weekdays;
    private readonly bool _isAnyDay;
    private readonly bool _isAnyWeekday;

    private CronTimes(ulong[] fields, string[] texts)
    {
        (_minutes, _hours, _days, _months) = (fields[0], fields[1], fields[2], fields[3]);
        // Seven is Sunday, too.
        _weekdays = (fields[4] | (fields[4] >> 7)) & 0x7F;
        // As cron itself does: also a star with a step leaves the word to the other field.
        (_isAnyDay, _isAnyWeekday) = (texts[2].StartsWith('*'), texts[4].StartsWith('*'));
    }

    /// <summary>Whether it runs in each hour of a day: then an hour that comes twice has its runs twice.</summary>
    public bool IsEveryHour => BitOperations.PopCount(_hours) == 24;

    /// <summary>The fewest minutes from one run to the next within an hour, or over its end.</summary>
    public int ShortestPause
    {
        get
        {
            var (shortest, first, last) = (60, -1, -1);
            for (var minute = 0; minute < 60; minute++)
            {
                if (!Has(_minutes, minute))
                {
                    continue;
                }

                (shortest, first) = last < 0 ? (shortest, minute) : (Math.Min(shortest, minute - last), first);
                last = minute;
            }

            var hasNeighbours = (_hours & (_hours >> 1)) != 0 || (Has(_hours, 23) && Has(_hours, 0));
            return hasNeighbours ? Math.Min(shortest, first + 60 - last) : shortest;
        }
    }

    /// <summary>Whether any day ever matches; the 30th of February does not.</summary>
    public bool IsPossible
    {
        get
        {
            // A leap year has every date that there is.
            var first = new DateOnly(2028, 1, 1);
            return Enumerable.Range(0, 366).Any(day => MatchesDay(first.AddDays(day)));
        }
    }

    /// <summary>Null where a field is not as it should be.</summary>
    public static CronTimes? TryParse(string expression)
    {
        var texts = expression.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (texts.Length != 5)
        {
            return null;
        }

        (int Least, int Most, string[] Names)[] kinds = [(0, 59, []), (0, 23, []), (1, 31, []), (1, 12, Months), (0, 7, Weekdays)];
        var fields = new ulong[5];
        for (var index = 0; index < fields.Length; index++)
        {
            if (!TryReadField(texts[index], kinds[index].Least, kinds[index].Most, kinds[index].Names, out fields[index]))
            {
                return null;
            }
        }

        return new CronTimes(fields, texts);
    }

    public bool MatchesDay(DateOnly day)
    {
        if (!Has(_months, day.Month))
        {
            return false;
        }

        var (isDay, isWeekday) = (Has(_days, day.Day), Has(_weekdays, (int)day.DayOfWeek));
        return _isAnyDay || _isAnyWeekday ? isDay && isWeekday : isDay || isWeekday;
    }

    /// <summary>The times of a day, from this hour on, in their order.</summary>
    public IEnumerable<TimeOnly> TimesFrom(int hour)
    {
        for (; hour < 24; hour++)
        {
            for (var minute = 0; minute < 60 && Has(_hours, hour); minute++)
            {
                if (Has(_minutes, minute))
                {
                    yield return new TimeOnly(hour, minute);
                }
            }
        }
    }

    private static bool Has(ulong set, int value) => (set >> value & 1) != 0;

    private static bool TryReadField(string text, int least, int most, string[] names, out ulong set)
    {
        set = 0;
        foreach (var part in text.Split(','))
        {
            if (!TryReadPart(part, least, most, names, ref set))
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryReadPart(string part, int least, int most, string[] names, ref ulong set)
    {
        var (range, step) = part.Split('/') switch
        {
            [var all] => (all, 1),
            [var some, var every] when int.TryParse(every, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 => (some, number),
            _ => (string.Empty, 0),
        };
        var (from, to) = (least, most);
        if (range != "*")
        {
            var ends = range.Split('-');
            if (ends.Length > 2 || !TryReadValue(ends[0], least, most, names, out from) || !TryReadValue(ends[^1], least, most, names, out to) || from > to
                || (ends.Length == 1 && step != 1))
            {
                return false;
            }
        }

        for (var value = from; value <= to; value += step)
        {
            set |= 1UL << value;
        }

        return true;
    }

    private static bool TryReadValue(string text, int least, int most, string[] names, out int value)
    {
        var name = Array.FindIndex(names, one => string.Equals(one, text, StringComparison.OrdinalIgnoreCase));
        if (name >= 0)
        {
            value = name + least;
            return true;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= least && value <= most;
    }
}
