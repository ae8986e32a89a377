using GroupPortal.Application.Groups;
using GroupPortal.Core.Directories.Tenants;
using GroupPortal.Core.Groups;
using GroupPortal.Web.Components.Groups;
using GroupPortal.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace GroupPortal.Web.Components.Tenants;

/// <summary>When a Microsoft 365 group is deleted by its age, and the ways to put that off.</summary>
public sealed partial class GroupExpiration
{
    /// <summary>When Microsoft 365 begins to write to the owners.</summary>
    private static readonly TimeSpan SoonBefore = TimeSpan.FromDays(30);

    [Inject]
    public required TimeProvider Clock { get; init; }

    [Inject]
    public required IStringLocalizer<PagesText> P { get; init; }

    [Parameter, EditorRequired]
    public required GroupView View { get; set; }

    [Parameter, EditorRequired]
    public required TenantGroup Known { get; set; }

    [Parameter]
    public EventCallback<GroupRequest> OnWish { get; set; }

    private GroupRequest Renewal => TenantGroups.Renewal(View.Group.Id, Clock.GetUtcNow()) with { ExpectedETag = View.Group.Version.ETag };

    private GroupRequest Naming(bool isNamed) => TenantGroups.Expires(View.Group.Id, isNamed) with { ExpectedETag = View.Group.Version.ETag };
}
