using System.Net;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace GroupPortal.Web.Security;

internal static class SecurityExtensions
{
    public static IServiceCollection AddPortalSecurity(this IServiceCollection services, IConfiguration configuration)
    {
        services.Configure<ProxyOptions>(configuration.GetSection(ProxyOptions.Section));
        // After all others: ASPNETCORE_FORWARDEDHEADERS_ENABLED would believe these headers from anybody.
        services.AddOptions<ForwardedHeadersOptions>().PostConfigure<IOptions<ProxyOptions>>(BelieveKnownProxies);
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
        app.UseForwardedHeaders();
        app.UseMiddleware<SecurityHeadersMiddleware>();
        // Sent over https only, and never for localhost.
        app.UseHsts();
        return app;
    }

    private static void BelieveKnownProxies(ForwardedHeadersOptions headers, IOptions<ProxyOptions> proxy)
    {
        headers.KnownIPNetworks.Clear();
        headers.KnownProxies.Clear();
        foreach (var address in proxy.Value.KnownAddresses)
        {
            headers.KnownProxies.Add(IPAddress.Parse(address));
        }

        // With no proxy known the middleware would believe everybody, hence None.
        headers.ForwardedHeaders = headers.KnownProxies.Count == 0
            ? ForwardedHeaders.None
            : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        // However many stand in a row: the first that is not known is the client.
        headers.ForwardLimit = null;
    }
}
