using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Results;

/// <summary>What is about to happen is worth a second thought: it is agreed to by typing the group's name.</summary>
public sealed partial class TypedName
{
    private readonly string _id = $"typed-{Guid.NewGuid():N}";
    private string _text = "";

    [Parameter, EditorRequired]
    public string Title { get; set; } = "";

    [Parameter, EditorRequired]
    public string Name { get; set; } = "";

    /// <summary>It destroys something, rather than changing much at once.</summary>
    [Parameter]
    public bool Dangerous { get; set; }

    /// <summary>Whether the name that stands in the field is the group's.</summary>
    [Parameter]
    public EventCallback<bool> OnAgreed { get; set; }

    /// <summary>What will happen, in numbers.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    private Task TypeAsync(string? text)
    {
        _text = text ?? "";
        return OnAgreed.InvokeAsync(string.Equals(_text.Trim(), Name, StringComparison.Ordinal));
    }
}
