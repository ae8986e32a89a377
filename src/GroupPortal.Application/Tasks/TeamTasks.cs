using GroupPortal.Application.Groups;
using GroupPortal.Application.Jobs;
using GroupPortal.Application.Storage;
using GroupPortal.Core.Access;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using GroupPortal.Core.Resources;
using GroupPortal.Core.Results;
using Microsoft.EntityFrameworkCore;

namespace GroupPortal.Application.Tasks;

/// <summary>The rows of a team that follows its group: the task when the plan closes, and what became of it at the end.</summary>
internal static class TeamTasks
{
    /// <summary>A group that is younger than this may not be ready to become a team (Graph, "Create team from group"); and so long each time.</summary>
    public static readonly TimeSpan Between = TimeSpan.FromMinutes(15);

    /// <summary>After that nobody expects it any more.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>What is said of a line that waits; the directory's own words stay beside it.</summary>
    public static DirectoryError Later(DirectoryError why) => why with { Detail = Texts.Format("Task.TeamFollows") };

    /// <summary>The task of a plan that closes while its team still waits; null for any other.</summary>
    public static TaskRecord? Of(PlanRun run, DateTimeOffset now)
    {
        if (run.Counts[StepStatus.Waiting] == 0 || run.GroupId is not { } group || run.Result.Rows.FirstOrDefault(IsWaiting) is not { } row)
        {
            return null;
        }

        return new TaskRecord
        {
            RunId = run.Plan.Id,
            Kind = TaskKind.MakeTeam,
            StoreId = run.Plan.StoreId,
            GroupId = group,
            GroupName = run.Plan.GroupName,
            Account = run.Head.Account,
            DisplayName = run.Head.DisplayName,
            Role = run.Head.Role,
            Origin = run.Head.Origin,
            PlanId = run.Plan.Id,
            Message = row.Message,
            ErrorCode = row.ErrorCode,
            Created = now.UtcTicks,
            NotBefore = (now + Between).UtcTicks,
        };
    }

    public static bool IsWaiting(PlanRow row) => row.Step.KeptBy == KeptBy.Teams && row.Status == StepStatus.Waiting;

    /// <summary>
    /// Within the transaction that ends the task: the line that waited has its outcome, and the history, to which nothing but new
    /// entries can come, an entry of its own, with a plan of one line.
    /// </summary>
    public static async Task SettleAsync(StateDb database, TaskRecord task, TaskResult result, long now)
    {
        var isMade = result.Outcome == TaskOutcome.Applied;
        var status = isMade ? StepStatus.Done : StepStatus.Failed;
        var error = isMade ? null : StateJson.WriteOptional(result.Error ?? new DirectoryError.Other(result.ErrorCode ?? string.Empty) { Detail = result.Message });
        var settled = await database.PlanSteps
            .Where(step => step.PlanId == task.PlanId && step.KeptBy == KeptBy.Teams && step.Status == StepStatus.Waiting)
            .ExecuteUpdateAsync(set => set.SetProperty(step => step.Status, status).SetProperty(step => step.ErrorJson, error));
        if (settled == 0)
        {
            return;
        }

        var first = await database.Plans.AsNoTracking().FirstOrDefaultAsync(plan => plan.Id == task.PlanId);
        var plan = Plan(task, first?.GroupDn ?? string.Empty, new DateTimeOffset(now, TimeSpan.Zero));
        var request = new GroupRequest
        {
            Kind = PlanKind.Update,
            GroupId = task.GroupId,
            Attributes = [new AttributeChange(AttributeNames.GroupType, ChangeMode.Set, [EntraGroupType.Teams.Text()])],
        };
        var head = PlanRows.Head(plan, request, new Requester(new Person(task.Account, task.DisplayName, task.Role), task.Origin), new DateTimeOffset(now, TimeSpan.Zero));
        (head.State, head.Started, head.Finished) = (PlanState.Finished, task.Started, now);
        var step = PlanRows.Step(plan.Id, plan.Steps[0]);
        (step.Status, step.HasOutcome, step.ErrorJson) = (status, true, error);
        database.Plans.Add(head);
        database.PlanSteps.Add(step);
        database.History.Add(new HistoryRecord
        {
            When = now,
            Account = task.Account,
            DisplayName = task.DisplayName,
            Role = task.Role,
            Origin = task.Origin,
            StoreId = task.StoreId,
            GroupId = task.GroupId,
            GroupName = task.GroupName,
            GroupDn = head.GroupDn,
            PlanId = plan.Id,
            Kind = plan.Kind,
            Status = status,
            Done = isMade ? 1 : 0,
            Failed = isMade ? 0 : 1,
        });
    }

    private static GroupPlan Plan(TaskRecord task, string dn, DateTimeOffset now)
    {
        var plan = new GroupPlan
        {
            Id = Guid.CreateVersion7(now),
            StoreId = task.StoreId,
            Kind = PlanKind.Update,
            GroupId = task.GroupId,
            GroupName = task.GroupName,
            GroupDn = dn,
            Steps = [new PlanStep(0, PlanAction.Set, AttributeNames.Team, [], [task.GroupName]) { KeptBy = KeptBy.Teams }],
        };
        return plan with { Hash = PlanHash.Of(plan) };
    }
}
