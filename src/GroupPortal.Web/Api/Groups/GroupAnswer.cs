using GroupPortal.Core.Plans;
using GroupPortal.Core.Results;
using GroupPortal.Web.Api.Writing;

namespace GroupPortal.Web.Api.Groups;

/// <summary>What became of one group of a request: the rows of its plan with their outcomes, or why there are none.</summary>
internal sealed record GroupAnswer(int Http, WireStatus Status)
{
    public Guid? GroupId { get; init; }

    public string Server { get; init; } = string.Empty;

    public ApiError? Error { get; init; }

    public IReadOnlyList<PlanRow> Rows { get; init; } = [];

    /// <summary>The plan was carried out, at least in part.</summary>
    public bool IsApplied { get; init; }

    /// <summary>What a row that was never sent is called: planned only, or not attempted.</summary>
    public WireStatus Open { get; init; } = WireStatus.Planned;

    public static GroupAnswer Refused(ApiError error) => new(error.Http, WireStatus.Failed) { Error = error, Open = WireStatus.NotAttempted };

    /// <summary>Refused after the plan was made: each line says whether it is the cause or was only not attempted.</summary>
    public static GroupAnswer Refused(ApiError error, GroupPlan plan) => Refused(error) with { GroupId = plan.GroupId, Rows = RowsOf(plan) };

    /// <summary>Nothing was wrong with this group; another one of the request stopped it.</summary>
    public static GroupAnswer NotAttempted(GroupPlan plan) => new(StatusCodes.Status422UnprocessableEntity, WireStatus.NotAttempted)
    {
        GroupId = plan.GroupId,
        Rows = RowsOf(plan),
        Open = WireStatus.NotAttempted,
    };

    public static GroupAnswer Planned(GroupPlan plan, string server) => new(StatusCodes.Status200OK, WireStatus.Planned)
    {
        GroupId = plan.GroupId,
        Rows = RowsOf(plan),
        Server = server,
    };

    /// <summary>The wire's word for one row. In a plan a line with a problem has failed already, all others are planned.</summary>
    public WireStatus StatusOf(PlanRow row) => row switch
    {
        { Outcome: not null } => WireStatuses.Of(row.Status),
        { Step.Problem: not null } => WireStatus.Failed,
        { Status: StepStatus.NoChange } when IsApplied => WireStatus.AsAsked,
        _ => Open,
    };

    private static PlanRow[] RowsOf(GroupPlan plan) => [.. plan.Steps.Select(step => new PlanRow(step))];
}

/// <summary>What became of all groups of a request.</summary>
/// <param name="Hash">The hash with which the same request can be confirmed, where one is of use.</param>
internal sealed record ManyAnswer(int Http, IReadOnlyList<GroupAnswer> Groups, string? Hash = null)
{
    /// <summary>What all of them agree on, else 200 for what was carried out in part.</summary>
    public static ManyAnswer Of(IReadOnlyList<GroupAnswer> groups, string? hash = null)
    {
        var statuses = groups.Select(group => group.Http).ToHashSet();
        return new ManyAnswer(statuses.Count == 1 ? statuses.Single() : StatusCodes.Status200OK, groups, hash);
    }

    /// <summary>Understood, and nothing was written; of one group by its own status.</summary>
    public static ManyAnswer Nothing(IReadOnlyList<GroupAnswer> groups, string? hash = null) =>
        new(groups.Count == 1 ? groups[0].Http : StatusCodes.Status422UnprocessableEntity, groups, hash);
}
