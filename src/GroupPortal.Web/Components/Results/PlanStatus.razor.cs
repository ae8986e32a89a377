using GroupPortal.Application.Groups;
using GroupPortal.Core.Results;
using GroupPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Results;

/// <summary>How a line stands: icon and word, the reason beside them, the server's own words folded.</summary>
public sealed partial class PlanStatus
{
    private (Tone Tone, string Icon) _look;

    [Parameter, EditorRequired]
    public StepStatus Status { get; set; }

    [Parameter]
    public PlanState State { get; set; }

    /// <summary>Instead of the status' own word: what a line with children says in numbers.</summary>
    [Parameter]
    public string? Words { get; set; }

    [Parameter]
    public string? Message { get; set; }

    [Parameter]
    public string? ServerText { get; set; }

    protected override void OnParametersSet() => _look = RowStandings.Look(Status);
}
