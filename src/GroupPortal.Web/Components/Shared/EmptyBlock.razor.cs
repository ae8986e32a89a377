using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Shared;

/// <summary>Nothing to show: why that is so, and what to do next.</summary>
public sealed partial class EmptyBlock
{
    [Parameter, EditorRequired]
    public string Title { get; set; } = "";

    [Parameter]
    public string Icon { get; set; } = "inbox";

    /// <summary>Why it is empty.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    /// <summary>The next step.</summary>
    [Parameter]
    public RenderFragment? Actions { get; set; }
}
