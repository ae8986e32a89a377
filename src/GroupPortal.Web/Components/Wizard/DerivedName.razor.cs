using GroupPortal.Core.Plans;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Wizard;

/// <summary>A name that follows the typed one until somebody edits it by hand.</summary>
public sealed partial class DerivedName
{
    [Parameter, EditorRequired]
    public string Id { get; set; } = "";

    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    /// <summary>The directory's own name of the field.</summary>
    [Parameter]
    public string? Hint { get; set; }

    /// <summary>What was typed by hand; null while it follows.</summary>
    [Parameter]
    public string? Value { get; set; }

    /// <summary>What it is while it follows.</summary>
    [Parameter]
    public string Follows { get; set; } = "";

    [Parameter]
    public Problem? Problem { get; set; }

    /// <summary>What is said below while nothing is wrong, instead of whether it follows.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    /// <summary>A text by hand, or null to follow again.</summary>
    [Parameter]
    public EventCallback<string?> OnEdit { get; set; }
}
