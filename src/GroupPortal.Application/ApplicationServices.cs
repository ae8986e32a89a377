using GroupPortal.Application.Access;
using GroupPortal.Application.Drafts;
using GroupPortal.Application.Groups;
using GroupPortal.Application.History;
using GroupPortal.Application.Storage;
using GroupPortal.Core.Directories;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace GroupPortal.Application;

public static class ApplicationServices
{
    /// <summary>
    /// Everything between the host and the directories. The host adds each <see cref="IDirectory"/> as a singleton; all
    /// services here are singletons too, for circuits, requests and background work alike.
    /// </summary>
    public static IServiceCollection AddGroupPortalApplication(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddOptions<StateOptions>().Bind(configuration.GetSection("State"));
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => new StoreRegistry(
            provider.GetServices<IDirectory>(),
            id => configuration.GetSection($"Directories:{id}").Get<StoreOptions>() ?? new StoreOptions()));
        services.TryAddSingleton<PersonLookup>();
        services.TryAddSingleton<GroupAccess>();
        services.TryAddSingleton<TokenStore>();
        services.TryAddSingleton<DraftStore>();
        services.TryAddSingleton<HistoryReader>();
        services.TryAddSingleton<GroupReader>();
        services.TryAddSingleton<GroupService>();
        return services;
    }
}
