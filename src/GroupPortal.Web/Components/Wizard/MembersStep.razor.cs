using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Wizard;

/// <summary>Who is in the group.</summary>
public sealed partial class MembersStep
{
    // Also kinds that the type does not take: finding somebody with the reason is better than not finding.
    private static readonly ObjectKind[] AdKinds = [ObjectKind.User, ObjectKind.Contact, ObjectKind.Group, ObjectKind.Computer];
    private static readonly ObjectKind[] EntraKinds = [ObjectKind.User, ObjectKind.Contact, ObjectKind.Group, ObjectKind.Device, ObjectKind.ServicePrincipal];

    [Parameter, EditorRequired]
    public required WizardState State { get; set; }

    [Parameter]
    public EventCallback OnEdited { get; set; }

    private IReadOnlyCollection<ObjectKind> Kinds => State.Store.Kind == StoreKind.ActiveDirectory ? AdKinds : EntraKinds;

    private string? WhyNot(DirectoryObject candidate) => MembershipRules.WhyNotMember(State.Store.Kind, State.GroupType, candidate);

    // A new list each time: whoever draws the old one sees that it is another.
    private Task AddAsync(IReadOnlyList<PickedObject> added)
    {
        State.Draft.Members = [.. State.Draft.Members.Concat(added).DistinctBy(one => one.Id)];
        return OnEdited.InvokeAsync();
    }

    private Task RemoveAsync(Guid id)
    {
        State.Draft.Members = [.. State.Draft.Members.Where(one => one.Id != id)];
        return OnEdited.InvokeAsync();
    }
}
