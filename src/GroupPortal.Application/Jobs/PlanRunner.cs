using GroupPortal.Application.Groups;
using GroupPortal.Application.Tasks;
using GroupPortal.Application.Storage;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using GroupPortal.Core.Results;
using Microsoft.Extensions.Logging;

namespace GroupPortal.Application.Jobs;

/// <summary>
/// Applies one plan: a journal row before each write, its outcome after, and never a write twice that may have been carried
/// out. Running it again on a plan that stopped anywhere finishes that plan, or says of which lines nobody knows.
/// </summary>
internal sealed class PlanRunner(
    PlanStore plans, RunJournal journal, PlanCloser closer, WriteSender sender, OutageWait outages, StoreRegistry stores, GroupReader groups, PortalGroupStore portal,
    PlanBoard board, TimeProvider clock, ILogger<PlanRunner> logger)
{
    /// <summary>How often one write is put off: throttled, or sent again because it did not arrive, or because the version moved.</summary>
    internal const int MaximumAttempts = 8;

    /// <summary>How often a write is sent again for which the directory was not ready; after that it becomes a task.</summary>
    internal const int MaximumPostponements = 3;

    /// <summary>
    /// Of a plan that was begun, how long one write waits for a directory that asks to wait: half a change is worth it. One of
    /// which nothing was sent yet has <see cref="MaximumAttempts"/>.
    /// </summary>
    internal static readonly TimeSpan LongestThrottling = TimeSpan.FromHours(1);

    /// <summary>
    /// A plan of more writes than this is a large job: after its first write whoever else asks the directory goes first, to its
    /// end. Fewer are seconds of what Microsoft Graph takes from one app (3,000 writes in 150 s), and somebody looks on.
    /// </summary>
    internal const int LargePlan = 200;

    /// <summary>A plan that was claimed a moment ago: nothing of it was sent, and all of it is at hand.</summary>
    /// <param name="stopping">The host's; heeded between two writes, never within one.</param>
    public Task RunAsync(Claimed claimed, CancellationToken stopping) =>
        RunAsync(claimed.Plan.Head, claimed.Plan.Rows, run =>
        {
            run.Open = claimed.First;
            if (!claimed.Plan.IsSaved && !run.OpenPortalSteps.Any())
            {
                // Made in this very breath: the version it was made from says as much as reading the group once more.
                run.Version = run.Plan.BaseVersion?.Directory is { Length: > 0 } version ? version : null;
            }

            return Task.CompletedTask;
        }, stopping);

    /// <summary>A plan as far as the database knows it.</summary>
    /// <param name="isResumed">Whether the journal's last row may have been sent by a process that is gone.</param>
    public async Task RunAsync(Guid planId, bool isResumed, CancellationToken stopping)
    {
        if (await plans.LoadAsync(planId, CancellationToken.None) is var (head, rows) && head.State == PlanState.Running)
        {
            await RunAsync(head, rows, run => ReplayAsync(run, isResumed, stopping), stopping);
        }
    }

    private async Task RunAsync(PlanRecord head, List<PlanRow> rows, Func<PlanRun, Task> begin, CancellationToken stopping)
    {
        if (!stores.TryGet(head.StoreId, out var directory))
        {
            logger.StoreOfPlanIsGone(head.Id, head.StoreId);
            throw new InvalidOperationException("The store of the plan is not configured any more.");
        }

        var run = new PlanRun(head, rows, directory);
        await begin(run);
        if (!run.IsStopped && run.IsUntouched && await IsOvertakenAsync(run.Plan))
        {
            run.IsConflict = true;
            run.Stop(DirectoryError.Conflict.Unknown);
            NotSent(run, DirectoryError.Conflict.Unknown);
        }

        if (!run.IsStopped && run.OpenSteps.Any() && (run.Plan.Kind == PlanKind.Delete || (run.Plan.Kind is PlanKind.Update or PlanKind.Recompute && run.Version is null)))
        {
            await CompareAsync(run, stopping);
        }

        var isLarge = run.Queue.Count > LargePlan;
        while (!run.IsStopped && run.Queue.Next is { } write)
        {
            await ThrowIfStoppingAsync(run, stopping);
            using (isLarge && run.HasSent ? CurrentPriority.Begin(WorkPriority.Low) : null)
            {
                await WriteAsync(run, write, stopping);
            }

            board.Publish(run.Progress(PlanState.Running));
        }

        await closer.CloseAsync(run);
        board.Finish(run.Progress(PlanState.Finished) with { Result = run.Result });
    }

    /// <summary>Follows the journal to where the plan stopped, and finds out what became of the write that was on its way.</summary>
    private async Task ReplayAsync(PlanRun run, bool isResumed, CancellationToken stopping)
    {
        foreach (var row in await journal.ReadAsync(run.Plan.Id, CancellationToken.None))
        {
            run.Open = row;
            if (run.Queue.Next is not { } write || WriteQueue.Describe(write) != row.Description)
            {
                // Another version of the portal made other writes of this plan: what was sent cannot be told any more.
                logger.JournalDoesNotFit(run.Plan.Id, row.Sequence);
                run.SetAll(run.OpenDirectorySteps.Select(step => step.Ordinal).ToList(), StepStatus.Unknown, error: null);
                run.Stop(reason: null);
                return;
            }

            switch (row.Answer)
            {
                case JournalAnswer.Applied:
                    run.Replayed(row.GroupId);
                    run.StopWhereStrict(write);
                    break;
                case JournalAnswer.PutOff:
                    run.Queue.Advance();
                    break;
                case JournalAnswer.Refused:
                    SkipOrSplit(run, write, StateJson.ReadOptional<DirectoryError>(row.ErrorJson)!);
                    break;
                case JournalAnswer.None when isResumed:
                    run.HasSent = true;
                    logger.WriteIsSettled(run.Plan.Id, row.Sequence);
                    await JudgeAsync(run, write, await sender.SettleAsync(run, write, stopping), isSettled: true, stopping);
                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>
    /// Whether a plan that had its turn before this one has changed the rule that this one follows, or who decides the members.
    /// Plans of one group run one after the other: what stands now stands until this one ends.
    /// </summary>
    private async Task<bool> IsOvertakenAsync(GroupPlan plan) =>
        plan is { Kind: PlanKind.Recompute, GroupId: { } group, BaseVersion: { } version }
        && await portal.FindAsync(plan.StoreId, group, CancellationToken.None) is var now
        && (now is not { ManagedGroupType: "2" } || now.Version != version.Portal);

    /// <summary>Reads the group again: what somebody else changed in the meantime is not overwritten.</summary>
    private async Task CompareAsync(PlanRun run, CancellationToken stopping)
    {
        var answer = await groups.GetAsync(run.Plan.StoreId, run.GroupId!.Value, CancellationToken.None);
        while (run.HasSent && answer is DirectoryAnswer<GroupState?>.Failed(DirectoryError.Unavailable or DirectoryError.Throttled) failed
            && await MayAskAgainAsync(run, failed.Error, stopping))
        {
            answer = await groups.GetAsync(run.Plan.StoreId, run.GroupId!.Value, CancellationToken.None);
        }

        (run.Outage, run.ThrottledSince) = (null, null);
        switch (answer)
        {
            case DirectoryAnswer<GroupState?>.Ok(null) when run.Plan.Kind == PlanKind.Delete:
                run.IsGroupGone = true;
                run.SetAll(run.OpenSteps.Select(step => step.Ordinal).ToList(), StepStatus.NoChange, error: null);
                NotSent(run, new DirectoryError.NotFound());
                break;
            case DirectoryAnswer<GroupState?>.Ok(null):
                run.IsGroupGone = true;
                run.SetAll(run.OpenSteps.Select(step => step.Ordinal).ToList(), StepStatus.Failed, new DirectoryError.NotFound());
                NotSent(run, new DirectoryError.NotFound());
                break;
            case DirectoryAnswer<GroupState?>.Ok(GroupState now):
                Compare(run, now);
                break;
            case DirectoryAnswer<GroupState?>.Failed(var error):
                FailFirst(run, error);
                break;
            case DirectoryAnswer<GroupState?>.Partial(_, var why):
                FailFirst(run, why);
                break;
            default:
                throw new InvalidOperationException("Unreachable: the hierarchy is closed.");
        }
    }

    private async Task<bool> MayAskAgainAsync(PlanRun run, DirectoryError error, CancellationToken stopping)
    {
        if (error is not DirectoryError.Throttled throttled)
        {
            return await outages.PauseAsync(run, stopping);
        }

        var attempt = run.CountAttempt();
        var mayWait = MayWait(run, attempt);
        if (mayWait)
        {
            await sender.PauseAsync(run, throttled, throttled.After, attempt, stopping);
        }

        return mayWait;
    }

    private bool MayWait(PlanRun run, int attempt)
    {
        var now = clock.GetUtcNow();
        run.ThrottledSince ??= now;
        return attempt < MaximumAttempts || (run.HasSent && now - run.ThrottledSince < LongestThrottling);
    }

    private void Compare(PlanRun run, GroupState now)
    {
        var conflicts = ConflictCheck.Find(now, run.OpenSteps);
        if (conflicts.Count == 0)
        {
            run.Version = now.Version.Directory is { Length: > 0 } version ? version : null;
            return;
        }

        run.IsConflict = true;
        foreach (var conflict in conflicts)
        {
            run.Set(conflict);
        }

        NotSent(run, conflicts[0].Error!);
    }

    private void FailFirst(PlanRun run, DirectoryError error)
    {
        run.SetAll(run.OpenSteps.Select(step => step.Ordinal).Take(1).ToList(), StepStatus.Failed, error);
        NotSent(run, error);
    }

    /// <summary>Stops before anything is sent, and says so of the journal row that had announced it.</summary>
    private void NotSent(PlanRun run, DirectoryError error)
    {
        if (run.Open is { State: JournalState.Dispatched })
        {
            journal.Answer(run, JournalAnswer.Refused, error);
        }

        run.Stop(reason: null);
    }

    private async Task WriteAsync(PlanRun run, DirectoryWrite write, CancellationToken stopping)
    {
        if (run.GroupId is null && write is not DirectoryWrite.CreateGroup)
        {
            run.Stop(reason: null);
            return;
        }

        if (run.Open is not { State: JournalState.Dispatched })
        {
            await journal.DispatchAsync(run, write);
        }

        var (answer, isSettled) = await sender.SendAsync(run, write, stopping);
        await JudgeAsync(run, write, answer, isSettled, stopping);
    }

    private async Task JudgeAsync(PlanRun run, DirectoryWrite write, DirectoryWriteAnswer answer, bool isSettled, CancellationToken stopping)
    {
        if (answer is not (DirectoryWriteAnswer.Unknown or DirectoryWriteAnswer.Refused { Error: DirectoryError.Unavailable }))
        {
            run.Outage = null;
        }

        switch (answer)
        {
            case DirectoryWriteAnswer.Applied applied:
                run.Applied(write, applied);
                journal.Answer(run, JournalAnswer.Applied, isSettled: isSettled);
                run.StopWhereStrict(write);
                break;
            case DirectoryWriteAnswer.Unknown unknown:
                journal.Answer(run, JournalAnswer.Unknown, unknown.Why, isSettled: true);
                run.SetAll(write.Steps, StepStatus.Unknown, unknown.Why);
                run.Stop(unknown.Why);
                logger.WriteStaysUnknown(run.Plan.Id, run.GroupId, run.Open!.Sequence, unknown.Why.Code);
                break;
            case DirectoryWriteAnswer.Refused when isSettled && run.CountAttempt() < MaximumAttempts:
                // It never arrived: it is sent again, under a row of its own.
                journal.Answer(run, JournalAnswer.Again, isSettled: true);
                break;
            case DirectoryWriteAnswer.Refused { Error: DirectoryError.Throttled throttled } when MayWait(run, run.CountAttempt()):
                journal.Answer(run, JournalAnswer.Again, throttled);
                await sender.PauseAsync(run, throttled, throttled.After, run.Attempts, stopping);
                break;
            case DirectoryWriteAnswer.NotYet notYet when run.CountPostponement() <= MaximumPostponements:
                journal.Answer(run, JournalAnswer.Again, notYet.Why, isSettled);
                await sender.PauseAsync(run, notYet.Why, notYet.After, run.Postponements, stopping);
                break;
            case DirectoryWriteAnswer.NotYet notYet when write is DirectoryWrite.MakeTeam:
                journal.Answer(run, JournalAnswer.PutOff, notYet.Why, isSettled);
                run.PutOff(write, TeamTasks.Later(notYet.Why));
                break;
            case DirectoryWriteAnswer.NotYet notYet:
                // Nobody would come back to it.
                Refused(run, write, notYet.Why);
                break;
            case DirectoryWriteAnswer.Refused { Error: DirectoryError.Conflict } when run.Plan.Kind != PlanKind.Create && run.CountAttempt() < MaximumAttempts:
                // The version moved. Where nothing that this plan touches did, it goes on from the new one.
                journal.Answer(run, JournalAnswer.Again);
                await CompareAsync(run, stopping);
                break;
            case DirectoryWriteAnswer.Refused { Error: DirectoryError.Unavailable away } when run.HasSent:
                if (await outages.PauseAsync(run, stopping))
                {
                    journal.Answer(run, JournalAnswer.Again, away);
                }
                else
                {
                    Refused(run, write, away);
                }

                break;
            case DirectoryWriteAnswer.Refused refused:
                Refused(run, write, refused.Error);
                break;
            default:
                throw new InvalidOperationException("Unreachable: the hierarchy is closed.");
        }
    }

    private void Refused(PlanRun run, DirectoryWrite write, DirectoryError error)
    {
        journal.Answer(run, JournalAnswer.Refused, error);
        if (SkipOrSplit(run, write, error))
        {
            return;
        }

        var culprits = run.Plan.Steps
            .Where(step => error.Blames(step.Path))
            .Select(step => step.Ordinal)
            .Intersect(write.Steps)
            .ToList();
        run.SetAll(culprits.Count > 0 ? culprits : write.Steps, StepStatus.Failed, error);
        run.SetAll(write.Steps, StepStatus.NotAttempted, error);
        if (run.Plan.IsStrict || error is DirectoryError.Unavailable or DirectoryError.Throttled || write is DirectoryWrite.CreateGroup or DirectoryWrite.DeleteGroup)
        {
            run.Stop(error);
        }
    }

    /// <summary>
    /// What a refusal does to the queue, from write and error alone: the replay of the journal must come to the same. True
    /// when the write goes on in pieces.
    /// </summary>
    private static bool SkipOrSplit(PlanRun run, DirectoryWrite write, DirectoryError error)
    {
        // Rights and reachability are the same for every member; a search for the culprit would only ask again and again.
        var isWhole = error is DirectoryError.Unavailable or DirectoryError.Throttled
            || (error is DirectoryError.AccessDenied && write is DirectoryWrite.ChangeMembers or DirectoryWrite.ChangeOwners);
        var pieces = run.Plan.IsStrict || isWhole ? [] : run.Directory.Split(write, error);
        run.Replace(pieces);
        return pieces.Count > 0;
    }

    private async Task ThrowIfStoppingAsync(PlanRun run, CancellationToken stopping)
    {
        if (stopping.IsCancellationRequested)
        {
            await journal.SaveAsync(run);
            stopping.ThrowIfCancellationRequested();
        }
    }
}
