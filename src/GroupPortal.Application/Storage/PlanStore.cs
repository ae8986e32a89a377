using System.Data;
using GroupPortal.Application.Groups;
using GroupPortal.Application.Jobs;
using GroupPortal.Application.SmartGroups;
using GroupPortal.Application.Tasks;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using GroupPortal.Core.Results;
using Microsoft.EntityFrameworkCore;

namespace GroupPortal.Application.Storage;

/// <summary>Plans and their lines in the state database.</summary>
public sealed class PlanStore
{
    private readonly IDbContextFactory<StateDb> _databases;
    private readonly StateWriters _writers;
    private readonly TimeProvider _clock;
    private readonly RecentPlans _recent = new();

    internal PlanStore(IDbContextFactory<StateDb> databases, StateWriters writers, TimeProvider clock) =>
        (_databases, _writers, _clock) = (databases, writers, clock);

    internal Task SaveAsync(GroupPlan plan, GroupRequest request, Requester requester, CancellationToken cancellation) =>
        SaveAsync(plan, request, requester, decision: null, cancellation);

    private async Task SaveAsync(GroupPlan plan, GroupRequest request, Requester requester, PlanDecision? decision, CancellationToken cancellation)
    {
        await using var transaction = await _writers.BeginAsync(cancellation);
        var head = PlanRows.Head(plan, request, requester, _clock.GetUtcNow(), decision);
        await InsertAsync(transaction, head, plan, cancellation);
        await transaction.CommitAsync();
        _recent.Add(new LoadedPlan(head, plan, [.. plan.Steps.Select(step => new PlanRow(step))]));
    }

    /// <summary>
    /// Keeps a plan that is applied at once or never, without writing it yet: it is written with its claim, in one transaction.
    /// A process that ends before has promised nothing.
    /// </summary>
    internal Task HoldAsync(GroupPlan plan, GroupRequest request, Requester requester, CancellationToken cancellation) =>
        HoldAsync(plan, request, requester, decision: null, cancellation);

    /// <param name="decision">Of an update that was held; null for all others.</param>
    internal async Task HoldAsync(GroupPlan plan, GroupRequest request, Requester requester, PlanDecision? decision, CancellationToken cancellation)
    {
        if (plan.Steps.Count > RecentPlans.MostSteps)
        {
            await SaveAsync(plan, request, requester, decision, cancellation);
            return;
        }

        var head = PlanRows.Head(plan, request, requester, _clock.GetUtcNow(), decision);
        _recent.Add(new LoadedPlan(head, plan, [.. plan.Steps.Select(step => new PlanRow(step))]) { IsSaved = false });
    }

    /// <summary>A plan that waits to be applied: from memory when it was made a moment ago, else from the database.</summary>
    internal async Task<LoadedPlan?> LoadForApplyAsync(Guid planId, CancellationToken cancellation)
    {
        if (_recent.Take(planId) is { } recent)
        {
            return recent;
        }

        return await LoadAsync(planId, cancellation) is var (head, rows)
            ? new LoadedPlan(head, PlanRows.Plan(head, [.. rows.Select(row => row.Step)]), rows)
            : null;
    }

    internal async Task<PlanRecord?> FindAsync(Guid planId, CancellationToken cancellation)
    {
        await using var database = await _databases.CreateDbContextAsync(cancellation);
        return await database.Plans.AsNoTracking().FirstOrDefaultAsync(plan => plan.Id == planId, cancellation);
    }

    /// <summary>Head and all rows, of one moment: the outcomes fit the state.</summary>
    internal async Task<(PlanRecord Head, List<PlanRow> Rows)?> LoadAsync(Guid planId, CancellationToken cancellation)
    {
        await using var database = await _databases.CreateDbContextAsync(cancellation);
        await using var snapshot = await database.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellation);
        var head = await database.Plans.AsNoTracking().FirstOrDefaultAsync(plan => plan.Id == planId, cancellation);
        if (head is null)
        {
            return null;
        }

