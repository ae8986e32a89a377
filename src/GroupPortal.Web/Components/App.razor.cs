using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;

namespace GroupPortal.Web.Components;

public sealed partial class App
{
    // One render, in the circuit: prerendering would ask the directory everything twice.
    private static readonly InteractiveServerRenderMode Interactive = new(prerender: false);

    [CascadingParameter]
    public required HttpContext HttpContext { get; set; }

    /// <summary>Pages with [ExcludeFromInteractiveRouting], such as sign-in, are plain documents: they write cookies.</summary>
    private InteractiveServerRenderMode? RenderMode => HttpContext.AcceptsInteractiveRouting() ? Interactive : null;

    // Which store it is shows when the page has asked the configured ones; here it is only a small number.
    private string? StorePreference =>
        HttpContext.Request.Cookies["GroupPortal.store"] is { Length: <= 9 } value && value.All(char.IsAsciiDigit) ? value : null;

    // The cookies are written by wwwroot-assets/js/preferences.js. Known here, the first byte has the right look: nothing flashes.
    private string? Preference(string name, params ReadOnlySpan<string> known) =>
        HttpContext.Request.Cookies[$"GroupPortal.{name}"] is { } value && known.Contains(value) ? value : null;
}
