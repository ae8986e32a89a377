using GroupPortal.Application.Groups;
using GroupPortal.EntraId;

namespace GroupPortal.Web.Directories;

/// <summary>A tenant of Entra ID with the store's own settings.</summary>
internal sealed record ConfiguredTenant(GraphConnection Connection, StoreSettings Settings);
