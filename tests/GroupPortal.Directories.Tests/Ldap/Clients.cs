using GroupPortal.Ldap;
using GroupPortal.TestDirectories;

namespace GroupPortal.Directories.Tests.Ldap;

/// <summary>Ways to the test servers.</summary>
internal static class Clients
{
    public static LdapOptions OptionsFor(SambaDomainController controller, LdapSecurity security = LdapSecurity.Ldaps) => new()
    {
        Servers = [new LdapServer(controller.Address.ToString(), security == LdapSecurity.Ldaps ? SambaDomainController.LdapsPort : SambaDomainController.LdapPort, security)],
        Trust = new LdapTrust.OfFile(controller.CaFile),
        Credential = new LdapCredential(SambaDomainController.Administrator.BindName, SambaDomainController.Administrator.Password),
        // A busy machine is no reason for a test to fail; those of the limit say theirs.
        ConnectLimit = TimeSpan.FromSeconds(30),
    };

    public static LdapOptions OptionsFor(StrictDomain domain) => new()
    {
        Servers = [new LdapServer(domain.EndPoint.Address.ToString(), domain.EndPoint.Port, LdapSecurity.Ldaps)],
        Trust = new LdapTrust.OfFile(domain.CaFile),
        Credential = new LdapCredential(SambaDomainController.Administrator.BindName, SambaDomainController.Administrator.Password),
    };
}
