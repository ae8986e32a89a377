using GroupPortal.Core.Directories;
using GroupPortal.Core.Results;

namespace GroupPortal.Web.Api.Groups;

internal static class RowTexts
{
    public const string AlreadySo = "It was so already.";

    /// <summary>What a line has to say beside its status; null when it has nothing to say.</summary>
    public static string? MessageOf(PlanRow row) => row switch
    {
        { Outcome.Error: { } error } => ApiErrors.MessageOf(error),
        { Status: StepStatus.NoChange } => AlreadySo,
        // What it would do to others is said while it is a plan.
        { Status: StepStatus.Planned, Step.Effect: { } effect } => effect,
        _ => row.Message,
    };

    /// <summary>A name of DirectoryError, also where the directory was never asked; null when nothing is wrong.</summary>
    public static string? CodeOf(PlanRow row) => row.Step.Problem?.Code switch
    {
        null => row.Status == StepStatus.Waiting ? null : row.ErrorCode,
        "KeptInExchange" or "KeptOnPremises" => nameof(DirectoryError.PolicyBlocked),
        "UnknownAttribute" => nameof(DirectoryError.UnknownAttribute),
        "ReadOnlyAttribute" => nameof(DirectoryError.ReadOnlyAttribute),
        "MemberNotFound" => nameof(DirectoryError.NotFound),
        _ => row.ErrorCode,
    };
}
