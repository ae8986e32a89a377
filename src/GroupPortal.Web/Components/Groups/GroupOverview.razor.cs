using GroupPortal.Core.Access;
using GroupPortal.Core.Groups;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Groups;

/// <summary>What a group is, in the words of people, and the form to change that.</summary>
public sealed partial class GroupOverview
{
    private GroupEdit? _edit;

    [Parameter, EditorRequired]
    public required GroupView View { get; set; }

    /// <summary>The form instead of the facts.</summary>
    [Parameter]
    public bool IsEditing { get; set; }

    [Parameter]
    public EventCallback OnStopEditing { get; set; }

    /// <summary>What somebody wants; planned before anything is written.</summary>
    [Parameter]
    public EventCallback<GroupRequest> OnWish { get; set; }

    // What was typed stays while the page draws itself for other reasons.
    protected override void OnParametersSet() => _edit = IsEditing && View.May(GroupActions.ChangeDetails) ? _edit ?? new GroupEdit(View) : null;
}
