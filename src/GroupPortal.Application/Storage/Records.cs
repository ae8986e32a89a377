using GroupPortal.Application.Groups;
using GroupPortal.Core.Access;
using GroupPortal.Core.Plans;
using GroupPortal.Core.Results;

namespace GroupPortal.Application.Storage;

// The rows of the state database. Times are UTC ticks: SQLite cannot order a DateTimeOffset. Columns named …Json hold what
// is only ever read whole.

/// <summary>A plan's head; its lines are <see cref="PlanStepRecord"/>s.</summary>
internal sealed class PlanRecord
{
    public Guid Id { get; set; }

    public int StoreId { get; set; }

    public PlanKind Kind { get; set; }

    public Guid? GroupId { get; set; }

    public string GroupName { get; set; } = string.Empty;

    public string GroupDn { get; set; } = string.Empty;

    public string? BaseDirectoryVersion { get; set; }

    public long? BasePortalVersion { get; set; }

    public string GuardJson { get; set; } = string.Empty;

    public AccessVerdict AccessVerdict { get; set; }

    public string AccessReason { get; set; } = string.Empty;

    public bool IsStrict { get; set; }

    public string Hash { get; set; } = string.Empty;

    /// <summary>What was asked for, so that it can be planned again.</summary>
    public string RequestJson { get; set; } = string.Empty;

    public PlanState State { get; set; }

    public bool IsConflict { get; set; }

    public string Account { get; set; } = string.Empty;

    public string DisplayName { get; set; } = string.Empty;

    public PortalRole Role { get; set; }

    public string Origin { get; set; } = string.Empty;

    /// <summary>Of a held update that was approved: who had asked for it.</summary>
    public string? AskedBy { get; set; }

    /// <summary>Who approved it, and why; both go on into the history.</summary>
    public string? DecidedBy { get; set; }

    public string? Reason { get; set; }

    public long Planned { get; set; }

    public long? Started { get; set; }

    public long? Finished { get; set; }
}

/// <summary>A line of a plan and what became of it, in one row.</summary>
internal sealed class PlanStepRecord
{
    public Guid PlanId { get; set; }

    public int Ordinal { get; set; }

    public PlanAction Action { get; set; }

    public string Path { get; set; } = string.Empty;

    public string BeforeJson { get; set; } = string.Empty;

    public string AfterJson { get; set; } = string.Empty;

    public Core.Groups.KeptBy KeptBy { get; set; }

    public StepReason Reason { get; set; }

    public string? TargetJson { get; set; }

    public string? PreviousJson { get; set; }

    public string? ProblemJson { get; set; }

    public string? Effect { get; set; }

    /// <summary>From the beginning: Planned for what will be written, else what the planner found.</summary>
    public StepStatus Status { get; set; }

    /// <summary>Whether apply, and not the planner, set the status.</summary>
    public bool HasOutcome { get; set; }

    public string? ErrorJson { get; set; }
}

internal enum JournalState
{
    /// <summary>May have been sent; written before it is.</summary>
    Dispatched,
    Answered,

    /// <summary>Its answer never came, and what became of it was read back.</summary>
    Settled,
}

internal enum JournalAnswer
{
    None,
    Applied,

    /// <summary>Nothing was written; <see cref="JournalRecord.ErrorJson"/> says why, and with it how the write was split.</summary>
    Refused,

    /// <summary>Nobody knows, even after reading back.</summary>
    Unknown,

    /// <summary>Nothing was written, and the same write is to be sent again.</summary>
    Again,

    /// <summary>Nothing was written, and a task sends it later; the plan goes on without it.</summary>
    PutOff,
}

/// <summary>One request to a directory. A resumed plan is replayed from these rows; see Jobs/WriteQueue.</summary>
internal sealed class JournalRecord
{
    public Guid PlanId { get; set; }

    /// <summary>The order in which they were sent.</summary>
    public int Sequence { get; set; }

    /// <summary>The place of the write, or of the write it was split from, among the plan's writes.</summary>
    public int WriteOrdinal { get; set; }

