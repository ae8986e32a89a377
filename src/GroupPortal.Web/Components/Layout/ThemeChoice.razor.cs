using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Layout;

public sealed partial class ThemeChoice
{
    // No value: as the operating system says.
    private static readonly (string Value, string Icon)[] Choices = [("light", "sun"), ("dark", "moon"), ("", "monitor")];
    private string? _chosen;

    [Inject]
    public required Preferences Preferences { get; init; }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _chosen = await Preferences.GetAsync("theme");
            StateHasChanged();
        }
    }

    private async Task ChooseAsync(string value)
    {
        _chosen = value;
        await Preferences.SetAsync("theme", value);
    }
}
