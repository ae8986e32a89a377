using System.Globalization;
using GroupPortal.Application.Access;
using GroupPortal.Application.Groups;
using GroupPortal.Application.Jobs;
using GroupPortal.Application.Storage;
using GroupPortal.Application.Tasks;
using GroupPortal.Core.Access;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using GroupPortal.Core.Resources;
using GroupPortal.Core.Results;
using GroupPortal.Core.SmartGroups;

namespace GroupPortal.Application.SmartGroups;

/// <summary>
/// Brings one smart group to where its rule has it: evaluate, compare with the members that the directory has now, ask the
/// guard, apply by the journal, and look. Whatever could not be asked whole removes nobody.
/// </summary>
internal sealed class SmartUpdater(
    StoreRegistry stores, GroupReader groups, PortalGroupStore portal, RuleReader rules, ISmartEvaluator evaluator, GroupAccess access, TaskStore tasks,
    HeldPlanStore held, PlanStore plans, PlanStarter starter, GroupService service, RunnerProbe probe, TimeProvider clock)
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(2);

    /// <summary>A rule that changes each time while it is evaluated is left to the next update.</summary>
    private const int MostAttempts = 3;

    private static readonly IReadOnlyDictionary<Guid, StepTarget> Nobody = new Dictionary<Guid, StepTarget>();

    /// <summary>Begins the task, or goes on where a process that is gone has left it.</summary>
    public async Task<TaskResult> UpdateAsync(TaskRecord task, CancellationToken stopping)
    {
        if (!stores.TryGet(task.StoreId, out var directory))
        {
            return Refused("GroupGone");
        }

        // From the moment in which its plan was claimed the journal goes on by itself. A plan that was only made is made anew.
        if (task.PlanId is { } begun && await plans.ProgressAsync(begun, stopping) is { State: not PlanState.Planned })
        {
            await held.RemoveAsync(task.StoreId, task.GroupId, stopping);
            if (await EndAsync(directory, begun, stopping) is { } ended)
            {
                return ended;
            }
        }

        try
        {
            for (var attempt = 1; attempt <= MostAttempts; attempt++)
            {
                if (await UpdateAsync(task, directory, stopping) is { } result)
                {
                    return result;
                }
            }

            return new TaskResult(TaskOutcome.Failed) { Errors = 1, Message = Texts.Format("Task.Overtaken"), ErrorCode = nameof(DirectoryError.Conflict) };
        }
        catch (NotWholeException fault)
        {
            return new TaskResult(TaskOutcome.Failed) { Errors = 1, Message = fault.Error.Message, ErrorCode = fault.Error.Code };
        }
    }

    /// <summary>Null where the rule changed before anything was written: evaluate anew.</summary>
    private async Task<TaskResult?> UpdateAsync(TaskRecord task, IDirectory directory, CancellationToken stopping)
    {
        var requester = new Requester(new Person(task.Account, task.DisplayName, task.Role), task.Origin);
        if (Whole(await groups.GetAsync(task.StoreId, task.GroupId, stopping)) is not { } group)
        {
            return Refused("GroupGone") with { IsGroupGone = true };
        }

        if (group.Membership != Membership.Smart)
        {
            await held.RemoveAsync(task.StoreId, task.GroupId, stopping);
            return Refused("NotSmart");
        }

        if (GroupAuthorities.WhyNotWritten(group.Authority, AttributeNames.Members, ProblemScope.Request) is { } elsewhere)
        {
            return new TaskResult(TaskOutcome.Refused) { Errors = 1, Message = elsewhere.Message, ErrorCode = nameof(DirectoryError.PolicyBlocked) };
        }

        var relation = AccessPolicy.AsksRelation(task.Role) ? Whole(await access.RelationAsync(task.StoreId, group, requester.Person, stopping)) : GroupRelation.None;
        var decision = access.Decide(task.StoreId, group, requester.Person, relation, GroupActions.UpdateMembers);
        if (decision.Verdict != AccessVerdict.Allow && !group.IsProtected)
        {
            return new TaskResult(TaskOutcome.Refused) { Errors = 1, Message = decision.Message, ErrorCode = nameof(DirectoryError.AccessDenied) };
        }

        if (rules.RuleOf(group, directory.Vocabulary) is not { } rule)
        {
            return Refused("RuleBroken");
        }

        switch (await evaluator.EvaluateAsync(task.StoreId, group.Id, rule, stopping))
        {
            case SmartEvaluation.Ok ok:
                var facts = await FactsAsync(task, directory, group, rule, ok, decision, stopping);
                return await ApplyAsync(task, directory, RecomputePlanner.Plan(Guid.CreateVersion7(clock.GetUtcNow()), facts), requester, stopping);
            case SmartEvaluation.Failed(var error):
                throw new NotWholeException(error);
            case SmartEvaluation.Stale:
                return new TaskResult(TaskOutcome.Failed) { Errors = 1, Message = Texts.Format("Task.Stale"), ErrorCode = nameof(DirectoryError.Unavailable) };
            default:
                throw new InvalidOperationException("Unreachable: the hierarchy is closed.");
        }
    }

    /// <summary>The members come from the directory itself, all of them; names are asked only for those who go.</summary>
    private async Task<RecomputeFacts> FactsAsync(
        TaskRecord task, IDirectory directory, GroupState group, SmartRule rule, SmartEvaluation.Ok evaluation, AccessDecision decision, CancellationToken stopping)
    {
        var present = Whole(await directory.MemberIdsAsync(group.Id, stopping));
        var selected = await WithUnseenAsync(directory, evaluation, present, stopping);
        var (joining, leaving) = RecomputePlanner.Difference(group.Id, present, selected, evaluation.Unseen);
        if (joining.Count + leaving.Count == 0)
        {
            return new RecomputeFacts(directory.Store, group, present, selected, Nobody) { Unseen = evaluation.Unseen };
        }

        var ancestors = Whole(await directory.AncestorsAsync(group.Id, stopping));
        var isProtected = group.IsProtected
            || (ancestors.Count > 0 && Whole(await directory.GetGroupsAsync([.. ancestors], stopping)).Values.Any(one => one.IsProtected));
        var now = clock.GetUtcNow();
        var (adds, removes) = await tasks.SpentAsync(task, stopping);
        return new RecomputeFacts(directory.Store, group, present, selected, await NamesAsync(directory, leaving, stopping))
        {
            Unseen = evaluation.Unseen,
            IsShrunk = evaluation.IsShrunk,
            Excluded = rule.Exclude.Where(one => one.HoldsAt(now)).Select(one => one.Id).ToHashSet(),
            Ancestors = ancestors,
            IsProtected = isProtected,
            Limits = stores.SettingsOf(task.StoreId).Recompute,
            RunAdds = adds,
            RunRemoves = removes,
            Access = decision,
        };
    }

    /// <summary>Whom an Include names, and the evaluator does not hold, may still be somebody to the directory.</summary>
    private static async Task<IReadOnlyDictionary<Guid, SelectedObject>> WithUnseenAsync(
        IDirectory directory, SmartEvaluation.Ok evaluation, IReadOnlySet<Guid> present, CancellationToken stopping)
    {
        List<Guid> absent = [.. evaluation.Unseen.Where(id => !present.Contains(id))];
        if (absent.Count == 0)
        {
            return evaluation.Selected;
        }

        var selected = new Dictionary<Guid, SelectedObject>(evaluation.Selected);
        foreach (var one in Whole(await directory.GetObjectsAsync(absent, stopping)).Values)
        {
            selected.Add(one.Id, new SelectedObject(one.Id, one.Kind, one.Label, one.Dn, IsExcepted: true, one.GroupType));
        }

        return selected;
    }

    /// <summary>The evaluator knows nearly all of them; a directory would be asked in many small questions.</summary>
    private async Task<IReadOnlyDictionary<Guid, StepTarget>> NamesAsync(IDirectory directory, IReadOnlyList<Guid> ids, CancellationToken stopping)
    {
        if (ids.Count == 0)
        {
            return Nobody;
        }

        var names = new Dictionary<Guid, StepTarget>(evaluator.Describe(directory.Store.Id, ids));
        List<Guid> others = [.. ids.Where(id => !names.ContainsKey(id))];
        if (others.Count > 0)
        {
            foreach (var (id, one) in Whole(await directory.GetObjectsAsync(others, stopping)))
            {
                names.Add(id, new StepTarget(id, one.Kind, one.Label, one.Dn));
            }
        }

        return names;
    }

    private async Task<TaskResult?> ApplyAsync(TaskRecord task, IDirectory directory, GroupPlan plan, Requester requester, CancellationToken stopping)
    {
        var problems = plan.LineProblems.ToList();
        if (plan.WriteCount == 0)
        {
            await held.RemoveAsync(task.StoreId, task.GroupId, stopping);
            return new TaskResult(TaskOutcome.NoChange) { Errors = problems.Count, Message = problems.Count > 0 ? problems[0].Message : null };
        }

        // What was held goes on being held until somebody decides, also where the guard would let it pass by now: it counts over runs,
        // and a run of this one group has no others to count.
        var known = await held.FindAsync(plan.StoreId, task.GroupId, stopping) is { } record && record.Hash == plan.Hash ? record : null;
        if (known is null ? plan.Guard.IsHeld : known.State != HeldState.Approved)
        {
            return await HoldAsync(plan, known, requester, stopping);
        }

        var decision = known is null ? null : new PlanDecision(known.Account, known.DecidedBy ?? string.Empty, known.Reason ?? string.Empty);
        await plans.HoldAsync(plan, new GroupRequest { Kind = PlanKind.Recompute, GroupId = plan.GroupId }, requester, decision, stopping);
        probe.Reach(RunnerProbe.TaskPlanned);
        var answer = await starter.StartAsync(plan.Id, requester, plan.Hash, isAwaited: false, CancellationToken.None, task.Claim);
        if (answer is not ApplyAnswer.Started)
        {
            return answer switch
            {
                ApplyAnswer.Denied(var no) => new TaskResult(TaskOutcome.Refused) { Errors = 1, Message = no.Message, ErrorCode = nameof(DirectoryError.AccessDenied) },
                ApplyAnswer.DirectoryFailed(var error) => throw new NotWholeException(error),
                ApplyAnswer.Overtaken => null,
                // Nobody else knows this plan: it is the task that is somebody else's.
                ApplyAnswer.AlreadyApplied => throw new ClaimLostException(),
                _ => throw new InvalidOperationException($"A plan of this very moment was not started: {answer.GetType().Name}."),
            };
        }

        await held.RemoveAsync(task.StoreId, task.GroupId, CancellationToken.None);
        return await EndAsync(directory, plan.Id, stopping);
    }

    /// <param name="before">The same, held before: nothing is different, and what was decided of it, and since when it is held, stays.</param>
    private async Task<TaskResult> HoldAsync(GroupPlan plan, HeldPlanRecord? before, Requester requester, CancellationToken stopping)
    {
        var groupId = plan.GroupId!.Value;
        var guard = before is null ? plan.Guard : StateJson.Read<GuardVerdict>(before.GuardJson);
        if (before is null)
        {
            await plans.SaveAsync(plan, new GroupRequest { Kind = PlanKind.Recompute, GroupId = groupId }, requester, stopping);
            await held.ReplaceAsync(plan, requester.Person.Account, (await portal.FindAsync(plan.StoreId, groupId, stopping))?.RuleBy, stopping);
        }

        var isRejected = before is { State: HeldState.Rejected };
        return new TaskResult(isRejected ? TaskOutcome.Rejected : TaskOutcome.Held)
        {
            Adds = (int)plan.Guard.Adds,
            Removes = (int)plan.Guard.Removes,
            Errors = plan.LineProblems.Count(),
            PlanId = before?.PlanId ?? plan.Id,
            Message = isRejected ? RejectionOf(before!) : string.Join(' ', guard.Holds.Select(hold => Texts.Format("Guard." + hold))),
            ErrorCode = nameof(DirectoryError.PolicyBlocked),
        };
    }

    private static string RejectionOf(HeldPlanRecord held) => Texts.Format(
        "Task.Rejected",
        held.DecidedBy ?? string.Empty,
        new DateTimeOffset(held.Decided ?? 0, TimeSpan.Zero).ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture),
        held.Reason ?? string.Empty);

    /// <summary>
    /// Waits for the plan, then asks the directory whether those who came are in and those who went are not. Null where the plan
    /// found another rule when its turn came, and wrote nothing.
    /// </summary>
    private async Task<TaskResult?> EndAsync(IDirectory directory, Guid planId, CancellationToken stopping)
    {
        var result = await service.WaitAsync(planId, stopping);
        if (result.IsConflict)
        {
            return null;
        }

        probe.Reach(RunnerProbe.TaskApplied);
        var done = result.Rows.Where(row => row.Status is StepStatus.Done or StepStatus.NoChange && row.Step.Target is not null).ToList();
        var errors = result.Rows.Count - done.Count;
        var first = result.Rows.FirstOrDefault(row => row.Status is not (StepStatus.Done or StepStatus.NoChange));
        var (message, code) = (first?.Message, first?.ErrorCode);
        var looked = await LookAsync(directory, result.GroupId!.Value, [.. done.Select(row => row.Step.Target!.Id)], stopping);
        var isChecked = looked is DirectoryAnswer<IReadOnlySet<Guid>>.Ok;
        if (looked is DirectoryAnswer<IReadOnlySet<Guid>>.Ok(var members))
        {
            var wrong = done.RemoveAll(row => (row.Step.Action == PlanAction.Add) != members.Contains(row.Step.Target!.Id));
            errors += wrong;
            message ??= wrong > 0 ? Texts.Format("Task.NotAsWritten") : null;
        }
        else
        {
            message ??= Texts.Format("Task.NotChecked");
            code ??= (looked as DirectoryAnswer<IReadOnlySet<Guid>>.Failed)?.Error.Code ?? nameof(DirectoryError.Unavailable);
        }

        var (adds, removes) = (done.Count(row => row.Step.Action == PlanAction.Add), done.Count(row => row.Step.Action == PlanAction.Remove));
        var outcome = errors == 0 && isChecked ? TaskOutcome.Applied : adds + removes > 0 ? TaskOutcome.Partly : TaskOutcome.Failed;
        return new TaskResult(outcome) { Adds = adds, Removes = removes, Errors = errors, PlanId = planId, Message = message, ErrorCode = code };
    }

    /// <summary>A directory that has just written may be busy; what nobody has seen is not said to be so.</summary>
    private async Task<DirectoryAnswer<IReadOnlySet<Guid>>> LookAsync(IDirectory directory, Guid group, IReadOnlyList<Guid> ids, CancellationToken stopping)
    {
        for (var attempt = 1; ; attempt++)
        {
            var answer = await directory.WhichAreMembersAsync(group, ids, stopping);
            if (answer is DirectoryAnswer<IReadOnlySet<Guid>>.Ok || attempt == MostAttempts)
            {
                return answer;
            }

            await Task.Delay(BetweenLooks * attempt, clock, stopping);
        }
    }

    private static TaskResult Refused(string why) =>
        new(TaskOutcome.Refused) { Errors = 1, Message = Texts.Format("Task." + why), ErrorCode = nameof(DirectoryError.InvalidValue) };

    /// <summary>Half an answer would remove those whom it does not mention.</summary>
    private static T Whole<T>(DirectoryAnswer<T> answer) => answer switch
    {
        DirectoryAnswer<T>.Ok ok => ok.Value,
        DirectoryAnswer<T>.Partial partial => throw new NotWholeException(partial.Why),
        DirectoryAnswer<T>.Failed failed => throw new NotWholeException(failed.Error),
        _ => throw new InvalidOperationException("Unreachable: the hierarchy is closed."),
    };

    /// <summary>Leaves the update from any depth; caught where it began.</summary>
    private sealed class NotWholeException(DirectoryError error) : Exception
    {
        public DirectoryError Error { get; } = error;
    }
}
