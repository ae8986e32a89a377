using GroupPortal.Core.Directories;

namespace GroupPortal.Web.Directories;

/// <summary>Adds the domains of the settings. Nothing is connected to here: a portal starts although a domain does not answer.</summary>
internal static class LdapStores
{
    public static void AddLdapStores(this WebApplicationBuilder builder, ConfiguredStores stores)
    {
        foreach (var domain in stores.Domains)
        {
            // By a factory, so that the container closes the connections.
            builder.Services.AddSingleton<IDirectory>(services => domain.Connection.Open(services.GetRequiredService<TimeProvider>()));
        }
    }
}
