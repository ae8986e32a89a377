using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;

namespace GroupPortal.Web.Components.Wizard;

/// <summary>The steps as a person counts them: the draft's, and the result after them.</summary>
public enum WizardStep
{
    Type = DraftStep.Type,
    Details = DraftStep.Details,
    Members = DraftStep.Members,
    Rule = DraftStep.Rule,
    Owners = DraftStep.Owners,
    Schedule = DraftStep.Schedule,
    Review = DraftStep.Review,
    Result,
}

public static class WizardSteps
{
    private static readonly WizardStep[] Static = [WizardStep.Type, WizardStep.Details, WizardStep.Members, WizardStep.Owners, WizardStep.Review, WizardStep.Result];

    private static readonly WizardStep[] Smart =
        [WizardStep.Type, WizardStep.Details, WizardStep.Rule, WizardStep.Owners, WizardStep.Schedule, WizardStep.Review, WizardStep.Result];

    // Entra ID applies its rule when it likes.
    private static readonly WizardStep[] Dynamic = [WizardStep.Type, WizardStep.Details, WizardStep.Rule, WizardStep.Owners, WizardStep.Review, WizardStep.Result];

    /// <summary>The steps of a group, by who decides its members.</summary>
    public static IReadOnlyList<WizardStep> For(Membership membership) => membership switch
    {
        Membership.Smart => Smart,
        Membership.Dynamic => Dynamic,
        _ => Static,
    };

    /// <summary>The step on which a problem can be put right.</summary>
    public static WizardStep Of(Problem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return problem.Field switch
        {
            AttributeNames.GroupType => WizardStep.Type,
            AttributeNames.Members => WizardStep.Members,
            AttributeNames.Schedule => WizardStep.Schedule,
            AttributeNames.MembershipRule => WizardStep.Rule,
            var field when AttributeNames.IsOfRule(field) => WizardStep.Rule,
            AttributeNames.Owners or AttributeNames.ManagedBy or AttributeNames.AdditionalOwners => WizardStep.Owners,
            _ => WizardStep.Details,
        };
    }
}
