using GroupPortal.Core.Plans;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Shared;

/// <summary>What is wrong with a field, beside it.</summary>
public sealed partial class FieldProblem
{
    [Parameter, EditorRequired]
    public Problem? Problem { get; set; }

    /// <summary>For the field's aria-describedby.</summary>
    [Parameter]
    public string? Id { get; set; }
}
