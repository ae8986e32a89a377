using GroupPortal.Core.Directories;
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
    private string? _requests;

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

    protected override void OnParametersSet()
    {
        var cost = FillCost.Of(Members ?? 0);
        _cost = Members switch
        {
            null => W["Engine_Smart_Cost"],
            0 => W["Engine_Smart_Cost_None"],
            1 => W["Engine_Smart_Cost_One"],
            var count => W["Engine_Smart_Cost_Of", CriteriaWords.Count(count.Value), Words(cost.Time)],
        };

        // Only Graph counts requests.
        _requests = State.Store.Connection != StoreConnection.Graph ? null : (Members, cost.Requests) switch
        {
            (null, _) => W["Engine_Requests"].Value,
            (0, _) => null,
            (_, 1) => W["Engine_Requests_One"].Value,
            var (_, count) => W["Engine_Requests_Of", CriteriaWords.Count(count)].Value,
        };
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
