using GroupPortal.Web.Directories;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Pages;

/// <summary>The directories behind the portal, and whether the way to each of them is in order.</summary>
public sealed partial class AdminDirectories
{
    [Inject]
    public required DirectoryChecks Checks { get; init; }
}
