using GroupPortal.Core.Directories;
using GroupPortal.Web.Components.Layout;
using GroupPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Groups;

/// <summary>What the list of groups is narrowed to, and how it is ordered and drawn.</summary>
public sealed partial class GroupListBar
{
    private static readonly bool[] Whose = [false, true];

    private static readonly (string Key, GroupSort Sort, bool Descending)[] Sorts =
    [
        ("name", GroupSort.Name, false), ("nameDown", GroupSort.Name, true),
        ("changed", GroupSort.Changed, true), ("changedUp", GroupSort.Changed, false),
    ];

    private bool _compact;

    [Inject]
    public required Preferences Preferences { get; init; }

    [Parameter, EditorRequired]
    public required GroupListState State { get; set; }

    [Parameter, EditorRequired]
    public required IdentityStore Store { get; set; }

    /// <summary>What to show from now on, and whether that replaces the last entry of the browser's history.</summary>
    [Parameter]
    public EventCallback<(GroupListState State, bool Replace)> OnChange { get; set; }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender && await Preferences.GetAsync("density") == "compact")
        {
            _compact = true;
            StateHasChanged();
        }
    }

    /// <summary>Graph says when a group was made or last renewed, never when it was changed.</summary>
    private string WordOf(string sort) =>
        Store.Connection == StoreConnection.Graph ? sort.Replace("changed", "renewed", StringComparison.Ordinal) : sort;

    private Task Change(GroupListState state, bool replace = false) => OnChange.InvokeAsync((state with { Page = 1, Store = Store.Id }, replace));

    private static GroupKind? KindOf(ChangeEventArgs change) => Enum.TryParse<GroupKind>(change.Value as string, out var kind) ? kind : null;

    private GroupListState Sorted(ChangeEventArgs change)
    {
        var (_, sort, descending) = Array.Find(Sorts, one => one.Key == change.Value as string);
        return State with { Sort = sort, Descending = descending };
    }

    private async Task ToggleDensityAsync()
    {
        _compact = !_compact;
        await Preferences.SetAsync("density", _compact ? "compact" : "");
    }
}
