using GroupPortal.Core.Access;
using GroupPortal.Core.Groups;

namespace GroupPortal.Core.Plans;

public enum PlanKind
{
    Create,
    Update,
    Delete,

    /// <summary>Only members, as the group's own rule has them.</summary>
    Recompute,

    /// <summary>A deleted group is had back.</summary>
    Restore,
}

/// <summary>The guard's word on a plan's changes of membership.</summary>
/// <param name="Holds">Codes of the limits that were met; empty when the plan may go on. Text keys <c>Guard.*</c>.</param>
/// <param name="Adds">Members that would come.</param>
/// <param name="Removes">Members that would go.</param>
/// <param name="Present">Members that stand now.</param>
public sealed record GuardVerdict(IReadOnlyList<string> Holds, long Adds, long Removes, long Present)
{
    public static GuardVerdict Nothing { get; } = new([], 0, 0, 0);

    /// <summary>Held: applied only when somebody confirms this plan's hash.</summary>
    public bool IsHeld => Holds.Count > 0;
}

/// <summary>
/// What will be done to one group, line by line. Made by <see cref="GroupPlanner"/>, frozen from then on: apply follows
/// the steps and nothing else.
/// </summary>
public sealed record GroupPlan
{
    /// <summary>Also the marker by which a create is recognised after a crash.</summary>
    public required Guid Id { get; init; }

    public required int StoreId { get; init; }

    public required PlanKind Kind { get; init; }

    /// <summary>Null for a create until the directory has answered.</summary>
    public Guid? GroupId { get; init; }

    /// <summary>The group's name, for people.</summary>
    public required string GroupName { get; init; }

    /// <summary>Where the group stands, or will stand.</summary>
    public required string GroupDn { get; init; }

    /// <summary>The state the plan was made from; null for a create.</summary>
    public GroupVersion? BaseVersion { get; init; }

    public required IReadOnlyList<PlanStep> Steps { get; init; }

    /// <summary>What makes the whole request impossible; with one of these nothing can be applied.</summary>
    public IReadOnlyList<Problem> Problems { get; init; } = [];

    public GuardVerdict Guard { get; init; } = GuardVerdict.Nothing;

    public AccessDecision Access { get; init; } = AccessDecision.Allowed;

    /// <summary>All or nothing (the wizard, <c>Prefer: handling=strict</c>), or as much as can be done (the API).</summary>
    public bool IsStrict { get; init; }

    /// <summary>SHA-256 over everything that apply would follow, in hexadecimal. What was looked at is what is applied.</summary>
    public string Hash { get; init; } = string.Empty;

    /// <summary>Lines that cannot be carried out.</summary>
    public IEnumerable<Problem> LineProblems => Steps.Where(step => step.Problem is not null).Select(step => step.Problem!);

    /// <summary>How many lines would write something.</summary>
    public int WriteCount => Steps.Count(step => step.IsWritten);

    /// <summary>Whether apply may begin, the guard's confirmation apart.</summary>
    public bool IsApplicable =>
        Problems.Count == 0 && Access.Verdict == AccessVerdict.Allow && (!IsStrict || Steps.All(step => step.Problem is null));
}
