using GroupPortal.ActiveDirectory;
using GroupPortal.Core.Directories;
using GroupPortal.Ldap;
using GroupPortal.TestDirectories;

namespace GroupPortal.Benchmarks.ActiveDirectory;

/// <summary>A portal over a domain controller.</summary>
internal static class DomainPortal
{
    public static LdapOptions OptionsFor(SambaDomainController controller) => new()
    {
        Servers = [new LdapServer(controller.Address.ToString(), SambaDomainController.LdapsPort, LdapSecurity.Ldaps)],
        Trust = new LdapTrust.OfFile(controller.CaFile),
        Credential = new LdapCredential(SambaDomainController.Administrator.BindName, SambaDomainController.Administrator.Password),
    };

    public static Task<DirectoryPortal> StartAsync(SambaDomainController controller)
    {
        var store = new IdentityStore(2, "demo.local", StoreKind.ActiveDirectory, StoreConnection.Ldap, SambaDomainController.BaseDn, SambaDomainController.HostName);
        return DirectoryPortal.StartAsync(DomainDirectory.Open(store, OptionsFor(controller), TimeProvider.System));
    }
}
