using GroupPortal.Core.Groups;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Pickers;

/// <summary>What has been chosen, however much: drawn only where it is looked at, with a search when it is long.</summary>
public sealed partial class PickedList
{
    private const int SearchFrom = 20;

    private List<PickedObject> _shown = [];
    private int _disabled;
    private string _search = "";
    private string _announcement = "";

    [Parameter, EditorRequired]
    public IReadOnlyList<PickedObject> Picked { get; set; } = [];

    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    /// <summary>What is counted: <c>Members</c>, <c>Owners</c>, or <c>Joining</c> for those who are none yet; the key of the words.</summary>
    [Parameter]
    public string What { get; set; } = "Members";

    /// <summary>Said of the first of the list, where being first means something.</summary>
    [Parameter]
    public string? FirstBadge { get; set; }

    [Parameter]
    public string? FirstHint { get; set; }

    [Parameter]
    public EventCallback<Guid> OnRemove { get; set; }

    protected override void OnParametersSet()
    {
        _disabled = Picked.Count(one => !one.Enabled);
        Search();
    }

    private void Search() => _shown = _search.Trim() is { Length: > 0 } text && Picked.Count > SearchFrom
        ? [.. Picked.Where(one => Contains(one.Label, text) || Contains(one.Detail, text))]
        : [.. Picked];

    private static bool Contains(string value, string text) => value.Contains(text, StringComparison.InvariantCultureIgnoreCase);

    private async Task RemoveAsync(PickedObject one)
    {
        _announcement = W["Picker_Removed", one.Label];
        await OnRemove.InvokeAsync(one.Id);
    }
}
