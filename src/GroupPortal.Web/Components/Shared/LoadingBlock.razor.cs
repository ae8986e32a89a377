using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Shared;

/// <summary>Holds the place of what is being loaded, about as high as it will be, so that nothing jumps.</summary>
public sealed partial class LoadingBlock
{
    [Parameter]
    public int Lines { get; set; } = 4;

    /// <summary>What a screen reader says; "Loading" unless given.</summary>
    [Parameter]
    public string? Label { get; set; }
}
