namespace GroupPortal.Core.SmartGroups;

/// <summary>
/// When a smart group is updated by itself. Its text is the value of the attribute XUpdateSchedule: <c>off</c>,
/// <c>every 30</c> (minutes), <c>daily 06:30</c>, <c>cron 0 6 * * 1-5</c> (five fields as in crontab(5)); times of day are of the
/// server's time zone.
/// </summary>
public abstract record UpdateSchedule
{
    private UpdateSchedule()
    {
    }

    /// <summary>Never by itself, whatever its container says.</summary>
    public sealed record Off : UpdateSchedule;

    /// <param name="Minutes">5 to 10,080 (a week).</param>
    public sealed record Every(int Minutes) : UpdateSchedule;

    public sealed record Daily(TimeOnly At) : UpdateSchedule;

    /// <param name="Expression">Five fields: minute, hour, day of month, month, day of week.</param>
    public sealed record Cron(string Expression) : UpdateSchedule;
}
