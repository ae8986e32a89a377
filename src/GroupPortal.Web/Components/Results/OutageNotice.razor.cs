using System.Globalization;
using GroupPortal.Application.Groups;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Results;

/// <summary>That the directory does not answer, or asks to wait, while the plan waits for it: nothing when it does not.</summary>
public sealed partial class OutageNotice
{
    [Parameter, EditorRequired]
    public DirectoryOutage? Outage { get; set; }

    [Parameter]
    public DirectoryPause? Pause { get; set; }

    private static string Time(DateTimeOffset at) => at.ToLocalTime().ToString("T", CultureInfo.CurrentCulture);
}
