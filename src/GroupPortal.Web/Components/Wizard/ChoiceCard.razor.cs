using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Wizard;

/// <summary>One choice of a few, as a card; cards of one <see cref="Group"/> are one radio group.</summary>
public sealed partial class ChoiceCard
{
    [Parameter, EditorRequired]
    public string Group { get; set; } = "";

    [Parameter, EditorRequired]
    public string Value { get; set; } = "";

    [Parameter, EditorRequired]
    public string Title { get; set; } = "";

    /// <summary>What it is good for, in one line.</summary>
    [Parameter]
    public string Text { get; set; } = "";

    [Parameter]
    public string? Icon { get; set; }

    /// <summary>More of it, below the line; phrasing content, since it stands in a label.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    /// <summary>The number that the API and administrators know the choice by.</summary>
    [Parameter]
    public int? Number { get; set; }

    [Parameter]
    public string? NumberHint { get; set; }

    [Parameter]
    public bool Checked { get; set; }

    [Parameter]
    public bool Disabled { get; set; }

    /// <summary>Why it is disabled.</summary>
    [Parameter]
    public string? Reason { get; set; }

    [Parameter]
    public EventCallback OnChosen { get; set; }

    private string Id => $"{Group}-{Value}";
}