    /// <summary>The kind and the step ranges of the write, <c>ChangeMembers 4-23</c>; by it a replay knows that it is on the right path.</summary>
    public string Description { get; set; } = string.Empty;

    public JournalState State { get; set; }

    public JournalAnswer Answer { get; set; }

    public string? ErrorJson { get; set; }

    public Guid? GroupId { get; set; }

    public long Dispatched { get; set; }

    public long? Answered { get; set; }
}

/// <summary>One applied plan; rows are added and never changed (an interceptor and two triggers see to that).</summary>
internal sealed class HistoryRecord
{
    public long Id { get; set; }

    public long When { get; set; }

    public string Account { get; set; } = string.Empty;

    public string DisplayName { get; set; } = string.Empty;

    public PortalRole Role { get; set; }

    public string Origin { get; set; } = string.Empty;

    public int StoreId { get; set; }

    public Guid? GroupId { get; set; }

    public string GroupName { get; set; } = string.Empty;

    public string GroupDn { get; set; } = string.Empty;

    public Guid PlanId { get; set; }

    public PlanKind Kind { get; set; }

    public StepStatus Status { get; set; }

    public int Done { get; set; }

    public int Failed { get; set; }

    public int NoChange { get; set; }

    public int Open { get; set; }

    /// <summary>Of an update that the guard held: who had asked for it, who decided, and why.</summary>
    public string? AskedBy { get; set; }

    public string? DecidedBy { get; set; }

    public string? Reason { get; set; }
}

/// <summary>What the portal itself keeps about a group; a group without a row has the defaults.</summary>
internal sealed class PortalGroupRecord
{
    public int StoreId { get; set; }

    public Guid GroupId { get; set; }

    public string? SecurityType { get; set; }

    public string? ManagedGroupType { get; set; }

    public string? Information { get; set; }

    /// <summary>The attributes of its rule with their values; null for a group without.</summary>
    public string? RuleJson { get; set; }

    /// <summary>Who changed the rule last; he does not approve what comes of it.</summary>
    public string? RuleBy { get; set; }

    /// <summary>When its own schedule was set last: what had been due before is not made up for.</summary>
    public long? Scheduled { get; set; }

    /// <summary>Counts every change of this row or of its owners.</summary>
    public long Version { get; set; }

    public List<AdditionalOwnerRecord> AdditionalOwners { get; set; } = [];
}

/// <summary>What the portal kept of a group that its tenant can give back.</summary>
internal sealed class DeletedGroupRecord
{
    public int StoreId { get; set; }

    public Guid GroupId { get; set; }

    public long Deleted { get; set; }

    /// <summary>The <see cref="PortalGroupRecord"/> with its owners, as it was.</summary>
    public string GroupJson { get; set; } = string.Empty;
}

/// <summary>An owner beside managedBy, which holds only one.</summary>
internal sealed class AdditionalOwnerRecord
{
    public int StoreId { get; set; }

    public Guid GroupId { get; set; }

    public Guid OwnerId { get; set; }

    /// <summary>The order in which they were named.</summary>
    public int Position { get; set; }
}

/// <summary>Something that was asked for and outlives the request: the update of one smart group, or a team that follows its group.</summary>
internal sealed class TaskRecord
{
    /// <summary>Counts up and is never used again; what the API calls taskID.</summary>
    public long Id { get; set; }

    /// <summary>All tasks of one request, or of one wake-up of a schedule; the guard counts over them.</summary>
    public Guid RunId { get; set; }

    public Tasks.TaskKind Kind { get; set; }

    public int StoreId { get; set; }

    public Guid GroupId { get; set; }

    public string GroupName { get; set; } = string.Empty;

    public Tasks.TaskState State { get; set; }

    public Tasks.TaskOutcome Outcome { get; set; }

    public string Account { get; set; } = string.Empty;

    public string DisplayName { get; set; } = string.Empty;

    public PortalRole Role { get; set; }

    public string Origin { get; set; } = string.Empty;

    /// <summary>What is planned, from the claim of the plan on; what came of it, at the end.</summary>
    public int Adds { get; set; }

    public int Removes { get; set; }

    public int Errors { get; set; }

