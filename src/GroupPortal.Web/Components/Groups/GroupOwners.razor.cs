using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Groups;

/// <summary>Who owns the group, in order; in Active Directory the first is its managedBy, the others are the portal's.</summary>
public sealed partial class GroupOwners
{
    private List<PickedObject> _wanted = [];

    [Parameter, EditorRequired]
    public required GroupView View { get; set; }

    [Parameter]
    public EventCallback<GroupRequest> OnWish { get; set; }

    private bool HasPrimary => View.Store.Kind == StoreKind.ActiveDirectory;

    private IReadOnlyCollection<ObjectKind> Kinds => HasPrimary ? [ObjectKind.User, ObjectKind.Contact, ObjectKind.Group] : [ObjectKind.User];

    private bool IsChanged => !_wanted.Select(owner => owner.Id).SequenceEqual(View.Group.Owners.Select(owner => owner.Id));

    protected override void OnInitialized() => Reset();

    private void Reset() => _wanted = [.. View.Group.Owners.Select(PickedObject.From)];

    private bool Stands(Guid id) => View.Group.Owners.Any(owner => owner.Id == id);

    private string? WhyNot(DirectoryObject candidate) => MembershipRules.WhyNotOwner(View.Store.Kind, candidate);

    private void Add(IReadOnlyList<PickedObject> picked) =>
        _wanted.AddRange(picked.Where(one => !_wanted.Exists(owner => owner.Id == one.Id)));

    private void MakePrimary(int place)
    {
        var owner = _wanted[place];
        _wanted.RemoveAt(place);
        _wanted.Insert(0, owner);
    }

    private Task ReviewAsync() =>
        OnWish.InvokeAsync(View.Change() with { Owners = [new ReferenceChange(ChangeMode.Set, [.. _wanted.Select(owner => owner.Id.ToString("D"))])] });
}
