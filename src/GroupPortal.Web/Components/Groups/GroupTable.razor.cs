using GroupPortal.Application.Groups;
using GroupPortal.Core.Directories;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Groups;

/// <summary>One page of groups; on a phone each is a card.</summary>
public sealed partial class GroupTable
{
    [Parameter, EditorRequired]
    public IReadOnlyList<GroupListItem> Items { get; set; } = [];

    [Parameter, EditorRequired]
    public required IdentityStore Store { get; set; }

    /// <summary>What is shown now: the heads of the columns lead on from it.</summary>
    [Parameter, EditorRequired]
    public required GroupListState State { get; set; }

    /// <summary>Microsoft Graph lists groups without their owners: "no owner" would be said of groups that have one.</summary>
    private bool ShowsOwners => Store.Connection != StoreConnection.Graph;

    /// <summary>Graph says when a group was made or last renewed, never when it was changed.</summary>
    private bool TellsChanges => Store.Connection != StoreConnection.Graph;

    private string? Direction(GroupSort sort) => State.Sort != sort ? null : State.Descending ? "descending" : "ascending";
}
