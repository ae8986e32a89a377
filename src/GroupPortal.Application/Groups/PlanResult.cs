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

/// <summary>How many lines of a plan stand where.</summary>
public sealed record PlanCounts(int Planned, int Done, int NoChange, int Failed, int Unknown, int NotAttempted, int Other)
{
    public static PlanCounts None { get; } = new(0, 0, 0, 0, 0, 0, 0);

    public int Total => Planned + Done + NoChange + Failed + Unknown + NotAttempted + Other;

    public static PlanCounts Of(IEnumerable<(StepStatus Status, int Count)> counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        var result = None;
        foreach (var (status, count) in counts)
        {
            result = status switch
            {
                StepStatus.Planned => result with { Planned = result.Planned + count },
                StepStatus.Done => result with { Done = result.Done + count },
                StepStatus.NoChange => result with { NoChange = result.NoChange + count },
                StepStatus.Failed => result with { Failed = result.Failed + count },
                StepStatus.Unknown => result with { Unknown = result.Unknown + count },
                StepStatus.NotAttempted => result with { NotAttempted = result.NotAttempted + count },
                _ => result with { Other = result.Other + count },
            };
        }

        return result;
    }

    /// <summary>
    /// The status of the whole: unknown where any line is, else what all lines agree on, else partly. Lines without
    /// change never spoil success.
    /// </summary>
    public StepStatus Status => this switch
    {
        { Unknown: > 0 } => StepStatus.Unknown,
        { Planned: > 0 } => StepStatus.Planned,
        { Failed: 0, NotAttempted: 0, Done: 0 } => StepStatus.NoChange,
        { Failed: 0, NotAttempted: 0 } => StepStatus.Done,
        { Done: > 0 } => StepStatus.Partly,
        { Failed: > 0 } => StepStatus.Failed,
        _ => StepStatus.NotAttempted,
    };
}

/// <summary>Where a plan is just now, without its lines; for a page that watches it and for lists.</summary>
public sealed record PlanProgress(Guid PlanId, PlanState State, PlanCounts Counts, Guid? GroupId)
{
    /// <summary>Somebody else changed the group in between, and nothing was written.</summary>
    public bool IsConflict { get; init; }

    public StepStatus Status => Counts.Status;
}

/// <summary>The plan and what became of it, line by line: the same rows from preview to history.</summary>
/// <param name="Plan">The plan as it was made, its steps included.</param>
/// <param name="Rows">The same steps with their outcomes.</param>
/// <param name="GroupId">The group; of a create from the moment the directory has answered.</param>
/// <param name="Server">The directory server that was written to; empty where there is none.</param>
public sealed record PlanResult(GroupPlan Plan, IReadOnlyList<PlanRow> Rows, PlanState State, PlanCounts Counts, Guid? GroupId, string Server)
{
    public string Account { get; init; } = string.Empty;

    public DateTimeOffset Planned { get; init; }

    public DateTimeOffset? Started { get; init; }

    public DateTimeOffset? Finished { get; init; }

    /// <summary>Two people changed one group: the rows in question have a Conflict error with both values.</summary>
    public bool IsConflict { get; init; }

    public StepStatus Status => Counts.Status;
}

/// <summary>Which rows of a plan to page through.</summary>
/// <param name="Status">Only rows that stand so; null for all.</param>
/// <param name="Path">Only rows of this path (<c>members</c>); null for all.</param>
public sealed record RowFilter(StepStatus? Status = null, string? Path = null);
