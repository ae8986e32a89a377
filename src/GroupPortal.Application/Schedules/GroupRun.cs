using GroupPortal.Application.Tasks;

namespace GroupPortal.Application.Schedules;

/// <summary>The last update of a group, by whoever asked.</summary>
/// <param name="LastRun">When it began.</param>
/// <param name="LastWhole">When the last one began that did not fail; null where none ever did.</param>
internal sealed record GroupRun(DateTimeOffset LastRun, DateTimeOffset? LastWhole, TaskOutcome Outcome, long TaskId, DateTimeOffset? LastChange);
