using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;

namespace GroupPortal.Core.Plans;

public enum PlanAction
{
    /// <summary>The group itself comes into being; the attributes of the create follow as steps of their own.</summary>
    Create,
    Set,
    Clear,
    Add,
    Remove,
    Rename,
    Move,
    Delete,

    /// <summary>Considered, and it is so already.</summary>
    NoChange,

    /// <summary>A deleted group comes back as it was.</summary>
    Restore,
}

/// <summary>Why a step is in the plan. For people only: apply never looks at it.</summary>
public enum StepReason
{
    Requested,

    /// <summary>Worked out from the name or type that was asked for.</summary>
    Derived,

    /// <summary>The person who creates the group becomes its owner where none was named.</summary>
    CreatorOwns,

    /// <summary>Goes with another step: a visibility with a security type.</summary>
    Implied,

    /// <summary>Not in the list that replaces the old one.</summary>
    Replaced,

    /// <summary>The criteria of the group's rule select it, or no longer do.</summary>
    Rule,

    /// <summary>In or out by Include or Exclude.</summary>
    Exception,
}

/// <summary>The object that a reference step adds, removes or sets.</summary>
public sealed record StepTarget(Guid Id, ObjectKind Kind, string Label, string Dn);

/// <summary>
/// One line of a plan: an attribute, or one member or owner. Together with its outcome it is the one row of plan, result,
/// journal and history.
/// </summary>
/// <param name="Ordinal">The place in the plan, from 0; its identity together with the plan's id.</param>
/// <param name="Path">The attribute's name; <c>members</c>, <c>owners</c>, <c>managedBy</c>; empty for the group itself.</param>
/// <param name="Before">The values that stand now; for references the label of what goes.</param>
/// <param name="After">The values that will stand; for references the label of what comes.</param>
public sealed record PlanStep(
    int Ordinal,
    PlanAction Action,
    string Path,
    IReadOnlyList<string> Before,
    IReadOnlyList<string> After)
{
    public KeptBy KeptBy { get; init; } = KeptBy.Directory;

    public StepReason Reason { get; init; } = StepReason.Requested;

    /// <summary>What the step adds or removes, where it is a reference.</summary>
    public StepTarget? Target { get; init; }

    /// <summary>What a reference that is set replaces (managedBy).</summary>
    public StepTarget? Previous { get; init; }

    /// <summary>The line cannot be carried out, and why; it is never sent.</summary>
    public Problem? Problem { get; init; }

    /// <summary>What the step does to others than the group, as a sentence for people; null where it does nothing to them. Apply never looks at it.</summary>
    public string? Effect { get; init; }

    /// <summary>Whether apply has something to write for it.</summary>
    public bool IsWritten => Problem is null && Action != PlanAction.NoChange && KeptBy != KeptBy.Wire;
}
