using GroupPortal.Application.Groups;
using GroupPortal.Application.Replica;
using GroupPortal.Application.Storage;
using GroupPortal.Application.Tasks;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using GroupPortal.Core.Results;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace GroupPortal.Application.Jobs;

/// <summary>
/// Ends an apply in one transaction: the last answer, what the portal itself keeps, the outcomes, the plan's state and its one
/// entry in the history. Either all of it stands or the plan is still running.
/// </summary>
internal sealed class PlanCloser(
    StateWriters writers, PortalGroupStore portal, Replicas replicas, RunnerProbe probe, TimeProvider clock, ILogger<PlanCloser> logger)
{
    public async Task CloseAsync(PlanRun run)
    {
        probe.Reach(RunnerProbe.BeforeClose);
        await using var transaction = await writers.BeginAsync(CancellationToken.None);
        var now = clock.GetUtcNow().UtcTicks;
        await WritePortalStepsAsync(transaction, run, now);
        run.SetAll(run.OpenSteps.Select(step => step.Ordinal).ToList(), StepStatus.NotAttempted, error: null);
        await RunJournal.SaveIntoAsync(transaction, run);

        var planId = run.Plan.Id;
        await transaction.ExecuteAsync(
            $"""
            UPDATE "Plans" SET "State" = {(int)PlanState.Finished}, "IsConflict" = {run.IsConflict}, "Finished" = {now}, "GroupId" = {run.GroupId}
            WHERE "Id" = {planId}
            """,
            CancellationToken.None);
        var entry = Entry(run, now);
        await transaction.InsertAsync([entry], CancellationToken.None);
        if (TeamTasks.Of(run, clock.GetUtcNow()) is { } later)
        {
            await transaction.InsertAsync([later], CancellationToken.None);
        }

        await transaction.CommitAsync();
        run.Closed(now);
        if (run.GroupId is { } groupId)
        {
            portal.Forget(run.Plan.StoreId, groupId);
        }

        // Before anybody hears that the plan is done: whoever looks then sees it in the preview, too.
        replicas.Of(run.Plan.StoreId)?.FallBehind();
        logger.PlanApplied(planId, entry.Kind, entry.StoreId, entry.GroupId, entry.Account, entry.Origin, entry.Status, entry.Done, entry.Failed, entry.Open);
        probe.Reach(RunnerProbe.AfterClose);
    }

    private static async Task WritePortalStepsAsync(StateTransaction transaction, PlanRun run, long now)
    {
        if (run.Plan.Kind is PlanKind.Delete or PlanKind.Restore)
        {
            if (!run.HasDirectoryFailure && run.GroupId is { } group)
            {
                await WriteWholeAsync(await transaction.ContextAsync(CancellationToken.None), run, group, now);
            }

            return;
        }

        var steps = run.OpenPortalSteps.ToList();
        if (steps.Count == 0 || run.GroupId is not { } groupId || run.IsConflict || run.IsGroupGone
            || (run.HasDirectoryFailure && (run.Plan.IsStrict || run.IsStopped)))
        {
            return;
        }

        // What was just created cannot have a row yet.
        var context = run.IsFresh ? null : await transaction.ContextAsync(CancellationToken.None);
        var record = context is null ? null : await context.PortalGroups
            .Include(group => group.AdditionalOwners)
            .FirstOrDefaultAsync(group => group.StoreId == run.Plan.StoreId && group.GroupId == groupId, CancellationToken.None);
        var isNew = record is null;
        record ??= new PortalGroupRecord { StoreId = run.Plan.StoreId, GroupId = groupId };

        foreach (var step in steps)
        {
            run.Set(new StepOutcome(step.Ordinal, Write(record, step)));
            if (AttributeNames.IsOfRule(step.Path))
            {
                record.RuleBy = run.Head.Account;
                record.Scheduled = step.Path == AttributeNames.Schedule ? now : record.Scheduled;
            }
        }

        if (context is not null && record.ManagedGroupType != "2" && steps.Exists(step => step.Path == AttributeNames.ManagedGroupType))
        {
            // It was smart until now.
            await GroupRows.RemoveAsync(context, record.StoreId, [record.GroupId], CancellationToken.None);
        }

        record.Version++;
        if (isNew)
        {
            await transaction.InsertAsync([record], CancellationToken.None);
            await transaction.InsertAsync(record.AdditionalOwners, CancellationToken.None);
        }
        else
        {
            await context!.SaveChangesAsync(CancellationToken.None);
        }
    }

    /// <summary>A group that can be had back comes back as it was, with its rule and its owners.</summary>
    private static async Task WriteWholeAsync(StateDb database, PlanRun run, Guid group, long now)
    {
        var store = run.Plan.StoreId;
        if (run.Plan.Kind == PlanKind.Restore)
        {
            await DeletedGroupRows.PutBackAsync(database, store, group, now, CancellationToken.None);
            return;
        }

        if (run.Directory.Tenant is not null)
        {
            await DeletedGroupRows.SetAsideAsync(database, store, group, now, CancellationToken.None);
        }
        else
        {
            await database.PortalGroups.Where(one => one.StoreId == store && one.GroupId == group).ExecuteDeleteAsync(CancellationToken.None);
        }

        await GroupRows.RemoveAsync(database, store, [group], CancellationToken.None);
    }

    private static StepStatus Write(PortalGroupRecord record, PlanStep step)
    {
        var value = step.After is [var first, ..] ? first : null;
        switch (step.Path)
        {
            case AttributeNames.SecurityType:
                record.SecurityType = value;
                return StepStatus.Done;
            case AttributeNames.ManagedGroupType:
                record.ManagedGroupType = value;
                return StepStatus.Done;
            case AttributeNames.Information:
                record.Information = value;
                return StepStatus.Done;
            case var path when AttributeNames.IsOfRule(path):
                record.RuleJson = RuleColumn.With(record.RuleJson, path, step.After);
                return StepStatus.Done;
            case AttributeNames.AdditionalOwners when step.Target is { } owner:
                return WriteOwner(record, step.Action, owner.Id);
            default:
                throw new InvalidOperationException($"The portal keeps no {step.Path}.");
        }
    }

    private static StepStatus WriteOwner(PortalGroupRecord record, PlanAction action, Guid ownerId)
    {
        var present = record.AdditionalOwners.Find(owner => owner.OwnerId == ownerId);
        if ((present is not null) == (action == PlanAction.Add))
        {
            return StepStatus.NoChange;
        }

        if (present is not null)
        {
            record.AdditionalOwners.Remove(present);
        }
        else
        {
            record.AdditionalOwners.Add(new AdditionalOwnerRecord
            {
                StoreId = record.StoreId,
                GroupId = record.GroupId,
                OwnerId = ownerId,
                Position = record.AdditionalOwners.Count == 0 ? 0 : record.AdditionalOwners.Max(owner => owner.Position) + 1,
            });
        }

        return StepStatus.Done;
    }

    private static HistoryRecord Entry(PlanRun run, long now)
    {
        var counts = run.Counts;
        return new HistoryRecord
        {
            When = now,
            Account = run.Head.Account,
            DisplayName = run.Head.DisplayName,
            Role = run.Head.Role,
            Origin = run.Head.Origin,
            StoreId = run.Plan.StoreId,
            GroupId = run.GroupId,
            GroupName = run.Plan.GroupName,
            GroupDn = run.Plan.GroupDn,
            PlanId = run.Plan.Id,
            Kind = run.Plan.Kind,
            Status = ResultTree.StatusOf(counts.ByStatus.Keys),
            Done = counts[StepStatus.Done],
            Failed = counts[StepStatus.Failed],
            NoChange = counts[StepStatus.NoChange],
            Open = counts[StepStatus.NotAttempted] + counts[StepStatus.Unknown] + counts[StepStatus.Waiting],
            AskedBy = run.Head.AskedBy,
            DecidedBy = run.Head.DecidedBy,
            Reason = run.Head.Reason,
        };
    }
}
