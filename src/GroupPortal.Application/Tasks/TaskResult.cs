using GroupPortal.Core.Directories;

namespace GroupPortal.Application.Tasks;

/// <summary>What a task came to.</summary>
internal sealed record TaskResult(TaskOutcome Outcome)
{
    public int Adds { get; init; }

    public int Removes { get; init; }

    public int Errors { get; init; }

    public Guid? PlanId { get; init; }

    public string? Message { get; init; }

    public string? ErrorCode { get; init; }

    /// <summary>Why it failed, where a directory said so; <see cref="Message"/> and <see cref="ErrorCode"/> are of it.</summary>
    public DirectoryError? Error { get; init; }

    /// <summary>It has not come to an end: it is to be begun again, not before then.</summary>
    public DateTimeOffset? Again { get; init; }

    /// <summary>The directory has no such group any more: what is remembered of its updates goes, too.</summary>
    public bool IsGroupGone { get; init; }
}
