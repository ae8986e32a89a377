using GroupPortal.Core.Groups;
using GroupPortal.Core.SmartGroups;
using GroupPortal.Web.Components.Criteria;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Wizard;

/// <summary>Who applies the rule of a group in Entra ID: which of both can, and what each costs for as many people as it selects.</summary>
public sealed partial class RuleEngines
{
    private const int MinutesOfAnHour = 60;

    private string _cost = "";

    [Parameter, EditorRequired]
    public required WizardState State { get; set; }

    /// <summary>How many the rule selects; null while nobody knows.</summary>
    [Parameter]
    public int? Members { get; set; }

    [Parameter]
    public EventCallback<Membership> OnChosen { get; set; }

    private string Licences => Members switch
    {
        _ when State.Rule.ObjectTypes is [QueryObjectType.Devices] => W["Engine_Dynamic_Cost_Devices"],
        null => W["Engine_Dynamic_Cost"],
        1 => W["Engine_Dynamic_Cost_One"],
        var count => W["Engine_Dynamic_Cost_Of", CriteriaWords.Count(count.Value)],
    };

    protected override void OnParametersSet() => _cost = Members switch
    {
        null => W["Engine_Smart_Cost"],
        0 => W["Engine_Smart_Cost_None"],
        1 => W["Engine_Smart_Cost_One"],
        var count => CostOf(count.Value),
    };

    private string CostOf(int members)
    {
        var cost = FillCost.Of(members);
        return W[cost.Requests == 1 ? "Engine_Smart_Cost_Few" : "Engine_Smart_Cost_Of", CriteriaWords.Count(members), CriteriaWords.Count(cost.Requests), Words(cost.Time)];
    }

    /// <summary>Rounded up: an estimate that is kept is better than one that is met.</summary>
    private string Words(TimeSpan time)
    {
        var minutes = (int)Math.Ceiling(time.TotalMinutes);
        return minutes switch
        {
            <= 1 => W["Engine_Time_Minute"],
            < 2 * MinutesOfAnHour => W["Engine_Time_Minutes", CriteriaWords.Count(minutes)],
            _ => W["Engine_Time_Hours", CriteriaWords.Count((int)Math.Ceiling(time.TotalHours))],
        };
    }
}
