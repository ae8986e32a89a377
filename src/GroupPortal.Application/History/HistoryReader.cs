using GroupPortal.Core.Access;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Plans;
using GroupPortal.Core.Results;

namespace GroupPortal.Application.History;

/// <summary>One applied plan, as it is remembered; its lines are the plan's rows.</summary>
public sealed record HistoryEntry
{
    public required long Id { get; init; }

    public required DateTimeOffset When { get; init; }

    public required string Account { get; init; }

    public required string DisplayName { get; init; }

    public required PortalRole Role { get; init; }

    /// <summary>From where: <c>browser</c>, <c>api</c>, or an address.</summary>
    public required string Origin { get; init; }

    public required int StoreId { get; init; }

    /// <summary>Null where a create never came to be.</summary>
    public required Guid? GroupId { get; init; }

    public required string GroupName { get; init; }

    public required string GroupDn { get; init; }

    public required Guid PlanId { get; init; }

    public required PlanKind Kind { get; init; }

    public required StepStatus Status { get; init; }

    public required int Done { get; init; }

    public required int Failed { get; init; }

    public required int NoChange { get; init; }

    /// <summary>Not attempted, or unknown.</summary>
    public required int Open { get; init; }
}

/// <summary>What was done, by whom, to which group; newest first.</summary>
public sealed class HistoryReader
{
    public Task<Page<HistoryEntry>> OfGroupAsync(int storeId, Guid groupId, int skip, int take, CancellationToken cancellation) =>
        throw new InvalidOperationException("Comes with the next commit.");

    public Task<HistoryEntry?> OfPlanAsync(Guid planId, CancellationToken cancellation) =>
        throw new InvalidOperationException("Comes with the next commit.");

    /// <param name="account">Only what this account did; null for everybody's.</param>
    public Task<Page<HistoryEntry>> RecentAsync(string? account, int skip, int take, CancellationToken cancellation) =>
        throw new InvalidOperationException("Comes with the next commit.");
}
