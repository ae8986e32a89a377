using GroupPortal.Application.Groups;
using GroupPortal.Application.SmartGroups.Import;
using GroupPortal.Core.Results;

namespace GroupPortal.Web.Components.Import;

/// <summary>What became of one group.</summary>
/// <param name="Result">Null where nothing was started.</param>
/// <param name="Refusal">Why nothing was started; null else.</param>
public sealed record ImportOutcome(ImportedGroup Group, PlanResult? Result, string? Refusal)
{
    public bool IsSaved => Result is { Status: StepStatus.Done or StepStatus.NoChange };
}
