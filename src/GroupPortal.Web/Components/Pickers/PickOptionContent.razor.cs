using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Pickers;

/// <summary>What a line of a picker's list shows: kind, name, title and department or the reason against it, mail.</summary>
public sealed partial class PickOptionContent
{
    [Parameter, EditorRequired]
    public required PickOption Option { get; set; }
}
