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

    /// <summary>What a row that was never sent is called: planned only, or not attempted.</summary>
    public WireStatus Open { get; init; } = WireStatus.Planned;

    /// <summary>The hash of the plan, where the client may want to confirm it.</summary>
    public string? Hash { get; init; }

    public static GroupAnswer Refused(ApiError error) => new(error.Http, WireStatus.Failed) { Error = error, Open = WireStatus.NotAttempted };

    /// <summary>Refused after the plan was made: each line says whether it is the cause or was only not attempted.</summary>
    public static GroupAnswer Refused(ApiError error, GroupPlan plan) => Refused(error) with { GroupId = plan.GroupId, Rows = RowsOf(plan) };

    public static GroupAnswer Planned(GroupPlan plan, string server) => new(StatusCodes.Status200OK, WireStatus.Planned)
    {
        GroupId = plan.GroupId,
        Rows = RowsOf(plan),
        Server = server,
        Hash = plan.Hash,
    };

    /// <summary>The wire's word for one row. In a plan a line with a problem has failed already, all others are planned.</summary>
    public WireStatus StatusOf(PlanRow row) => row switch
    {
        { Outcome: not null } => WireStatuses.Of(row.Status),
        { Step.Problem: not null } => WireStatus.Failed,
        { Status: StepStatus.NoChange } when Status is not (WireStatus.Planned or WireStatus.Failed) => WireStatus.AsAsked,
        _ => Open,
    };

    private static PlanRow[] RowsOf(GroupPlan plan) => [.. plan.Steps.Select(step => new PlanRow(step))];
}
