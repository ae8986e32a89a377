using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Layout;

public sealed partial class NavRail
{
    private NavItem? _current;
    private bool _collapsed;

    [Inject]
    public required Preferences Preferences { get; init; }

    /// <summary>The path of the page shown.</summary>
    [Parameter, EditorRequired]
    public string Path { get; set; } = "/";

    protected override void OnParametersSet() => _current = NavItem.For(Path);

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender && await Preferences.GetAsync("rail") == "collapsed")
        {
            _collapsed = true;
            StateHasChanged();
        }
    }

    private async Task ToggleAsync()
    {
        _collapsed = !_collapsed;
        await Preferences.SetAsync("rail", _collapsed ? "collapsed" : "");
    }
}
