using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Shared;

/// <summary>A word or two about a thing, in the colour of its meaning.</summary>
public sealed partial class Badge
{
    [Parameter]
    public Tone Tone { get; set; } = Tone.Neutral;

    /// <summary>A name of <see cref="Shared.Icon"/>.</summary>
    [Parameter]
    public string? Icon { get; set; }

    /// <summary>The tooltip.</summary>
    [Parameter]
    public string? Hint { get; set; }

    [Parameter]
    public RenderFragment? ChildContent { get; set; }
}