        var records = await database.PlanSteps.AsNoTracking()
            .Where(step => step.PlanId == planId)
            .OrderBy(step => step.Ordinal)
            .ToListAsync(cancellation);
        return (head, records.ConvertAll(PlanRows.Row));
    }

    internal async Task<Core.Directories.Page<PlanRow>> RowsAsync(Guid planId, RowFilter filter, int skip, int take, CancellationToken cancellation)
    {
        await using var database = await _databases.CreateDbContextAsync(cancellation);
        var rows = database.PlanSteps.AsNoTracking().Where(step => step.PlanId == planId);
        if (filter.Status is { } status)
        {
            rows = rows.Where(step => step.Status == status);
        }

        if (filter.Path is { } path)
        {
            rows = rows.Where(step => step.Path == path);
        }

        if (filter.Action is { } action)
        {
            rows = rows.Where(step => step.Action == action);
        }

        if (!string.IsNullOrEmpty(filter.Search))
        {
            return await SearchAsync(rows, filter.Search, skip, take, cancellation);
        }

        var total = await rows.LongCountAsync(cancellation);
        var records = await rows.OrderBy(step => step.Ordinal).Skip(skip).Take(take).ToListAsync(cancellation);
        return new Core.Directories.Page<PlanRow>(records.ConvertAll(PlanRows.Row), total);
    }

    // The names stand in JSON, and SQLite knows the cases of ASCII only: read in passing, never all at once.
    private static async Task<Core.Directories.Page<PlanRow>> SearchAsync(
        IQueryable<PlanStepRecord> rows, string search, int skip, int take, CancellationToken cancellation)
    {
        var (found, page) = (0L, new List<PlanRow>());
        await foreach (var record in rows.OrderBy(step => step.Ordinal).AsAsyncEnumerable().WithCancellation(cancellation))
        {
            if (StateJson.ReadOptional<StepTarget>(record.TargetJson)?.Label.Contains(search, StringComparison.OrdinalIgnoreCase) != true)
            {
                continue;
            }

            if (found++ >= skip && page.Count < take)
            {
                page.Add(PlanRows.Row(record));
            }
        }

        return new Core.Directories.Page<PlanRow>(page, found);
    }

    internal async Task<PlanProgress?> ProgressAsync(Guid planId, CancellationToken cancellation)
    {
        await using var database = await _databases.CreateDbContextAsync(cancellation);
        var head = await database.Plans.AsNoTracking().FirstOrDefaultAsync(plan => plan.Id == planId, cancellation);
        if (head is null)
        {
            return null;
        }

        var counts = await database.PlanSteps
            .Where(step => step.PlanId == planId)
            .GroupBy(step => step.Status)
            .Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(pair => pair.Key, pair => pair.Count, cancellation);
        return new PlanProgress(planId, head.State, new StatusCounts(counts), head.GroupId) { IsConflict = head.IsConflict };
    }

    /// <summary>
    /// The one claim of a plan, and with it the journal row of its first write: from here on a crash loses nothing, and
    /// nobody can start it again.
    /// </summary>
    /// <param name="task">The task that this plan carries out; it names the plan from here on.</param>
    internal async Task<ClaimAnswer> TryClaimAsync(LoadedPlan plan, JournalRecord? first, Requester requester, CancellationToken cancellation, TaskClaim? task = null)
    {
        var head = plan.Head;
        var now = _clock.GetUtcNow().UtcTicks;
        await using var transaction = await _writers.BeginAsync(cancellation);
        if (task is (var id, var token)
            && await transaction.ExecuteAsync(
                $"""
                UPDATE "Tasks" SET "PlanId" = {head.Id}, "Adds" = {(int)plan.Plan.Guard.Adds}, "Removes" = {(int)plan.Plan.Guard.Removes}
                WHERE "Id" = {id} AND "Token" = {token} AND "State" = {(int)TaskState.Running}
                """,
                cancellation) == 0)
        {
            return ClaimAnswer.Taken;
        }

        // A rule lies with the portal: no version of the directory moves with it. The row stays locked until the claim stands.
        if (head is { Kind: PlanKind.Recompute, GroupId: { } group, BasePortalVersion: { } version }
            && await transaction.ExecuteAsync(
                $"""
                UPDATE "PortalGroups" SET "Version" = {version}
                WHERE "StoreId" = {head.StoreId} AND "GroupId" = {group} AND "Version" = {version} AND "ManagedGroupType" = '2'
                """,
                cancellation) == 0)
        {
            return ClaimAnswer.Overtaken;
        }

        if (plan.IsSaved)
        {
            var claimed = await transaction.ExecuteAsync(
                $"""
                UPDATE "Plans" SET "State" = {(int)PlanState.Running}, "Started" = {now}, "Role" = {(int)requester.Person.Role}, "Origin" = {requester.Origin}
                WHERE "Id" = {head.Id} AND "State" = {(int)PlanState.Planned}
                """,
                cancellation);
            if (claimed == 0)
            {
                return ClaimAnswer.Taken;
            }
        }

        (head.State, head.Started, head.Role, head.Origin) = (PlanState.Running, now, requester.Person.Role, requester.Origin);
        if (!plan.IsSaved)
        {
            await InsertAsync(transaction, head, plan.Plan, cancellation);
        }

        if (first is not null)
        {
            await transaction.InsertAsync([first], cancellation);
        }

        // Not cancelled: a caller who leaves now must not leave a claimed plan that nobody was told to run.
        await transaction.CommitAsync();
        return ClaimAnswer.Claimed;
    }

    private static async Task InsertAsync(StateTransaction transaction, PlanRecord head, GroupPlan plan, CancellationToken cancellation)
    {
        await transaction.InsertAsync([head], cancellation);
        await transaction.InsertAsync([.. plan.Steps.Select(step => PlanRows.Step(plan.Id, step))], cancellation);
    }

    /// <summary>Plans that a former process began, or was about to, in the order in which they were started.</summary>
    internal async Task<IReadOnlyList<PlanRecord>> UnfinishedAsync(CancellationToken cancellation)
    {
        await using var database = await _databases.CreateDbContextAsync(cancellation);
        return await database.Plans.AsNoTracking()
            .Where(plan => plan.State == PlanState.Running && plan.State != PlanState.Finished)
            .OrderBy(plan => plan.Started)
            .ToListAsync(cancellation);
    }

    /// <summary>Plans that were only looked at: a preview of a hundred thousand members is a hundred thousand rows.</summary>
    internal async Task<int> RemoveUnusedAsync(DateTimeOffset before, CancellationToken cancellation)
    {
        await using var database = await _databases.CreateDbContextAsync(cancellation);
        var ticks = before.UtcTicks;
        return await database.Plans
            .Where(plan => plan.State == PlanState.Planned && plan.State != PlanState.Finished && plan.Planned < ticks)
            // What is held is looked at for as long as it is held.
            .Where(plan => !database.HeldPlans.Any(held => held.PlanId == plan.Id))
            .ExecuteDeleteAsync(cancellation);
    }
}
