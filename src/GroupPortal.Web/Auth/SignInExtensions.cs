using GroupPortal.ActiveDirectory;
using GroupPortal.Web.Api;
using GroupPortal.Web.Directories;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;

namespace GroupPortal.Web.Auth;

/// <summary>Everything about who is there. Another way of signing in is another file here and another line in AddPortalSignIn.</summary>
internal static class SignInExtensions
{
    public static IServiceCollection AddPortalSignIn(this IServiceCollection services, IConfiguration configuration, ConfiguredStores stores, StoresOnThisMachine connected)
    {
        services.Configure<DemoOptions>(configuration.GetSection(DemoOptions.Section));
        services.AddSingleton<LoopbackListeners>();
        services.AddSingleton<GuessLimit>();
        services.AddSingleton<LockoutGuard>();
        services.AddSingleton<PasswordSignIns>();
        services.AddSingleton(connected);
        // First: the password of the demo accounts is never tried on a domain's.
        services.AddSingleton<IPasswordSignIn, DemoAccounts>();
        foreach (var domain in stores.Domains)
        {
            AddDomain(services, domain.Connection);
        }

        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(ConfigureCookie);

        // Whatever does not say otherwise is for people who signed in.
        services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        services.AddCascadingAuthenticationState();
        services.AddScoped<AuthenticationStateProvider, SessionRevalidation>();
        services.AddScoped<CurrentPerson>();
        return services;
    }

    public static void MapSignOut(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost("/sign-out", async (HttpContext context, IAntiforgery antiforgery) =>
        {
            // Nothing is bound from the form, so the framework would not look at the token.
            if (!await antiforgery.IsRequestValidAsync(context))
            {
                return Results.BadRequest();
            }

            await context.SignOutAsync();
            return Results.LocalRedirect("/sign-in");
        });

    private static void AddDomain(IServiceCollection services, DomainConnection connection)
    {
        // By factories, so that the container closes the connections.
        services.AddKeyedSingleton<IDomainAccounts>(connection.Store.Id, (provider, _) => new DomainAccounts(connection, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IPasswordSignIn>(provider => new DirectorySignIn(
            provider.GetRequiredKeyedService<IDomainAccounts>(connection.Store.Id),
            provider.GetRequiredService<LockoutGuard>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<DirectorySignIn>>()));
    }

    private static void ConfigureCookie(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = "GroupPortal";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = TimeSpan.FromHours(8);
        options.SlidingExpiration = true;
        options.LoginPath = "/sign-in";
        options.AccessDeniedPath = "/access-denied";
        options.ReturnUrlParameter = "returnUrl";

        options.Events.OnRedirectToLogin = context => AnswerOrRedirect(context, StatusCodes.Status401Unauthorized);
        options.Events.OnRedirectToAccessDenied = context => AnswerOrRedirect(context, StatusCodes.Status403Forbidden);
        options.Events.OnValidatePrincipal = async context =>
        {
            var signIns = context.HttpContext.RequestServices.GetServices<IPasswordSignIn>();
            if (!await SessionRevalidation.IsStillValidAsync(signIns, context.Principal!, context.HttpContext.RequestAborted))
            {
                context.RejectPrincipal();
                await context.HttpContext.SignOutAsync();
            }
        };
    }

    private static Task AnswerOrRedirect(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        if (ApiPaths.IsApi(context.Request.Path))
        {
            context.Response.StatusCode = status;
        }
        else
        {
            context.Response.Redirect(context.RedirectUri);
        }

        return Task.CompletedTask;
    }
}
