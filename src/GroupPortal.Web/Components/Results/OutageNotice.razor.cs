using System.Globalization;
using GroupPortal.Application.Groups;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Results;

/// <summary>That the directory does not answer, while the plan waits for it: nothing when it does.</summary>
public sealed partial class OutageNotice
{
    [Parameter, EditorRequired]
    public DirectoryOutage? Outage { get; set; }

    private static string Time(DateTimeOffset at) => at.ToLocalTime().ToString("T", CultureInfo.CurrentCulture);
}
