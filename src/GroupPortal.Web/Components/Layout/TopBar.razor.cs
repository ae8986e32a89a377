using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Layout;

public sealed partial class TopBar
{
    /// <summary>The identity store that is worked on, and the way to another.</summary>
    [Parameter]
    public RenderFragment? Store { get; set; }

    [Parameter]
    public RenderFragment? Search { get; set; }

    [Parameter]
    public RenderFragment? Jobs { get; set; }
}
