using GroupPortal.Application.Access;
using GroupPortal.Application.Groups;
using GroupPortal.Application.SmartGroups;
using GroupPortal.Application.Storage;
using GroupPortal.Application.Tasks;
using GroupPortal.Core.Access;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using Microsoft.Extensions.Logging;

namespace GroupPortal.Application.Jobs;

/// <summary>Every question that stands between a plan and its apply, asked again at the moment of apply.</summary>
internal sealed class PlanStarter(
    StoreRegistry stores, GroupReader groups, PersonLookup people, GroupAccess access, PreviewBinding binding, PlanStore plans, PlanWorker worker, RunnerProbe probe,
    TimeProvider clock, ILogger<PlanStarter> logger)
{
    private static readonly TimeSpan SameBreath = TimeSpan.FromSeconds(5);

    public static bool IsOf(PlanRecord plan, Requester requester) =>
        string.Equals(plan.Account, requester.Person.Account, StringComparison.OrdinalIgnoreCase);

    /// <param name="isAwaited">The caller waits for the end anyway; see <see cref="PlanWorker"/>.</param>
    /// <param name="task">Of SmartGroups/SmartUpdater: the only one who starts what a rule decided, held or not.</param>
    public async Task<ApplyAnswer> StartAsync(
        Guid planId, Requester requester, string? confirmedHash, bool isAwaited, CancellationToken cancellation, TaskClaim? task = null)
    {
        var answer = await TryStartAsync(planId, requester, confirmedHash, isAwaited, task, cancellation);
        if (answer is not ApplyAnswer.Started)
        {
            logger.PlanRefused(planId, requester.Person.Account, answer.GetType().Name);
        }

        return answer;
    }

    private async Task<ApplyAnswer> TryStartAsync(Guid planId, Requester requester, string? confirmedHash, bool isAwaited, TaskClaim? task, CancellationToken cancellation)
    {
        if (await plans.LoadForApplyAsync(planId, cancellation) is not { } loaded)
        {
            return new ApplyAnswer.PlanUnknown();
        }

        var (head, plan) = (loaded.Head, loaded.Plan);
        // Else the one who asked could confirm a held update to himself.
        if ((plan.Kind == PlanKind.Recompute) != (task is not null))
        {
            return new ApplyAnswer.PlanUnknown();
        }

        if (!IsOf(head, requester))
        {
            return new ApplyAnswer.NotYours();
        }

        if (head.State != PlanState.Planned)
        {
            return new ApplyAnswer.AlreadyApplied();
        }

        if (clock.GetUtcNow() - new DateTimeOffset(head.Planned, TimeSpan.Zero) >= GroupService.PlanLifetime)
        {
            return new ApplyAnswer.Expired();
        }

        if (!stores.TryGet(head.StoreId, out var directory))
        {
            return new ApplyAnswer.PlanUnknown();
        }

        if (plan.Access.Verdict != AccessVerdict.Allow)
        {
            return new ApplyAnswer.Denied(plan.Access);
        }

        if (!plan.IsApplicable)
        {
            return new ApplyAnswer.NotApplicable([.. plan.Problems, .. plan.LineProblems]);
        }

        if (plan.Guard.IsHeld && !string.Equals(confirmedHash, plan.Hash, StringComparison.OrdinalIgnoreCase))
        {
            return new ApplyAnswer.NeedsConfirmation(plan.Guard, plan.Hash);
        }

        // The plan of this very breath has asked the policy a moment ago, of the same facts.
        var refusal = loaded.IsSaved || clock.GetUtcNow() - new DateTimeOffset(head.Planned, TimeSpan.Zero) >= SameBreath
            ? await WhyNotNowAsync(plan, requester, cancellation)
            : null;
        refusal ??= await WhyNotAsLookedAtAsync(head, plan, cancellation);
        return refusal ?? await ClaimAsync(loaded, directory, requester, isAwaited, task, cancellation);
    }

    /// <summary>The policy by what stands now: an owner of half an hour ago may be none any more.</summary>
    private async Task<ApplyAnswer?> WhyNotNowAsync(GroupPlan plan, Requester requester, CancellationToken cancellation)
    {
        if (plan.Kind == PlanKind.Create)
        {
            return Refusal(access.DecideCreate(plan.StoreId, requester.Person, GroupPlanner.ActionsOf(plan, requester: null)));
        }

        var found = await people.FindAsync(plan.StoreId, requester.Person, cancellation);
        if (found is not DirectoryAnswer<DirectoryObject?>.Ok(var self))
        {
            return new ApplyAnswer.DirectoryFailed(ErrorOf(found));
        }

        var state = plan.Kind == PlanKind.Restore && stores.TryGet(plan.StoreId, out var directory)
            ? await DeletedGroups.FindAsync(directory, plan.GroupId!.Value, cancellation)
            : await groups.GetAsync(plan.StoreId, plan.GroupId!.Value, cancellation);
        if (state is not DirectoryAnswer<GroupState?>.Ok(var group))
        {
            return new ApplyAnswer.DirectoryFailed(ErrorOf(state));
        }

        if (group is null)
        {
            return new ApplyAnswer.DirectoryFailed(new DirectoryError.NotFound());
        }

        var relation = AccessPolicy.AsksRelation(requester.Person.Role) && plan.Kind != PlanKind.Restore
            ? await access.RelationAsync(plan.StoreId, group, requester.Person, cancellation)
            : DirectoryAnswer.Ok(GroupRelation.None);
        return relation is DirectoryAnswer<GroupRelation>.Ok(var now)
            ? Refusal(access.Decide(plan.StoreId, group, requester.Person, now, GroupPlanner.ActionsOf(plan, self?.Id)))
            : new ApplyAnswer.DirectoryFailed(ErrorOf(relation));
    }

    /// <summary>A rule is saved only while it does what its author has seen.</summary>
    private async Task<ApplyAnswer?> WhyNotAsLookedAtAsync(PlanRecord head, GroupPlan plan, CancellationToken cancellation)
    {
        if (StateJson.Read<GroupRequest>(head.RequestJson).PreviewHash is not { } looked)
        {
            return null;
        }

        GroupState? group = null;
        if (plan.GroupId is { } id)
        {
            var state = await groups.GetAsync(plan.StoreId, id, cancellation);
            if (state is not DirectoryAnswer<GroupState?>.Ok(GroupState now))
            {
                return new ApplyAnswer.DirectoryFailed(state is DirectoryAnswer<GroupState?>.Ok ? new DirectoryError.NotFound() : ErrorOf(state));
            }

            group = now;
        }

        return await binding.WhyNotAsync(plan, looked, group, cancellation) switch
        {
            null => null,
            PreviewAnswer.Ok(var preview) => new ApplyAnswer.PreviewChanged(preview),
            var other => new ApplyAnswer.DirectoryFailed(PreviewAnswer.ErrorOf(other)),
        };
    }

    private async Task<ApplyAnswer> ClaimAsync(
        LoadedPlan loaded, IDirectory directory, Requester requester, bool isAwaited, TaskClaim? task, CancellationToken cancellation)
    {
        var plan = loaded.Plan;
        var first = directory.Batch(plan) is [var write, ..] ? RunJournal.Row(plan.Id, 0, write, clock.GetUtcNow()) : null;
        probe.Reach(RunnerProbe.BeforeDispatchRow);
        switch (await plans.TryClaimAsync(loaded, first, requester, cancellation, task))
        {
            case ClaimAnswer.Taken:
                return new ApplyAnswer.AlreadyApplied();
            case ClaimAnswer.Overtaken:
                return new ApplyAnswer.Overtaken();
            default:
                break;
        }

        probe.Reach(RunnerProbe.AfterDispatchRow);
        // What is applied in the breath in which it was made is one line of the audit, at its end.
        if (loaded.IsSaved)
        {
            logger.PlanStarted(plan.Id, requester.Person.Account, requester.Origin);
        }

        worker.Enqueue(loaded, first, isAwaited);
        return new ApplyAnswer.Started(plan.Id);
    }

    private static ApplyAnswer.Denied? Refusal(AccessDecision decision) =>
        decision.Verdict == AccessVerdict.Allow ? null : new ApplyAnswer.Denied(decision);

    private static DirectoryError ErrorOf<T>(DirectoryAnswer<T> answer) => answer switch
    {
        DirectoryAnswer<T>.Failed failed => failed.Error,
        DirectoryAnswer<T>.Partial partial => partial.Why,
        _ => throw new ArgumentException("The answer has no error.", nameof(answer)),
    };
}
