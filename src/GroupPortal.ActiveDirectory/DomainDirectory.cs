using GroupPortal.Core.Directories;
using GroupPortal.Ldap;

namespace GroupPortal.ActiveDirectory;

/// <summary>Stands here until the branch with the adapter comes in, whose file of this name replaces it.</summary>
public static class DomainDirectory
{
    public static IDirectory Open(IdentityStore store, LdapOptions options, TimeProvider clock) =>
        throw new NotSupportedException("The adapter for Active Directory is not part of this build.");
}
