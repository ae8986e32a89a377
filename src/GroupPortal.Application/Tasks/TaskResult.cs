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

    /// <summary>The directory has no such group any more: what is remembered of its updates goes, too.</summary>
    public bool IsGroupGone { get; init; }
}
