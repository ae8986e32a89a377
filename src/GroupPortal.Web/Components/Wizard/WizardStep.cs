using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;

namespace GroupPortal.Web.Components.Wizard;

/// <summary>The steps as a person counts them: the draft's, and the result after them.</summary>
public enum WizardStep
{
    Type = DraftStep.Type,
    Details = DraftStep.Details,
    Members = DraftStep.Members,
    Owners = DraftStep.Owners,
    Review = DraftStep.Review,
    Result,
}

public static class WizardSteps
{
    /// <summary>The step on which a problem can be put right.</summary>
    public static WizardStep Of(Problem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return problem.Field switch
        {
            AttributeNames.GroupType => WizardStep.Type,
            AttributeNames.Members => WizardStep.Members,
            AttributeNames.Owners or AttributeNames.ManagedBy or AttributeNames.AdditionalOwners => WizardStep.Owners,
            _ => WizardStep.Details,
        };
    }
}
