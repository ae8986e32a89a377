using GroupPortal.Application.Storage;

namespace GroupPortal.Web;

internal static class PortalOptionsExtensions
{
    public static IServiceCollection AddPortalOptions(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<PortalOptions>()
            .Bind(configuration.GetSection(PortalOptions.Section))
            .Validate(options => !string.IsNullOrWhiteSpace(options.DataDirectory), PortalOptions.DataDirectoryMissing)
            .ValidateOnStart();
        services.AddSingleton<PortalData>();
        // One folder for everything that the portal keeps.
        services.AddOptions<StateOptions>().PostConfigure<PortalData>((state, data) => state.DataDirectory = data.Root.FullName);
        return services;
    }
}