    /// <summary>
    /// Written in the transaction that claims the plan; from then on the plan's journal says what is left to do. Of a team the plan
    /// whose line waits for it.
    /// </summary>
    public Guid? PlanId { get; set; }

    public string? Message { get; set; }

    /// <summary>A name of DirectoryError, or null.</summary>
    public string? ErrorCode { get; set; }

    /// <summary>The process that works on it.</summary>
    public Guid? Owner { get; set; }

    /// <summary>Counts the claims. Whoever writes says by which claim; one that has been followed by another writes no more.</summary>
    public long Token { get; set; }

    /// <summary>Until then the claim holds; its owner puts it off while it works. After that anybody may claim it.</summary>
    public long LeaseUntil { get; set; }

    /// <summary>Until then nobody claims it, whoever has the lease.</summary>
    public long NotBefore { get; set; }

    /// <summary>How often work on it ended by a fault of ours.</summary>
    public int Faults { get; set; }

    public Tasks.TaskClaim Claim => new(Id, Token);

    public long Created { get; set; }

    public long? Started { get; set; }

    public long? Finished { get; set; }
}

/// <summary>The update that the guard holds of one group; the next evaluation replaces it.</summary>
internal sealed class HeldPlanRecord
{
    public int StoreId { get; set; }

    public Guid GroupId { get; set; }

    public Guid PlanId { get; set; }

    public string Hash { get; set; } = string.Empty;

    public string GroupName { get; set; } = string.Empty;

    /// <summary>Who asked for the update.</summary>
    public string Account { get; set; } = string.Empty;

    /// <summary>Who changed the rule last.</summary>
    public string? RuleBy { get; set; }

    public string GuardJson { get; set; } = string.Empty;

    /// <summary>Since when the group has been held without a break, whichever plan it was.</summary>
    public long Since { get; set; }

    /// <summary>When this plan was made.</summary>
    public long Planned { get; set; }

    public Tasks.HeldState State { get; set; }

    public string? DecidedBy { get; set; }

    public string? Reason { get; set; }

    public long? Decided { get; set; }
}

/// <summary>When a smart group was evaluated last.</summary>
internal sealed class GroupRunRecord
{
    public int StoreId { get; set; }

    public Guid GroupId { get; set; }

    /// <summary>When it began: what became due while it ran is due still.</summary>
    public long LastRun { get; set; }

    /// <summary>The last run that could ask all it had to; one that failed is made up for.</summary>
    public long? LastWhole { get; set; }

    public Tasks.TaskOutcome Outcome { get; set; }

    public long TaskId { get; set; }

    /// <summary>When members last came or went by it.</summary>
    public long? LastChange { get; set; }
}

/// <summary>The schedule of all smart groups in and below a container that have none of their own.</summary>
internal sealed class ContainerScheduleRecord
{
    public int StoreId { get; set; }

    /// <summary>One spelling of each; the whole store's is its base.</summary>
    public string Container { get; set; } = string.Empty;

    public string Schedule { get; set; } = string.Empty;

    public string Account { get; set; } = string.Empty;

    public long Saved { get; set; }
}

internal sealed class DraftRecord
{
    public Guid Id { get; set; }

    public string Account { get; set; } = string.Empty;

    public int StoreId { get; set; }

    public string Json { get; set; } = string.Empty;

    public long Saved { get; set; }
}

internal enum TokenKind
{
    Access,
    Refresh,
}

internal sealed class AccessTokenRecord
{
    /// <summary>SHA-256 of the token, in hexadecimal.</summary>
    public string Hash { get; set; } = string.Empty;

    public TokenKind Kind { get; set; }

    /// <summary>All tokens that came of one sign-in.</summary>
    public Guid Family { get; set; }

    public string Account { get; set; } = string.Empty;

    public string DisplayName { get; set; } = string.Empty;

    public PortalRole Role { get; set; }

    public string ClientId { get; set; } = string.Empty;

    public int StoreId { get; set; }

    public long Expires { get; set; }

    /// <summary>Of a refresh token: when it was exchanged.</summary>
    public long? Used { get; set; }

    public bool IsRevoked { get; set; }
}
