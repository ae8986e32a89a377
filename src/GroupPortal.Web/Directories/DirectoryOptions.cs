using GroupPortal.ActiveDirectory;
using GroupPortal.Application.Groups;
using GroupPortal.EntraId;

namespace GroupPortal.Web.Directories;

/// <summary>All of a store's settings: section <c>Directories:&lt;id&gt;</c>.</summary>
public sealed class DirectoryOptions : StoreOptions
{
    /// <summary>The way to a real domain. Without it, the ids 2 and 3 are the sample directories.</summary>
    public DomainOptions Ldap { get; set; } = new();

    /// <summary>The way to a real tenant of Entra ID, in place of <see cref="Ldap"/>.</summary>
    public GraphOptions Graph { get; set; } = new();
}
