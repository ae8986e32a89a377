using System.Globalization;
using GroupPortal.Core.Plans;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Results;

/// <summary>The guard holds a plan: what it counted, and the name to type before the plan can be applied.</summary>
public sealed partial class GuardPanel
{
    [Parameter, EditorRequired]
    public required GuardVerdict Guard { get; set; }

    [Parameter, EditorRequired]
    public string GroupName { get; set; } = "";

    /// <summary>Whether somebody has agreed to this plan.</summary>
    [Parameter]
    public EventCallback<bool> OnAgreed { get; set; }

    // Adds and removes together: a swap of all members changes all, although as many stand afterwards.
    private string Share => Guard.Present == 0 ? "—" : ((double)(Guard.Adds + Guard.Removes) / Guard.Present).ToString("P0", CultureInfo.CurrentCulture);
}
