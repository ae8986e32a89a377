using GroupPortal.Core.Plans;
using GroupPortal.Core.Results;
using Microsoft.Extensions.Logging;

namespace GroupPortal.Application;

/// <summary>The audit's events, 1000 to 1999. Ids, names and counts: never member lists, never tokens.</summary>
internal static partial class Log
{
    [LoggerMessage(1000, LogLevel.Information, "Plan {PlanId} ({Kind}, store {StoreId}) made by {Account} from {Origin}: {Writes} changes, {Problems} problems, held by {Holds}")]
    public static partial void PlanMade(this ILogger logger, Guid planId, PlanKind kind, int storeId, string account, string origin, int writes, int problems, string holds);

    [LoggerMessage(1001, LogLevel.Information, "Plan {PlanId} started by {Account} from {Origin}")]
    public static partial void PlanStarted(this ILogger logger, Guid planId, string account, string origin);

    [LoggerMessage(1002, LogLevel.Information, "Plan {PlanId} ({Kind}, store {StoreId}, group {GroupId}) of {Account} from {Origin} applied: {Status}, {Done} done, {Failed} failed, {Open} open")]
    public static partial void PlanApplied(
        this ILogger logger, Guid planId, PlanKind kind, int storeId, Guid? groupId, string account, string origin, StepStatus status, int done, int failed, int open);

    [LoggerMessage(1003, LogLevel.Warning, "Plan {PlanId} of {Account} was not started: {Reason}")]
    public static partial void PlanRefused(this ILogger logger, Guid planId, string account, string reason);

    [LoggerMessage(1020, LogLevel.Information, "Task {TaskId} (group {GroupId}) of {Account} from {Origin} ended: {Outcome}, {Adds} came, {Removes} went, {Errors} errors")]
    public static partial void TaskFinished(
        this ILogger logger, long taskId, Guid groupId, string account, string origin, Tasks.TaskOutcome outcome, int adds, int removes, int errors);

    [LoggerMessage(1021, LogLevel.Error, "Task {TaskId} stopped by a fault; it is taken up again after a while")]
    public static partial void TaskFaulted(this ILogger logger, long taskId, Exception fault);

    [LoggerMessage(1022, LogLevel.Warning, "Task {TaskId} has another owner by now; it is left to that one")]
    public static partial void TaskLost(this ILogger logger, long taskId);

    [LoggerMessage(1023, LogLevel.Information, "Held plan {PlanId} (group {GroupId}, store {StoreId}), asked for by {AskedBy}: {Decision} by {Account} from {Origin}")]
    public static partial void HeldPlanDecided(
        this ILogger logger, Guid planId, Guid groupId, int storeId, Tasks.HeldState decision, string account, string origin, string askedBy);

    [LoggerMessage(1024, LogLevel.Information, "Task {TaskId} (group {GroupId}) is put off until {Until}: {Error}")]
    public static partial void TaskPostponed(this ILogger logger, long taskId, Guid groupId, DateTimeOffset until, string? error);

    [LoggerMessage(1030, LogLevel.Information, "Schedule of container {Container}, store {StoreId}, set to {Schedule} by {Account} from {Origin}")]
    public static partial void ContainerScheduleSet(this ILogger logger, int storeId, string container, string schedule, string account, string origin);

    [LoggerMessage(1031, LogLevel.Information, "Schedules of store {StoreId}: {Count} groups are due, the first since {Since}")]
    public static partial void ScheduleRoundBegins(this ILogger logger, int storeId, int count, DateTimeOffset since);

    [LoggerMessage(1032, LogLevel.Warning, "Schedules of store {StoreId}: the directory does not answer, updates wait until {Until}")]
    public static partial void StoreRests(this ILogger logger, int storeId, DateTimeOffset until);

    [LoggerMessage(1033, LogLevel.Error, "Schedules of store {StoreId}: a round stopped by a fault; what is due is looked for again")]
    public static partial void ScheduleRoundFaulted(this ILogger logger, int storeId, Exception fault);

    [LoggerMessage(1040, LogLevel.Information, "Expiration policy of store {StoreId} set to {Days} days for {Groups} groups, {Mails} addresses, by {Account} from {Origin}")]
    public static partial void ExpirationPolicySet(
        this ILogger logger, int storeId, int days, Core.Directories.Tenants.ExpiringGroups groups, int mails, string account, string origin);

    [LoggerMessage(1041, LogLevel.Information, "Expiration policy of store {StoreId} is to be {Days} days for {Groups} groups, {Mails} addresses, by {Account} from {Origin}")]
    public static partial void ExpirationPolicySending(
        this ILogger logger, int storeId, int days, Core.Directories.Tenants.ExpiringGroups groups, int mails, string account, string origin);

