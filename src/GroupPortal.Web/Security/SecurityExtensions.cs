using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Options;

namespace GroupPortal.Web.Security;

internal static class SecurityExtensions
{
    public static IServiceCollection AddPortalSecurity(this IServiceCollection services)
    {
        services.AddHsts(options => options.MaxAge = TimeSpan.FromDays(365));
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "GroupPortal.Antiforgery";
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            // The header would say SAMEORIGIN; framing is refused by the content security policy.
            options.SuppressXFrameOptionsHeader = true;
        });

        // With the keys kept, sign-ins and forms that are open in a browser survive a restart.
        services.AddDataProtection().SetApplicationName("GroupPortal");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider =>
            new ConfigureOptions<KeyManagementOptions>(options => options.XmlRepository = new FileSystemXmlRepository(
                provider.GetRequiredService<PortalData>().Root.CreateSubdirectory("keys"),
                provider.GetRequiredService<ILoggerFactory>())));
        return services;
    }

    public static WebApplication UsePortalSecurity(this WebApplication app)
    {
        app.UseMiddleware<SecurityHeadersMiddleware>();
        // Sent over https only, and never for localhost.
        app.UseHsts();
        return app;
    }
}
