using System.Diagnostics;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Pages;

/// <summary>The last resort, for whatever a request threw. Static: the circuit may be what is broken.</summary>
public sealed partial class Error
{
    [CascadingParameter]
    public HttpContext? HttpContext { get; set; }

    private string? RequestId => Activity.Current?.Id ?? HttpContext?.TraceIdentifier;
}
