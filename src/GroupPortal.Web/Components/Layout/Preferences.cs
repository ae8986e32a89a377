using Microsoft.JSInterop;

namespace GroupPortal.Web.Components.Layout;

/// <summary>
/// How this browser likes the portal to look. The values stand as data attributes on the html element, for the style sheets,
/// and in cookies, so that the server draws them from the first byte (App.razor).
/// </summary>
public sealed class Preferences(IJSRuntime browser) : IAsyncDisposable
{
    private const string Module = "./assets/js/preferences.js";
    private Task<IJSObjectReference>? _module;

    public async ValueTask<string> GetAsync(string name) =>
        await (await ImportAsync()).InvokeAsync<string>("get", name);

    public async ValueTask SetAsync(string name, string value) =>
        await (await ImportAsync()).InvokeVoidAsync("set", name, value);

    public async ValueTask DisposeAsync()
    {
        if (_module is { IsCompletedSuccessfully: true })
        {
            try
            {
                await (await _module).DisposeAsync();
            }
            catch (JSDisconnectedException)
            {
                // The browser has gone, and the module with it.
            }
        }
    }

    private Task<IJSObjectReference> ImportAsync() =>
        _module ??= browser.InvokeAsync<IJSObjectReference>("import", Module).AsTask();
}
