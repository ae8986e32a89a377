using GroupPortal.Core.Directories;

namespace GroupPortal.Web.Directories;

/// <summary>Adds the tenants of the settings. Nothing is asked of them here: a portal starts although Microsoft Graph does not answer.</summary>
internal static class GraphStores
{
    public static void AddGraphStores(this WebApplicationBuilder builder, ConfiguredStores stores)
    {
        foreach (var tenant in stores.Tenants)
        {
            // By a factory, so that the container disposes the connection.
            builder.Services.AddSingleton<IDirectory>(services => tenant.Connection.Open(services.GetRequiredService<TimeProvider>()));
        }
    }
}
