using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Shared;

/// <summary>What went wrong, what stands now, and the way on.</summary>
public sealed partial class ErrorBlock
{
    private bool _retrying;

    /// <summary>What happened, to which object, and what stands now.</summary>
    [Parameter, EditorRequired]
    public string Message { get; set; } = "";

    /// <summary>The server's own words, folded.</summary>
    [Parameter]
    public string? Details { get; set; }

    /// <summary>Tries again; without it there is no button.</summary>
    [Parameter]
    public EventCallback Retry { get; set; }

    /// <summary>What to do, when trying again is not it.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    private async Task RetryAsync()
    {
        _retrying = true;
        try
        {
            await Retry.InvokeAsync();
        }
        finally
        {
            _retrying = false;
        }
    }
}
