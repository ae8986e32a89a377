using GroupPortal.Web.Api;
using Radzen;

namespace GroupPortal.Web.Components;

internal static class ComponentsExtensions
{
    public static IServiceCollection AddPortalComponents(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddRadzenComponents();
        services.AddLocalization();
        services.AddScoped<Layout.Preferences>();
        services.AddSingleton(TimeProvider.System);
        return services;
    }

    /// <summary>Pages for people who meet an error or a missing page; programs get the bare status.</summary>
    public static void UsePortalErrorPages(this WebApplication app)
    {
        if (!app.Environment.IsDevelopment())
        {
            app.UseExceptionHandler("/error", createScopeForErrors: true);
        }

        app.UseWhen(
            context => !ApiPaths.IsApi(context.Request.Path),
            people => people.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true));
    }

    public static void MapPortalComponents(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapRazorComponents<App>().AddInteractiveServerRenderMode(options =>
            // Our own policy says frame-ancestors for every response (Security/SecurityHeadersMiddleware).
            options.ContentSecurityFrameAncestorsPolicy = null);
}
