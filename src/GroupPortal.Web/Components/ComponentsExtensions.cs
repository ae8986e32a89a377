using System.Globalization;
using GroupPortal.Web.Api;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
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
        services.AddScoped<Layout.StoreChoice>();
        services.AddScoped<Held.HeldNews>();
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

        app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
        app.Use((context, next) =>
        {
            // A page is for who looked for one: a refused form or an API call is answered by its status alone.
            if (!HttpMethods.IsGet(context.Request.Method) || ApiPaths.IsApi(context.Request.Path))
            {
                context.Features.GetRequiredFeature<IStatusCodePagesFeature>().Enabled = false;
            }

            return next(context);
        });
    }

    /// <summary>
    /// Dates and numbers as the person's browser asks for them; the words are English whatever it asks. Programs are
    /// answered the same wherever they run.
    /// </summary>
    public static void UsePersonsCulture(this WebApplication app)
    {
        var words = new CultureInfo("en");
        var standing = CultureInfo.CurrentCulture.Equals(CultureInfo.InvariantCulture) ? new CultureInfo("en-GB") : CultureInfo.CurrentCulture;
        var localization = new RequestLocalizationOptions
        {
            DefaultRequestCulture = new Microsoft.AspNetCore.Localization.RequestCulture(standing, words),
            SupportedCultures = [.. CultureInfo.GetCultures(CultureTypes.NeutralCultures | CultureTypes.SpecificCultures).Where(culture => culture.Name.Length > 0)],
            SupportedUICultures = [words],
            RequestCultureProviders = [new Microsoft.AspNetCore.Localization.AcceptLanguageHeaderRequestCultureProvider()],
        };
        app.UseWhen(context => !ApiPaths.IsApi(context.Request.Path), pages => pages.UseRequestLocalization(localization));
    }

    public static void MapPortalComponents(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapRazorComponents<App>().AddInteractiveServerRenderMode(options =>
            // Our own policy says frame-ancestors for every response (Security/SecurityHeadersMiddleware).
            options.ContentSecurityFrameAncestorsPolicy = null);
}
