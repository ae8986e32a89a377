using GroupPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Groups;

/// <summary>The head of the group page: what it is, who can join, who owns it, and why it cannot be changed where it cannot.</summary>
public sealed partial class GroupHeader
{
    private const int Named = 3;

    [Parameter, EditorRequired]
    public required GroupView View { get; set; }

    [Parameter]
    public IReadOnlyList<Crumb> Breadcrumb { get; set; } = [];

    /// <summary>Something else has the floor: no action here.</summary>
    [Parameter]
    public bool Quiet { get; set; }

    /// <summary>The part that is shown has a first action of its own.</summary>
    [Parameter]
    public bool LeadsElsewhere { get; set; }

    /// <summary>The details are being edited already.</summary>
    [Parameter]
    public bool IsEditing { get; set; }

    [Parameter]
    public EventCallback OnDelete { get; set; }

    private string Owners
    {
        get
        {
            var names = string.Join(", ", View.Group.Owners.Take(Named).Select(owner => owner.Label));
            return View.Group.Owners.Count > Named ? P["Header_MoreOwners", names, View.Group.Owners.Count - Named] : names;
        }
    }
}
