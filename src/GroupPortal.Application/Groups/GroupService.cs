using GroupPortal.Core.Groups;
using GroupPortal.Core.Results;

namespace GroupPortal.Application.Groups;

/// <summary>Plan, apply, and ask what became of it: the one way by which pages, API and jobs change groups.</summary>
public sealed class GroupService
{
    /// <summary>A plan that was looked at longer ago than this is made again before it is applied.</summary>
    public static readonly TimeSpan PlanLifetime = TimeSpan.FromMinutes(30);

    /// <summary>Looks up what the planner needs, plans, and keeps the plan unless the request itself is impossible.</summary>
    public Task<PlanAnswer> PlanAsync(int storeId, GroupRequest request, Requester requester, CancellationToken cancellation) =>
        throw new InvalidOperationException("Comes with the next commit.");

    /// <summary>A new plan of the same request against what stands now; after a conflict, or when a plan has expired.</summary>
    public Task<PlanAnswer> PlanAgainAsync(Guid planId, Requester requester, CancellationToken cancellation) =>
        throw new InvalidOperationException("Comes with the next commit.");

    /// <summary>A new plan of only what failed or was not attempted.</summary>
    public Task<PlanAnswer> PlanRetryAsync(Guid planId, Requester requester, CancellationToken cancellation) =>
        throw new InvalidOperationException("Comes with the next commit.");

    /// <summary>Starts a plan and returns; the work goes on whatever becomes of the caller.</summary>
    /// <param name="confirmedHash">The hash of the plan that a person agreed to, where the guard holds it.</param>
    public Task<ApplyAnswer> ApplyAsync(Guid planId, Requester requester, string? confirmedHash, CancellationToken cancellation) =>
        throw new InvalidOperationException("Comes with the next commit.");

    /// <summary>The result, once the plan has finished. Cancelling stops the waiting, not the work.</summary>
    public Task<PlanResult> WaitAsync(Guid planId, CancellationToken cancellation) =>
        throw new InvalidOperationException("Comes with the next commit.");

    /// <summary>The plan with all its rows as they stand; for a huge one use <see cref="GetProgressAsync"/> and <see cref="GetRowsAsync"/>.</summary>
    public Task<PlanResult?> GetAsync(Guid planId, CancellationToken cancellation) =>
        throw new InvalidOperationException("Comes with the next commit.");

    /// <summary>State and counts in one query.</summary>
    public Task<PlanProgress?> GetProgressAsync(Guid planId, CancellationToken cancellation) =>
        throw new InvalidOperationException("Comes with the next commit.");

    /// <summary>One page of a plan's rows, in their order.</summary>
    public Task<Core.Directories.Page<PlanRow>> GetRowsAsync(Guid planId, RowFilter filter, int skip, int take, CancellationToken cancellation) =>
        throw new InvalidOperationException("Comes with the next commit.");

    /// <summary>How the plan goes, at most four times a second, until it has finished; the last one says so.</summary>
    public IAsyncEnumerable<PlanProgress> WatchAsync(Guid planId, CancellationToken cancellation) =>
        throw new InvalidOperationException("Comes with the next commit.");
}
