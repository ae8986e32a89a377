using GroupPortal.Application.Schedules;
using GroupPortal.Core.Directories;
using GroupPortal.Core.SmartGroups;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Schedules;

/// <summary>A container and the schedule of the smart groups in and below it.</summary>
public sealed partial class ContainerScheduleForm
{
    private string _container = "";
    private UpdateSchedule? _schedule;
    private bool _isBroken;

    [Parameter, EditorRequired]
    public required IdentityStore Store { get; set; }

    /// <summary>What is changed; null to add one. Fixed for the life of the component.</summary>
    [Parameter]
    public ContainerSchedule? Former { get; set; }

    /// <summary>Those that are there already.</summary>
    [Parameter]
    public IReadOnlyList<ContainerSchedule> Taken { get; set; } = [];

    [Parameter]
    public bool Busy { get; set; }

    /// <summary>Why it was not saved.</summary>
    [Parameter]
    public string? Refusal { get; set; }

    [Parameter]
    public EventCallback<(string Container, UpdateSchedule Schedule)> OnSave { get; set; }

    [Parameter]
    public EventCallback OnCancel { get; set; }

    private bool IsNew => Former is null;

    protected override void OnInitialized() => (_container, _schedule) = (Former?.Container ?? Store.BaseDn, Former?.Schedule ?? new UpdateSchedule.Daily(new TimeOnly(6, 0)));

    private static bool IsSame(string one, string other) =>
        DistinguishedName.TryParse(one, out var first) && DistinguishedName.TryParse(other, out var second) && first.Equals(second);

    private Task SaveAsync() => _schedule is { } schedule ? OnSave.InvokeAsync((_container, schedule)) : Task.CompletedTask;
}
