using GroupPortal.Application.Schedules;
using GroupPortal.Core.Directories;
using GroupPortal.Web.Components.Schedules;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.SmartGroups;

/// <summary>One page of smart groups: when each is updated, what came of it last, and which of them are chosen; on a phone each is a card.</summary>
public sealed partial class SmartGroupTable
{
    [Inject]
    public required TimeProvider Clock { get; init; }

    [Parameter, EditorRequired]
    public IReadOnlyList<SmartGroupItem> Items { get; set; } = [];

    [Parameter, EditorRequired]
    public required IdentityStore Store { get; set; }

    /// <summary>The groups that are chosen, with their names; also on other pages.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyDictionary<Guid, string> Selected { get; set; }

    /// <summary>Groups that are chosen from now on, or not.</summary>
    [Parameter]
    public EventCallback<(IReadOnlyList<SmartGroupItem> Items, bool IsSelected)> OnSelect { get; set; }

    private bool AllSelected => Items.Count > 0 && Items.All(item => Selected.ContainsKey(item.GroupId));

    private Task SelectAllAsync(bool isSelected) => SelectAsync(Items, isSelected);

    private Task SelectAsync(IReadOnlyList<SmartGroupItem> items, bool isSelected) => OnSelect.InvokeAsync((items, isSelected));

    // The store itself stands above the list.
    private string PlaceOf(SmartGroupItem item) => string.Join(" › ", ContainerNames.NamesOf(Store, item.Container));
}