    [LoggerMessage(1042, LogLevel.Warning, "Expiration policy of store {StoreId} was not changed: {Error}, by {Account} from {Origin}")]
    public static partial void ExpirationPolicyRefused(this ILogger logger, int storeId, string error, string account, string origin);

    [LoggerMessage(1043, LogLevel.Error, "Expiration policy of store {StoreId}: whether it was changed stays unknown ({Error}), by {Account} from {Origin}")]
    public static partial void ExpirationPolicyUnknown(this ILogger logger, int storeId, string error, string account, string origin);

    [LoggerMessage(1010, LogLevel.Warning, "Plan {PlanId} is taken up where an earlier process left it")]
    public static partial void PlanResumed(this ILogger logger, Guid planId);

    [LoggerMessage(1011, LogLevel.Warning, "Plan {PlanId}: write {Sequence} had no answer and is read back")]
    public static partial void WriteIsSettled(this ILogger logger, Guid planId, int sequence);

    [LoggerMessage(1012, LogLevel.Error, "Plan {PlanId}, group {GroupId}: what became of write {Sequence} stays unknown ({Error})")]
    public static partial void WriteStaysUnknown(this ILogger logger, Guid planId, Guid? groupId, int sequence, string error);

    [LoggerMessage(1013, LogLevel.Error, "Plan {PlanId}: journal row {Sequence} does not fit the plan's writes; what is left is reported as unknown")]
    public static partial void JournalDoesNotFit(this ILogger logger, Guid planId, int sequence);

    [LoggerMessage(1014, LogLevel.Error, "Plan {PlanId} waits: its store {StoreId} is not configured any more")]
    public static partial void StoreOfPlanIsGone(this ILogger logger, Guid planId, int storeId);

    [LoggerMessage(1015, LogLevel.Error, "The adapter of a directory threw")]
    public static partial void AdapterThrew(this ILogger logger, Exception fault);

    [LoggerMessage(1016, LogLevel.Error, "Plan {PlanId} stopped by a fault, attempt {Attempt}")]
    public static partial void PlanFaulted(this ILogger logger, Guid planId, int attempt, Exception fault);

    [LoggerMessage(1100, LogLevel.Information, "Tokens issued to {Account} for client {ClientId}, store {StoreId}")]
    public static partial void TokensIssued(this ILogger logger, string account, string clientId, int storeId);

    [LoggerMessage(1101, LogLevel.Warning, "A refresh token of {Account}, client {ClientId}, was used twice: all tokens of that sign-in are revoked")]
    public static partial void RefreshTokenReused(this ILogger logger, string account, string clientId);

    [LoggerMessage(1200, LogLevel.Information, "Replica of store {StoreId}: {Count} objects loaded")]
    public static partial void ReplicaLoaded(this ILogger logger, int storeId, int count);

    [LoggerMessage(1207, LogLevel.Warning, "Replica of store {StoreId}: {Count} objects loaded, {Missing} fewer than before. Removals by rule are held meanwhile")]
    public static partial void ReplicaShrunk(this ILogger logger, int storeId, int count, int missing);

    [LoggerMessage(1201, LogLevel.Information, "Replica of store {StoreId}: {Count} objects taken from disk, as of {AsOf}")]
    public static partial void ReplicaRestored(this ILogger logger, int storeId, int count, DateTimeOffset asOf);

    [LoggerMessage(1202, LogLevel.Warning, "Replica of store {StoreId}: {Path} is not used, and everything is read from the directory: {Reason}")]
    public static partial void ReplicaFileIgnored(this ILogger logger, int storeId, string path, string reason);

    [LoggerMessage(1208, LogLevel.Warning, "Replica of store {StoreId}: {Path} is of {AsOf}, too old to be used: the directory may have forgotten what was deleted since. Everything is read from it")]
    public static partial void ReplicaFileTooOld(this ILogger logger, int storeId, string path, DateTimeOffset asOf);

    [LoggerMessage(1203, LogLevel.Warning, "Replica of store {StoreId}: {Path} could not be written: {Reason}")]
    public static partial void ReplicaNotSaved(this ILogger logger, int storeId, string path, string reason);

    [LoggerMessage(1204, LogLevel.Warning, "Replica of store {StoreId} could not be read: {Error}, {Reason}. What is shown is as of {AsOf}")]
    public static partial void ReplicaUnreadable(this ILogger logger, int storeId, string error, string reason, DateTimeOffset? asOf);

    [LoggerMessage(1205, LogLevel.Information, "Replica of store {StoreId}: the directory answers again")]
    public static partial void ReplicaReadAgain(this ILogger logger, int storeId);

    [LoggerMessage(1206, LogLevel.Information, "Replica of store {StoreId}: the feed has ended, everything is read again")]
    public static partial void ReplicaBeginsAgain(this ILogger logger, int storeId);
}
