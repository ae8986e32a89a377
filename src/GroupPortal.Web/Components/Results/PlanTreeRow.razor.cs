using GroupPortal.Application.Groups;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Results;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Results;

/// <summary>One attribute of a plan: what it is, old and new, what is done, how it stands.</summary>
public sealed partial class PlanTreeRow
{
    private DirectoryError.Conflict? _conflict;

    [Parameter, EditorRequired]
    public required PlanRow Row { get; set; }

    [Parameter]
    public PlanState State { get; set; }

    [Parameter]
    public StoreKind? StoreKind { get; set; }

    // A conflict that knows neither side has nothing to set beside the plan.
    protected override void OnParametersSet() =>
        _conflict = Row.Outcome?.Error is DirectoryError.Conflict conflict && conflict.Expected.Count + conflict.Found.Count > 0 ? conflict : null;
}
