using GroupPortal.Core.Directories;
using GroupPortal.Core.Plans;

namespace GroupPortal.Core.Results;

/// <summary>The one vocabulary of what became of a line, from plan to history.</summary>
public enum StepStatus
{
    Planned,
    Done,
    NoChange,
    Failed,

    /// <summary>Only of a node with children: some went, some did not.</summary>
    Partly,

    /// <summary>For approval, or for something that comes later (a team after its group).</summary>
    Waiting,
    Cancelled,

    /// <summary>Sent, and no answer came; settled by reading back, never by trying again blindly.</summary>
    Unknown,

    /// <summary>Never sent, because something before it failed.</summary>
    NotAttempted,
}

/// <summary>What became of one step.</summary>
public sealed record StepOutcome(int Ordinal, StepStatus Status, DirectoryError? Error = null)
{
    public static StepOutcome Done(int ordinal) => new(ordinal, StepStatus.Done);

    public static StepOutcome Failed(int ordinal, DirectoryError error) => new(ordinal, StepStatus.Failed, error);
}

/// <summary>A step with its outcome, or without one yet: the one row of plan and result.</summary>
public sealed record PlanRow(PlanStep Step, StepOutcome? Outcome = null)
{
    /// <summary>A line with a problem has failed before anything was sent; a line without change is done with.</summary>
    public StepStatus Status => Outcome?.Status ?? Step switch
    {
        { Problem: not null } => StepStatus.Failed,
        { Action: PlanAction.NoChange } => StepStatus.NoChange,
        _ => StepStatus.Planned,
    };

    /// <summary>What to tell a person beside the status, or null.</summary>
    public string? Message => Outcome?.Error?.Message ?? Step.Problem?.Message;

    /// <summary>A name of <see cref="DirectoryError"/>, or null.</summary>
    public string? ErrorCode => Outcome?.Error?.Code ?? (Step.Problem is null ? null : nameof(DirectoryError.InvalidValue));
}
