using System.Globalization;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.SmartGroups;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Schedules;

/// <summary>
/// When a smart group is updated by itself. While what is typed is no schedule, the value stays the last one that was, and
/// <see cref="OnBroken"/> says so: who saves then would save something else than is shown.
/// </summary>
public sealed partial class ScheduleField
{
    private const int TimesShown = 3;

    private readonly string _id = $"schedule-{Guid.NewGuid():N}";
    private UpdateSchedule? _told;
    private IReadOnlyList<string> _next = [];
    private bool _isRead;
    private ScheduleChoice _choice;
    private int? _count = 1;
    private IntervalUnit _unit = IntervalUnit.Hours;
    private string _time = "06:00";
    private string _expression = "";
    private string? _problem;

    [Inject]
    public required TimeProvider Clock { get; init; }

    /// <summary>Null: as its container.</summary>
    [Parameter]
    public UpdateSchedule? Value { get; set; }

    [Parameter]
    public EventCallback<UpdateSchedule?> ValueChanged { get; set; }

    /// <summary>The schedule of the nearest container that has one; null where none has.</summary>
    [Parameter]
    public UpdateSchedule? Inherited { get; set; }

    /// <summary>That container's distinguished name.</summary>
    [Parameter]
    public string? InheritedFrom { get; set; }

    /// <summary>Whether what is typed is no schedule; told when that changes.</summary>
    [Parameter]
    public EventCallback<bool> OnBroken { get; set; }

    /// <summary>Something must be chosen: there is nothing to take over from.</summary>
    [Parameter]
    public bool RequiresOwn { get; set; }

    [Parameter]
    public bool IsReadOnly { get; set; }

    /// <summary>Instead of the usual words above the choices.</summary>
    [Parameter]
    public string? Legend { get; set; }

    /// <summary>A heading says it already; only those who hear the page need it.</summary>
    [Parameter]
    public bool HidesLegend { get; set; }

    private string ProblemId => $"{_id}-problem";

    private string InheritedWords => Inherited is null
        ? U["Schedule_Inherit_None"]
        : U["Schedule_Inherit_From", U.Words(Inherited), DistinguishedName.TryParse(InheritedFrom ?? "", out var from) ? from.Name : InheritedFrom ?? ""];

    // What is being typed is ahead of what the page knows; only a value that somebody else set replaces it.
    protected override void OnParametersSet()
    {
        if (_isRead && Value == _told)
        {
            return;
        }

        (_isRead, _told, _problem) = (true, Value, null);
        switch (Value)
        {
            case null:
                _choice = RequiresOwn ? ScheduleChoice.Off : ScheduleChoice.Inherit;
                break;
            case UpdateSchedule.Off:
                _choice = ScheduleChoice.Off;
                break;
            case UpdateSchedule.Every(var minutes):
                _choice = ScheduleChoice.Every;
                (_count, _unit) = Interval.Of(minutes);
                break;
            case UpdateSchedule.Daily(var at):
                (_choice, _time) = (ScheduleChoice.Daily, at.ToString("HH:mm", CultureInfo.InvariantCulture));
                break;
            case UpdateSchedule.Cron(var expression):
                (_choice, _expression) = (ScheduleChoice.Cron, expression);
                break;
        }

        Look();
    }

    private Task ChooseAsync(ScheduleChoice choice)
    {
        _choice = choice;
        return TellAsync();
    }

    // Whoever types into a choice means it.
    private Task SetCountAsync(int? count)
    {
        (_count, _choice) = (count, ScheduleChoice.Every);
        return TellAsync();
    }

    private Task SetUnitAsync(string? unit)
    {
        (_unit, _choice) = (Enum.TryParse<IntervalUnit>(unit, out var one) ? one : _unit, ScheduleChoice.Every);
        return TellAsync();
    }

    private Task SetTimeAsync(string? time)
    {
        (_time, _choice) = (time ?? "", ScheduleChoice.Daily);
        return TellAsync();
    }

    private Task SetExpressionAsync(string? expression)
    {
        (_expression, _choice) = (expression ?? "", ScheduleChoice.Cron);
        return TellAsync();
    }

    private async Task TellAsync()
    {
        var wasBroken = _problem is not null;
        (var value, _problem) = Read();
        if (_problem is not null != wasBroken)
        {
            await OnBroken.InvokeAsync(_problem is not null);
        }

        if (_problem is null && value != _told)
        {
            _told = value;
            Look();
            await ValueChanged.InvokeAsync(value);
        }
    }

    // The times of an expression, in words: whether it means what was meant is seen there. An interval counts from the last run.
    private void Look()
    {
        var now = TimeZoneInfo.ConvertTime(Clock.GetUtcNow(), Clock.LocalTimeZone);
        _next = _told is UpdateSchedule.Cron or UpdateSchedule.Daily ? [.. NextTimes().Select(time => U.Moment(time, now))] : [];
    }

    private (UpdateSchedule? Value, string? Problem) Read()
    {
        switch (_choice)
        {
            case ScheduleChoice.Off:
                return (new UpdateSchedule.Off(), null);
            case ScheduleChoice.Every:
                var minutes = (long)(_count ?? 0) * (int)_unit;
                return minutes is >= UpdateSchedules.LeastMinutes and <= UpdateSchedules.MostMinutes
                    ? (new UpdateSchedule.Every((int)minutes), null)
                    : (null, U["Schedule_Every_Limits"]);
            case ScheduleChoice.Daily:
                return TimeOnly.TryParse(_time, CultureInfo.InvariantCulture, out var at) ? (new UpdateSchedule.Daily(at), null) : (null, U["Schedule_Daily_Missing"]);
            case ScheduleChoice.Cron:
                return ReadCron();
            default:
                return (null, null);
        }
    }

    private (UpdateSchedule? Value, string? Problem) ReadCron()
    {
        var fields = _expression.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length != 5)
        {
            return (null, fields.Length == 0 ? U["Schedule_Cron_Missing"] : U["Schedule_Cron_Fields", fields.Length]);
        }

        var text = $"cron {string.Join(' ', fields)}";
        return UpdateSchedules.WhyNot(AttributeNames.Schedule, text) is not { } problem ? (UpdateSchedules.TryParse(text, out var schedule) ? schedule : null, null)
            : (null, problem.Code == "ScheduleCron" ? U["Schedule_Cron_Unread"] : problem.Message);
    }

    private IEnumerable<DateTimeOffset> NextTimes()
    {
        var next = (DateTimeOffset?)Clock.GetUtcNow();
        for (var count = 0; count < TimesShown; count++)
        {
            next = next is { } last ? _told?.NextAfter(last, Clock.LocalTimeZone) : null;
            if (next is { } time)
            {
                yield return TimeZoneInfo.ConvertTime(time, Clock.LocalTimeZone);
            }
        }
    }

    private string? Invalid(ScheduleChoice choice) => _choice == choice && _problem is not null ? "true" : null;

    private string? Describes(ScheduleChoice choice) => Invalid(choice) is null ? null : ProblemId;
}
