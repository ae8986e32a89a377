using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Wizard;

/// <summary>Who answers for the group; the person who creates it, unless somebody else is named.</summary>
public sealed partial class OwnersStep
{
    private static readonly ObjectKind[] AdKinds = [ObjectKind.User, ObjectKind.Contact, ObjectKind.Group];
    private static readonly ObjectKind[] EntraKinds = [ObjectKind.User, ObjectKind.Group];

    [Parameter, EditorRequired]
    public required WizardState State { get; set; }

    [Parameter]
    public EventCallback OnEdited { get; set; }

    private bool IsAd => State.Store.Kind == StoreKind.ActiveDirectory;

    private IReadOnlyCollection<ObjectKind> Kinds => IsAd ? AdKinds : EntraKinds;

    private Problem? Problem => State.Shown(AttributeNames.Owners);

    private string Lead => IsAd ? W["Owners_Lead"]
        : W[State.Draft.EntraType == EntraGroupType.Teams ? "Owners_Lead_Team" : "Owners_Lead_Entra", MembershipRules.MaximumEntraOwners];

    private string? WhyNot(DirectoryObject candidate) => MembershipRules.WhyNotOwner(State.Store.Kind, candidate);

    private Task AddAsync(IReadOnlyList<PickedObject> added)
    {
        State.Draft.Owners = [.. State.Draft.Owners.Concat(added).DistinctBy(one => one.Id)];
        return EditedAsync();
    }

    private Task RemoveAsync(Guid id)
    {
        State.Draft.Owners = [.. State.Draft.Owners.Where(one => one.Id != id)];
        return EditedAsync();
    }

    private Task EditedAsync()
    {
        State.Touch(AttributeNames.Owners);
        return OnEdited.InvokeAsync();
    }
}
