using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace GroupPortal.Web.Components.Layout;

public sealed partial class NavRail
{
    private NavItem? _current;
    private bool _collapsed;
    private ClaimsPrincipal? _user;

    [Inject]
    public required Preferences Preferences { get; init; }

    /// <summary>The path of the page shown.</summary>
    [Parameter, EditorRequired]
    public string Path { get; set; } = "/";

    [CascadingParameter]
    public Task<AuthenticationState>? Authentication { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        _current = NavItem.For(Path);
        _user = Authentication is null ? null : (await Authentication).User;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender && await Preferences.GetAsync("rail") == "collapsed")
        {
            _collapsed = true;
            StateHasChanged();
        }
    }

    private bool IsSeen(NavItem item) => item.Role is null || _user?.IsInRole(item.Role) == true;

    private async Task ToggleAsync()
    {
        _collapsed = !_collapsed;
        await Preferences.SetAsync("rail", _collapsed ? "collapsed" : "");
    }
}
