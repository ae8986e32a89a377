using GroupPortal.Application.Tasks;
using GroupPortal.Core.Access;
using GroupPortal.Core.Directories;
using GroupPortal.Core.SmartGroups;

namespace GroupPortal.Application.Schedules;

/// <summary>When one group is updated by itself, and by whose word.</summary>
/// <param name="Own">The group's own; null where it has none.</param>
/// <param name="Inherited">Of the nearest container that has one; null where none has.</param>
/// <param name="From">That container's distinguished name; null without <paramref name="Inherited"/>.</param>
public sealed record ScheduleView(UpdateSchedule? Own, UpdateSchedule? Inherited, string? From)
{
    /// <summary>Null: it is updated only when somebody asks for it.</summary>
    public UpdateSchedule? Effective => Own is UpdateSchedule.Off ? null : Own ?? (Inherited is UpdateSchedule.Off ? null : Inherited);

    public DateTimeOffset? LastRun { get; init; }

    /// <summary>
    /// <see cref="TaskOutcome.None"/> where it never ran. What came to <see cref="TaskOutcome.Failed"/> is tried again within half an hour, and counts
    /// as not run.
    /// </summary>
    public TaskOutcome LastOutcome { get; init; }

    public long? LastTaskId { get; init; }

    /// <summary>When members last came or went by it.</summary>
    public DateTimeOffset? LastChange { get; init; }

    /// <summary>
    /// When it is due next, by its schedule or because an exception ends; null where neither is. In the past: it is about to run,
    /// or waits for its directory.
    /// </summary>
    public DateTimeOffset? NextRun { get; init; }
}

/// <summary>A smart group in the list of them.</summary>
public sealed record SmartGroupItem(int StoreId, Guid GroupId, string Name, string Container, ScheduleView Schedule)
{
    /// <summary>The guard holds an update of it.</summary>
    public bool IsHeld { get; init; }
}

/// <summary>Which smart groups are wanted.</summary>
public enum SmartGroupFilter
{
    All,

    /// <summary>Those that nothing updates by itself.</summary>
    WithoutSchedule,

    /// <summary>Those with an update that waits for a decision.</summary>
    Held,

    /// <summary>Those whose last update failed or was refused.</summary>
    Failed,
}

/// <summary>The schedule of all smart groups in and below a container that have none of their own.</summary>
public sealed record ContainerSchedule(int StoreId, string Container, UpdateSchedule Schedule, string Account, DateTimeOffset Saved);

/// <summary>What came of changing a container's schedule.</summary>
public abstract record ContainerScheduleAnswer
{
    private ContainerScheduleAnswer()
    {
    }

    /// <summary>Also where it was so already.</summary>
    public sealed record Saved : ContainerScheduleAnswer;

    /// <param name="Message">For people: what is wrong, and what to write.</param>
    public sealed record Invalid(string Message) : ContainerScheduleAnswer;

    public sealed record ContainerUnknown : ContainerScheduleAnswer;

    public sealed record Denied(AccessDecision Decision) : ContainerScheduleAnswer;

    public sealed record DirectoryFailed(DirectoryError Error) : ContainerScheduleAnswer;
}
