using GroupPortal.Application.SmartGroups;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using GroupPortal.Web.Components.Criteria;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Wizard;

/// <summary>Whom the rule takes in, seen while it is written.</summary>
public sealed partial class RuleStep
{
    private RuleSource _source = null!;
    private int? _members;

    [Inject]
    public required PreviewService Previews { get; init; }

    [Parameter, EditorRequired]
    public required WizardState State { get; set; }

    /// <summary>The rule, or what is known of its effect, has changed.</summary>
    [Parameter]
    public EventCallback OnRule { get; set; }

    /// <summary>Somebody else applies the rule than before.</summary>
    [Parameter]
    public EventCallback OnEdited { get; set; }

    private Problem? Problem => State.Shown(State.Draft.Membership == Membership.Dynamic ? AttributeNames.MembershipRule : AttributeNames.Criteria);

    protected override void OnInitialized() => _source = RuleSource.Of(Previews, State.Store.Id, State.Person.Role);

    /// <summary>The numbers belong to the rule that they were counted for; of another there are none yet.</summary>
    private Task TakeAsync(Preview? effect)
    {
        _members = effect?.Counts.Total;
        return OnRule.InvokeAsync();
    }

    private Task ChooseAsync(Membership membership)
    {
        State.Draft.Membership = membership;
        return OnEdited.InvokeAsync();
    }
}
