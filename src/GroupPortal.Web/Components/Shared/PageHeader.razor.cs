using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Shared;

/// <summary>The head of every page: the browser's title, the way here, the heading that takes the focus, and the page's actions.</summary>
public sealed partial class PageHeader
{
    [Parameter, EditorRequired]
    public string Title { get; set; } = "";

    /// <summary>The pages above this one, outermost first; this one is added.</summary>
    [Parameter]
    public IReadOnlyList<Crumb> Breadcrumb { get; set; } = [];

    /// <summary>One line beneath the title.</summary>
    [Parameter]
    public string? Lead { get; set; }

    /// <summary>What stands before the title: the icon of what the page is about.</summary>
    [Parameter]
    public RenderFragment? Mark { get; set; }

    /// <summary>More beneath the title than one line of text.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    /// <summary>Buttons at the right; the one primary action last.</summary>
    [Parameter]
    public RenderFragment? Actions { get; set; }
}
