namespace GroupPortal.Web;

internal static class PortalOptionsExtensions
{
    public static IServiceCollection AddPortalOptions(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<PortalOptions>()
            .Bind(configuration.GetSection(PortalOptions.Section))
            .Validate(
                options => !string.IsNullOrWhiteSpace(options.DataDirectory),
                $"{PortalOptions.Section}:{nameof(PortalOptions.DataDirectory)} is empty. Name the directory in which the portal keeps its state.")
            .ValidateOnStart();
        services.AddSingleton<PortalData>();
        return services;
    }
}
