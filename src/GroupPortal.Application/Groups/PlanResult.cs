using GroupPortal.Core.Plans;
using GroupPortal.Core.Results;

namespace GroupPortal.Application.Groups;

/// <summary>How far a plan is.</summary>
public enum PlanState
{
    Planned,

    /// <summary>Waiting for its turn, or being written.</summary>
    Running,
    Finished,
}

/// <summary>Where a plan is just now, without its lines; for a page that watches it and for lists.</summary>
public sealed record PlanProgress(Guid PlanId, PlanState State, StatusCounts Counts, Guid? GroupId)
{
    /// <summary>Somebody else changed the group in between, and nothing was written.</summary>
    public bool IsConflict { get; init; }

    /// <summary>The directory does not answer at the moment, and the plan waits for it; null when it does.</summary>
    public DirectoryOutage? Outage { get; init; }

    /// <summary>The directory asks to wait before it takes more; null when it does not.</summary>
    public DirectoryPause? Pause { get; init; }

    /// <summary>With the last news of a plan that this process applied: the whole of it, so that it need not be read.</summary>
    internal PlanResult? Result { get; init; }

    public StepStatus Status => ResultTree.StatusOf(Counts.ByStatus.Keys);
}

/// <summary>How long a directory has not answered, and until when it is waited for.</summary>
public sealed record DirectoryOutage(DateTimeOffset Since, DateTimeOffset Until);

/// <summary>Until when a directory wants to be left alone, and why, for people.</summary>
public sealed record DirectoryPause(DateTimeOffset Until, string Why);

/// <summary>The plan and what became of it, line by line: the same rows from preview to history.</summary>
/// <param name="Plan">The plan as it was made, its steps included.</param>
/// <param name="Rows">The same steps with their outcomes.</param>
/// <param name="GroupId">The group; of a create from the moment the directory has answered.</param>
/// <param name="Server">The directory server that was written to; empty where there is none.</param>
public sealed record PlanResult(GroupPlan Plan, IReadOnlyList<PlanRow> Rows, PlanState State, Guid? GroupId, string Server)
{
    /// <summary>Who made the plan; only this account can apply it.</summary>
    public required string Account { get; init; }

    public required DateTimeOffset Planned { get; init; }

    public DateTimeOffset? Started { get; init; }

    public DateTimeOffset? Finished { get; init; }

    /// <summary>Two people changed one group: the rows in question have a Conflict error with both values.</summary>
    public bool IsConflict { get; init; }

    public StatusCounts Counts => StatusCounts.Of(Rows.Select(row => row.Status));

    public StepStatus Status => ResultTree.StatusOf(Rows.Select(row => row.Status));
}

/// <summary>Which rows of a plan to page through.</summary>
/// <param name="Status">Only rows that stand so; null for all.</param>
/// <param name="Path">Only rows of this path (<c>members</c>); null for all.</param>
/// <param name="Action">Only rows that do this; null for all.</param>
/// <param name="Search">Only rows whose object has this in its name, in whatever case; it is looked for row by row. Null or empty for all.</param>
public sealed record RowFilter(StepStatus? Status = null, string? Path = null, PlanAction? Action = null, string? Search = null);
