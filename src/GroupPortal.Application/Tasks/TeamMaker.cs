using GroupPortal.Application.Groups;
using GroupPortal.Application.Storage;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Resources;
using Microsoft.Extensions.Logging;

namespace GroupPortal.Application.Tasks;

/// <summary>
/// Makes the team of a group that was too young for it when its plan was applied: every quarter of an hour, for a day. One attempt
/// may be made twice, by a process that ended in between: what stands is looked at before anything is sent.
/// </summary>
internal sealed class TeamMaker(StoreRegistry stores, PlanStore plans, TimeProvider clock, ILogger<TeamMaker> logger)
{
    public async Task<TaskResult> MakeAsync(TaskRecord task, CancellationToken stopping)
    {
        if (!stores.TryGet(task.StoreId, out var directory) || task.PlanId is not { } planId || await plans.LoadAsync(planId, stopping) is not var (_, rows))
        {
            return Failed(task, new DirectoryError.NotFound());
        }

        if (rows.Find(TeamTasks.IsWaiting) is not { } row)
        {
            return Applied(task);
        }

        var write = new DirectoryWrite.MakeTeam(0, row.Step.Ordinal);
        var target = new WriteTarget(task.GroupId, ExpectedVersion: null);
        var answer = await TryAsync(() => directory.SettleAsync(write, target, stopping));
        if (answer is DirectoryWriteAnswer.Refused or DirectoryWriteAnswer.NotYet)
        {
            stopping.ThrowIfCancellationRequested();
            answer = await TryAsync(() => directory.WriteAsync(write, target, CancellationToken.None));
        }

        return answer switch
        {
            DirectoryWriteAnswer.Applied => Applied(task),
            DirectoryWriteAnswer.NotYet(var why, var after) => Later(task, why, after),
            DirectoryWriteAnswer.Unknown(var why) => Later(task, why, TimeSpan.Zero),
            DirectoryWriteAnswer.Refused { Error: DirectoryError.Throttled throttled } => Later(task, throttled, throttled.After),
            DirectoryWriteAnswer.Refused { Error: DirectoryError.Unavailable away } => Later(task, away, TimeSpan.Zero),
            DirectoryWriteAnswer.Refused refused => Failed(task, refused.Error),
            _ => throw new InvalidOperationException("Unreachable: the hierarchy is closed."),
        };
    }

    private TaskResult Later(TaskRecord task, DirectoryError why, TimeSpan after)
    {
        var again = clock.GetUtcNow() + (after > TeamTasks.Between ? after : TeamTasks.Between);
        return again - new DateTimeOffset(task.Created, TimeSpan.Zero) > TeamTasks.Longest
            ? Failed(task, why with { Detail = Texts.Format("Task.TeamGivenUp") })
            : new TaskResult(TaskOutcome.None) { Again = again, PlanId = task.PlanId, Message = Texts.Format("Task.TeamFollows"), ErrorCode = why.Code };
    }

    private static TaskResult Applied(TaskRecord task) => new(TaskOutcome.Applied) { PlanId = task.PlanId, Message = Texts.Format("Task.TeamMade") };

    private static TaskResult Failed(TaskRecord task, DirectoryError error) =>
        new(TaskOutcome.Failed) { Errors = 1, PlanId = task.PlanId, Error = error, Message = error.Message, ErrorCode = error.Code };

    /// <summary>An adapter does not throw; where one does all the same, nobody knows how far its request got.</summary>
    private async Task<DirectoryWriteAnswer> TryAsync(Func<Task<DirectoryWriteAnswer>> ask)
    {
        try
        {
            return await ask();
        }
        // Any exception at all is a fault of the adapter, and the write may have been sent.
#pragma warning disable CA1031
        catch (Exception fault) when (fault is not OperationCanceledException)
#pragma warning restore CA1031
        {
            logger.AdapterThrew(fault);
            return new DirectoryWriteAnswer.Unknown(new DirectoryError.Other(fault.GetType().Name) { ServerText = fault.Message });
        }
    }
}
