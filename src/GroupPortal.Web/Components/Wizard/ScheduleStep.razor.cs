using GroupPortal.Core.SmartGroups;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Wizard;

/// <summary>When the rule is applied without anybody asking for it.</summary>
public sealed partial class ScheduleStep
{
    private UpdateSchedule? _value;

    [Parameter, EditorRequired]
    public required WizardState State { get; set; }

    [Parameter]
    public EventCallback OnEdited { get; set; }

    protected override void OnInitialized() =>
        _value = State.Draft.Schedule is { } text && UpdateSchedules.TryParse(text, out var schedule) ? schedule : null;

    private Task ChangeAsync(UpdateSchedule? schedule)
    {
        _value = schedule;
        State.Draft.Schedule = schedule is null ? null : UpdateSchedules.Write(schedule);
        State.ScheduleIsBroken = false;
        return OnEdited.InvokeAsync();
    }

    private Task BreakAsync(bool isBroken)
    {
        State.ScheduleIsBroken = isBroken;
        return OnEdited.InvokeAsync();
    }
}
