using GroupPortal.Core.SmartGroups;

namespace GroupPortal.Application.Schedules;

/// <summary>What a smart group itself says about when it is updated.</summary>
/// <param name="Own">Its own schedule; null where it has none.</param>
/// <param name="Since">When that was set; null where nobody knows.</param>
/// <param name="Ends">When exceptions of its rule end, the earliest first.</param>
internal sealed record ScheduledGroup(Guid GroupId, UpdateSchedule? Own, DateTimeOffset? Since, IReadOnlyList<DateTimeOffset> Ends);
