using System.Runtime.CompilerServices;
using GroupPortal.Application.Jobs;
using GroupPortal.Application.SmartGroups;
using GroupPortal.Application.Storage;
using GroupPortal.Core.Access;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using GroupPortal.Core.Results;
using Microsoft.Extensions.Logging;

namespace GroupPortal.Application.Groups;

/// <summary>Plan, apply, and ask what became of it: the one way by which pages, API and jobs change groups.</summary>
public sealed class GroupService
{
    /// <summary>A plan that was looked at longer ago than this is made again before it is applied.</summary>
    public static readonly TimeSpan PlanLifetime = TimeSpan.FromMinutes(30);

    /// <summary>A page is not told more often than this.</summary>
    internal static readonly TimeSpan WatchInterval = TimeSpan.FromMilliseconds(250);

    private readonly StoreRegistry _stores;
    private readonly PlanFactsReader _factsReader;
    private readonly PreviewBinding _binding;
    private readonly PlanStore _plans;
    private readonly PlanStarter _starter;
    private readonly PlanBoard _board;
    private readonly TimeProvider _clock;
    private readonly ILogger<GroupService> _logger;

    internal GroupService(
        StoreRegistry stores, PlanFactsReader factsReader, PreviewBinding binding, PlanStore plans, PlanStarter starter, PlanBoard board, TimeProvider clock,
        ILogger<GroupService> logger) =>
        (_stores, _factsReader, _binding, _plans, _starter, _board, _clock, _logger) = (stores, factsReader, binding, plans, starter, board, clock, logger);

    /// <summary>Looks up what the planner needs, plans, and keeps the plan unless the request itself is impossible.</summary>
    public Task<PlanAnswer> PlanAsync(int storeId, GroupRequest request, Requester requester, CancellationToken cancellation) =>
        PlanAsync(storeId, request, requester, _plans.SaveAsync, isAppliedNext: false, cancellation);

    /// <summary>
    /// The same for a plan that nobody looks at: the caller applies it right away, or never. It is written when it is applied,
    /// which saves a transaction; a minute later, or after many others, it may be gone.
    /// </summary>
    /// <param name="isAppliedNext">Then the audit is told of it by its apply, as long as nothing stands in the way of that.</param>
    public Task<PlanAnswer> PlanForNowAsync(int storeId, GroupRequest request, Requester requester, bool isAppliedNext, CancellationToken cancellation) =>
        PlanAsync(storeId, request, requester, _plans.HoldAsync, isAppliedNext, cancellation);

    private async Task<PlanAnswer> PlanAsync(
        int storeId, GroupRequest request, Requester requester, Func<GroupPlan, GroupRequest, Requester, CancellationToken, Task> keepAsync, bool isAppliedNext,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(requester);
        if (!_stores.TryGet(storeId, out var directory))
        {
            return new PlanAnswer.StoreUnknown();
        }

        var (facts, instead) = await _factsReader.ReadAsync(directory, request, requester, cancellation);
        if (facts is null)
        {
            return instead!;
        }

        var plan = GroupPlanner.Plan(Guid.CreateVersion7(_clock.GetUtcNow()), request, facts);
        if (plan.Problems.Count == 0)
        {
            if (request.PreviewHash is { } looked && await _binding.WhyNotAsync(plan, looked, facts.Group, cancellation) is { } other)
            {
                return other is PreviewAnswer.Ok(var now) ? new PlanAnswer.PreviewChanged(now) : new PlanAnswer.DirectoryFailed(PreviewAnswer.ErrorOf(other));
            }

            await keepAsync(plan, request, requester, cancellation);
        }

        if (!isAppliedNext || !CanStart(plan))
        {
            _logger.PlanMade(
                plan.Id, plan.Kind, storeId, requester.Person.Account, requester.Origin, plan.WriteCount,
                plan.Problems.Count + plan.LineProblems.Count(), string.Join(',', plan.Guard.Holds));
        }

        return new PlanAnswer.Planned(plan);
    }

    /// <summary>A new plan of the same request against what stands now; after a conflict, or when a plan has expired.</summary>
    public async Task<PlanAnswer> PlanAgainAsync(Guid planId, Requester requester, CancellationToken cancellation) =>
        await OwnPlanAsync(planId, requester, cancellation) is { Kind: not PlanKind.Recompute } head
            ? await PlanAsync(head.StoreId, StateJson.Read<GroupRequest>(head.RequestJson) with { ExpectedETag = null }, requester, cancellation)
            : new PlanAnswer.GroupUnknown();

    /// <summary>A new plan of only what failed or was not attempted.</summary>
    public async Task<PlanAnswer> PlanRetryAsync(Guid planId, Requester requester, CancellationToken cancellation)
    {
        if (await OwnPlanAsync(planId, requester, cancellation) is not { Kind: not PlanKind.Recompute } || await _plans.LoadAsync(planId, cancellation) is not var (head, rows))
        {
            return new PlanAnswer.GroupUnknown();
        }

        var original = StateJson.Read<GroupRequest>(head.RequestJson);
        return await PlanAsync(head.StoreId, RetryRequest.Of(original, head.GroupId, rows), requester, cancellation);
    }

