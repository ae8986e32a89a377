using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;

namespace GroupPortal.Web.Components.Layout;

public sealed partial class MainLayout : IDisposable
{
    private ElementReference _content;
    private ErrorBoundary? _boundary;

    [Inject]
    public required NavigationManager Navigation { get; init; }

    private string Path => new Uri(Navigation.Uri).AbsolutePath;

    protected override void OnInitialized() => Navigation.LocationChanged += OnLocationChanged;

    public void Dispose() => Navigation.LocationChanged -= OnLocationChanged;

    // The error of one page is not the error of the next.
    private void OnLocationChanged(object? sender, LocationChangedEventArgs arguments) => _ = InvokeAsync(() =>
    {
        Recover();
        StateHasChanged();
    });

    private void Recover() => _boundary?.Recover();

    // The base address makes "#content" a link to the start page, so the focus is moved by hand.
    private async Task SkipToContentAsync() => await _content.FocusAsync();
}
