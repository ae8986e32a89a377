using GroupPortal.Application.Storage;

namespace GroupPortal.Web;

internal static class PortalOptionsExtensions
{
    public static IServiceCollection AddPortalOptions(this IServiceCollection services, IConfiguration configuration)
    {
        // Startup/SettingsCheck has looked at it before anything was opened.
        services.Configure<PortalOptions>(configuration.GetSection(PortalOptions.Section));
        services.AddSingleton<PortalData>();
        // One folder for everything that the portal keeps.
        services.AddOptions<StateOptions>().PostConfigure<PortalData>((state, data) => state.DataDirectory = data.Root.FullName);
        return services;
    }
}
