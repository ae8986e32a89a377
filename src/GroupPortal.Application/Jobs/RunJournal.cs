using GroupPortal.Application.Storage;
using GroupPortal.Core.Directories;
using Microsoft.EntityFrameworkCore;

namespace GroupPortal.Application.Jobs;

/// <summary>
/// The journal of one apply: a row before each write leaves, its answer after. The answer of one write and the row of the
/// next share a transaction, and the last answer shares the one that closes the plan.
/// </summary>
internal sealed class RunJournal(IDbContextFactory<StateDb> databases, StateWriters writers, RunnerProbe probe, TimeProvider clock)
{
    public static JournalRecord Row(Guid planId, int sequence, DirectoryWrite write, DateTimeOffset now) => new()
    {
        PlanId = planId,
        Sequence = sequence,
        WriteOrdinal = write.Ordinal,
        Description = WriteQueue.Describe(write),
        State = JournalState.Dispatched,
        Dispatched = now.UtcTicks,
    };

    public async Task<IReadOnlyList<JournalRecord>> ReadAsync(Guid planId, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        return await database.Journal.AsNoTracking().Where(row => row.PlanId == planId).OrderBy(row => row.Sequence).ToListAsync(cancellation);
    }

    /// <summary>Saves what is known and says that the next write is about to leave.</summary>
    public async Task DispatchAsync(PlanRun run, DirectoryWrite write)
    {
        probe.Reach(RunnerProbe.BeforeDispatchRow);
        var hadAnswer = run.Open is not null;
        var row = Row(run.Plan.Id, (run.Open?.Sequence ?? -1) + 1, write, clock.GetUtcNow());
        await SaveAsync(run, row);
        run.Open = row;
        if (hadAnswer)
        {
            probe.Reach(RunnerProbe.AfterAnswerRow);
        }

        probe.Reach(RunnerProbe.AfterDispatchRow);
    }

    /// <summary>Saves what is known, when the host stops between two writes.</summary>
    public Task SaveAsync(PlanRun run) => SaveAsync(run, next: null);

    /// <summary>The answer of the last row; saved with the next transaction.</summary>
    public void Answer(PlanRun run, JournalAnswer answer, DirectoryError? error = null, bool isSettled = false)
    {
        if (run.Open is { } open)
        {
            open.State = isSettled ? JournalState.Settled : JournalState.Answered;
            open.Answer = answer;
            open.ErrorJson = StateJson.WriteOptional(error);
            open.GroupId = run.GroupId;
            open.Answered = clock.GetUtcNow().UtcTicks;
        }
    }

    /// <summary>Puts the last answer and all new outcomes into a transaction of the caller's.</summary>
    public static async Task SaveIntoAsync(StateTransaction transaction, PlanRun run)
    {
        if (run.Open is { State: not JournalState.Dispatched } answered)
        {
            await transaction.ExecuteAsync(
                $"""
                UPDATE "Journal" SET "State" = {(int)answered.State}, "Answer" = {(int)answered.Answer}, "ErrorJson" = {answered.ErrorJson},
                    "GroupId" = {answered.GroupId}, "Answered" = {answered.Answered}
                WHERE "PlanId" = {answered.PlanId} AND "Sequence" = {answered.Sequence}
                """,
                CancellationToken.None);
        }

        await OutcomeRanges.SaveAsync(transaction, run.Plan.Id, run.UnsavedRanges, CancellationToken.None);
    }

    private async Task SaveAsync(PlanRun run, JournalRecord? next)
    {
        await using var transaction = await writers.BeginAsync(CancellationToken.None);
        await SaveIntoAsync(transaction, run);
        if (run.GroupId is { } groupId && groupId != run.Head.GroupId)
        {
            await transaction.ExecuteAsync($"""UPDATE "Plans" SET "GroupId" = {groupId} WHERE "Id" = {run.Plan.Id}""", CancellationToken.None);
        }

        if (next is not null)
        {
            await transaction.InsertAsync([next], CancellationToken.None);
        }

        await transaction.CommitAsync();
        run.Head.GroupId = run.GroupId;
        run.Saved();
    }
}
