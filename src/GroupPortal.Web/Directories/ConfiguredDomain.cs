using GroupPortal.ActiveDirectory;
using GroupPortal.Application.Groups;

namespace GroupPortal.Web.Directories;

/// <summary>A domain with the store's own settings.</summary>
internal sealed record ConfiguredDomain(DomainConnection Connection, StoreSettings Settings);
