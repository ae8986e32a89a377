using GroupPortal.Application.Groups;
using GroupPortal.Application.SmartGroups;
using GroupPortal.Core.Access;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using GroupPortal.Core.Results;

namespace GroupPortal.Application.Storage;

/// <summary>Between plans and their rows. Pure.</summary>
internal static class PlanRows
{
    public static PlanRecord Head(GroupPlan plan, GroupRequest request, Requester requester, DateTimeOffset now, PlanDecision? decision = null) => new()
    {
        Id = plan.Id,
        StoreId = plan.StoreId,
        Kind = plan.Kind,
        GroupId = plan.GroupId,
        GroupName = plan.GroupName,
        GroupDn = plan.GroupDn,
        BaseDirectoryVersion = plan.BaseVersion?.Directory,
        BasePortalVersion = plan.BaseVersion?.Portal,
        GuardJson = StateJson.Write(plan.Guard),
        AccessVerdict = plan.Access.Verdict,
        AccessReason = plan.Access.Reason,
        IsStrict = plan.IsStrict,
        Hash = plan.Hash,
        RequestJson = StateJson.Write(request),
        State = PlanState.Planned,
        Account = requester.Person.Account,
        DisplayName = requester.Person.DisplayName,
        Role = requester.Person.Role,
        Origin = requester.Origin,
        AskedBy = decision?.AskedBy,
        DecidedBy = decision?.DecidedBy,
        Reason = decision?.Reason,
        Planned = now.UtcTicks,
    };

    public static PlanResult Result(PlanRecord head, GroupPlan plan, IReadOnlyList<PlanRow> rows, string server) =>
        new(plan, rows, head.State, head.GroupId, server)
        {
            Account = head.Account,
            Planned = Time(head.Planned),
            Started = head.Started is { } started ? Time(started) : null,
            Finished = head.Finished is { } finished ? Time(finished) : null,
            IsConflict = head.IsConflict,
        };

    public static PlanStepRecord Step(Guid planId, PlanStep step) => new()
    {
        PlanId = planId,
        Ordinal = step.Ordinal,
        Action = step.Action,
        Path = step.Path,
        BeforeJson = StateJson.Write(step.Before),
        AfterJson = StateJson.Write(step.After),
        KeptBy = step.KeptBy,
        Reason = step.Reason,
        TargetJson = StateJson.WriteOptional(step.Target),
        PreviousJson = StateJson.WriteOptional(step.Previous),
        ProblemJson = StateJson.WriteOptional(step.Problem),
        Effect = step.Effect,
        Status = InitialStatus(step),
    };

    public static StepStatus InitialStatus(PlanStep step) => step switch
    {
        { Problem: not null } => StepStatus.Failed,
        { IsWritten: true } => StepStatus.Planned,
        _ => StepStatus.NoChange,
    };

    public static GroupPlan Plan(PlanRecord head, IReadOnlyList<PlanStep> steps) => new()
    {
        Id = head.Id,
        StoreId = head.StoreId,
        Kind = head.Kind,
        // A create's own id is no part of the plan: Batch and hash must come out as they did before it was known.
        GroupId = head.Kind == PlanKind.Create ? null : head.GroupId,
        GroupName = head.GroupName,
        GroupDn = head.GroupDn,
        BaseVersion = head.BaseDirectoryVersion is { } version ? new GroupVersion(version, head.BasePortalVersion ?? 0) : null,
        Steps = steps,
        Guard = StateJson.Read<GuardVerdict>(head.GuardJson),
        Access = new AccessDecision(head.AccessVerdict, head.AccessReason),
        IsStrict = head.IsStrict,
        Hash = head.Hash,
    };

    public static PlanRow Row(PlanStepRecord record)
    {
        var step = new PlanStep(
            record.Ordinal, record.Action, record.Path, StateJson.Read<string[]>(record.BeforeJson), StateJson.Read<string[]>(record.AfterJson))
        {
            KeptBy = record.KeptBy,
            Reason = record.Reason,
            Target = StateJson.ReadOptional<StepTarget>(record.TargetJson),
            Previous = StateJson.ReadOptional<StepTarget>(record.PreviousJson),
            Problem = StateJson.ReadOptional<Problem>(record.ProblemJson),
            Effect = record.Effect,
        };
        // What nobody writes (a field of the wire) is done with from the beginning.
        var settled = record.HasOutcome || (record.Status == StepStatus.NoChange && step.Action != PlanAction.NoChange);
        return new PlanRow(step, settled ? new StepOutcome(record.Ordinal, record.Status, StateJson.ReadOptional<DirectoryError>(record.ErrorJson)) : null);
    }

    private static DateTimeOffset Time(long ticks) => new(ticks, TimeSpan.Zero);
}
