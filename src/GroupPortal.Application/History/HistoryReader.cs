using GroupPortal.Application.Storage;
using GroupPortal.Core.Access;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Plans;
using GroupPortal.Core.Results;
using Microsoft.EntityFrameworkCore;

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

    /// <summary>Not attempted, unknown, or waiting.</summary>
    public required int Open { get; init; }

    /// <summary>Of an update that the guard held: who had asked for it. Null for all others.</summary>
    public string? AskedBy { get; init; }

    /// <summary>Who approved it (then it was applied), or rejected it (then its status is <see cref="StepStatus.Cancelled"/>).</summary>
    public string? DecidedBy { get; init; }

    /// <summary>Why, in the words of who decided.</summary>
    public string? Reason { get; init; }
}

/// <summary>What was done, by whom, to which group; newest first.</summary>
public sealed class HistoryReader(IDbContextFactory<StateDb> databases)
{
    public Task<Page<HistoryEntry>> OfGroupAsync(int storeId, Guid groupId, int skip, int take, CancellationToken cancellation) =>
        PageAsync(entries => entries.Where(entry => entry.StoreId == storeId && entry.GroupId == groupId), skip, take, cancellation);

    public async Task<HistoryEntry?> OfPlanAsync(Guid planId, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        return await database.History.AsNoTracking().FirstOrDefaultAsync(entry => entry.PlanId == planId, cancellation) is { } record ? Of(record) : null;
    }

    /// <param name="account">Only what this account did; null for everybody's.</param>
    public Task<Page<HistoryEntry>> RecentAsync(string? account, int skip, int take, CancellationToken cancellation) =>
        PageAsync(entries => account is null ? entries : entries.Where(entry => entry.Account == account), skip, take, cancellation);

    private async Task<Page<HistoryEntry>> PageAsync(
        Func<IQueryable<HistoryRecord>, IQueryable<HistoryRecord>> filter, int skip, int take, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var entries = filter(database.History.AsNoTracking());
        var total = await entries.LongCountAsync(cancellation);
        var records = await entries.OrderByDescending(entry => entry.Id).Skip(skip).Take(take).ToListAsync(cancellation);
        return new Page<HistoryEntry>(records.ConvertAll(Of), total);
    }

    private static HistoryEntry Of(HistoryRecord record) => new()
    {
        Id = record.Id,
        When = new DateTimeOffset(record.When, TimeSpan.Zero),
        Account = record.Account,
        DisplayName = record.DisplayName,
        Role = record.Role,
        Origin = record.Origin,
        StoreId = record.StoreId,
        GroupId = record.GroupId,
        GroupName = record.GroupName,
        GroupDn = record.GroupDn,
        PlanId = record.PlanId,
        Kind = record.Kind,
        Status = record.Status,
        Done = record.Done,
        Failed = record.Failed,
        NoChange = record.NoChange,
        Open = record.Open,
        AskedBy = record.AskedBy,
        DecidedBy = record.DecidedBy,
        Reason = record.Reason,
    };
}