    /// <summary>Starts a plan and returns; the work goes on whatever becomes of the caller.</summary>
    /// <param name="confirmedHash">The hash of the plan that a person agreed to, where the guard holds it.</param>
    public Task<ApplyAnswer> ApplyAsync(Guid planId, Requester requester, string? confirmedHash, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(requester);
        return _starter.StartAsync(planId, requester, confirmedHash, isAwaited: false, cancellation);
    }

    /// <summary>Starts a plan and waits for its result, which is null for a plan that was not started. Cancelling stops the waiting, not the work.</summary>
    public async Task<(ApplyAnswer Answer, PlanResult? Result)> ApplyAndWaitAsync(
        Guid planId, Requester requester, string? confirmedHash, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(requester);
        // Before it starts: it may have ended when the start answers.
        using var watcher = _board.Watch(planId);
        var answer = await _starter.StartAsync(planId, requester, confirmedHash, isAwaited: true, cancellation);
        return (answer, answer is ApplyAnswer.Started ? await ResultAsync(watcher, progress: null, cancellation) : null);
    }

    /// <summary>The result, once the plan has finished. Cancelling stops the waiting, not the work.</summary>
    public async Task<PlanResult> WaitAsync(Guid planId, CancellationToken cancellation)
    {
        using var watcher = _board.Watch(planId);
        var progress = watcher.IsLive ? null : await _plans.ProgressAsync(planId, cancellation);
        if (!watcher.IsLive && progress is null or { State: PlanState.Planned })
        {
            throw new InvalidOperationException("Only a plan that was started can be waited for.");
        }

        return await ResultAsync(watcher, progress, cancellation);
    }

    private async Task<PlanResult> ResultAsync(PlanBoard.Watcher watcher, PlanProgress? progress, CancellationToken cancellation)
    {
        while (progress is not { State: PlanState.Finished })
        {
            progress = await NextAsync(watcher, cancellation)
                ?? throw new OperationCanceledException("The portal stops; the plan goes on at its next start.");
        }

        return progress.Result ?? await GetAsync(watcher.PlanId, cancellation) ?? throw new InvalidOperationException("A finished plan is not removed.");
    }

    /// <summary>The plan with all its rows as they stand; for a huge one use <see cref="GetProgressAsync"/> and <see cref="GetRowsAsync"/>.</summary>
    public async Task<PlanResult?> GetAsync(Guid planId, CancellationToken cancellation)
    {
        if (await _plans.LoadAsync(planId, cancellation) is not var (head, rows))
        {
            return null;
        }

        var server = _stores.TryGet(head.StoreId, out var directory) ? directory.Store.Server : string.Empty;
        return PlanRows.Result(head, PlanRows.Plan(head, [.. rows.Select(row => row.Step)]), rows, server);
    }

    /// <summary>State and counts, without reading a row.</summary>
    public Task<PlanProgress?> GetProgressAsync(Guid planId, CancellationToken cancellation) => _plans.ProgressAsync(planId, cancellation);

    /// <summary>One page of a plan's rows, in their order.</summary>
    public Task<Page<PlanRow>> GetRowsAsync(Guid planId, RowFilter filter, int skip, int take, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return _plans.RowsAsync(planId, filter, skip, take, cancellation);
    }

    /// <summary>How the plan goes, at most four times a second, until it has finished; the last one says so.</summary>
    public async IAsyncEnumerable<PlanProgress> WatchAsync(Guid planId, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var watcher = _board.Watch(planId);
        var progress = await _plans.ProgressAsync(planId, cancellation);
        while (progress is not null)
        {
            yield return progress;
            if (progress.State != PlanState.Running)
            {
                yield break;
            }

            await Task.Delay(WatchInterval, _clock, cancellation);
            progress = await NextAsync(watcher, cancellation);
        }
    }

    private static bool CanStart(GroupPlan plan) =>
        plan.Access.Verdict == AccessVerdict.Allow && plan.IsApplicable && !plan.Guard.IsHeld && !plan.LineProblems.Any();

    /// <summary>The next news; once there will be none, what the database says. Null: the work stopped before its end.</summary>
    private async Task<PlanProgress?> NextAsync(PlanBoard.Watcher watcher, CancellationToken cancellation)
    {
        if (await watcher.News.Reader.WaitToReadAsync(cancellation) && watcher.News.Reader.TryRead(out var news))
        {
            return news;
        }

        var last = await _plans.ProgressAsync(watcher.PlanId, cancellation);
        return last is { State: PlanState.Finished } ? last : null;
    }

    /// <summary>Somebody else's plan is as good as none: that it exists is not told.</summary>
    private async Task<PlanRecord?> OwnPlanAsync(Guid planId, Requester requester, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(requester);
        var head = await _plans.FindAsync(planId, cancellation);
        return head is not null && PlanStarter.IsOf(head, requester) ? head : null;
    }
}
