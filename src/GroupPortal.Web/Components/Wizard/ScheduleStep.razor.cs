using GroupPortal.Application.Schedules;
using GroupPortal.Core.SmartGroups;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Wizard;

/// <summary>When the rule is applied without anybody asking for it.</summary>
public sealed partial class ScheduleStep
{
    private UpdateSchedule? _value;
    private ScheduleView? _inherited;

    [Inject]
    public required SmartSchedules Schedules { get; init; }

    [Parameter, EditorRequired]
    public required WizardState State { get; set; }

    [Parameter]
    public EventCallback OnEdited { get; set; }

    protected override async Task OnInitializedAsync()
    {
        _value = State.Draft.Schedule is { } text && UpdateSchedules.TryParse(text, out var schedule) ? schedule : null;
        _inherited = await Schedules.OfNewAsync(State.Store.Id, State.Container, own: null, CancellationToken.None);
    }

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
