using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Shared;

/// <summary>Something that is on or off, with a line that says what it does.</summary>
public sealed partial class SwitchField
{
    private int _turn;

    [Parameter, EditorRequired]
    public string Id { get; set; } = "";

    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    [Parameter]
    public string? Text { get; set; }

    /// <summary>The directory's own name of the field.</summary>
    [Parameter]
    public string? Hint { get; set; }

    [Parameter]
    public bool Checked { get; set; }

    [Parameter]
    public bool Disabled { get; set; }

    [Parameter]
    public EventCallback<bool> OnChange { get; set; }

    private async Task ToggleAsync(bool isOn)
    {
        await OnChange.InvokeAsync(isOn);
        if (Checked != isOn)
        {
            // The browser has moved it already; what is wished for is not so yet, and a new element shows how it stands.
            _turn++;
        }
    }
}
