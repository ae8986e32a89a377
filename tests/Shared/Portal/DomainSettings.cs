using System.Net;
using GroupPortal.TestDirectories;

namespace GroupPortal.Tests;

/// <summary>The settings of a portal whose store 2 is a domain controller, as an operator would write them.</summary>
internal static class DomainSettings
{
    /// <param name="server">Where the portal finds it; the controller itself when null.</param>
    /// <param name="administrators">The group whose members are administrators.</param>
    public static (string Key, string Value)[] For(SambaDomainController controller, IPEndPoint? server = null, string administrators = "Domain Admins")
    {
        // Its line may end: that is how editors leave a file.
        var password = Path.Combine(controller.Folder, "svc-password");
        File.WriteAllText(password, SambaDomainController.Service.Password + "\n");
        return
        [
            ("Embedded:People", "10"), ("Demo:Password", ""),
            ("Directories:2:Ldap:BaseDn", SambaDomainController.BaseDn),
            ("Directories:2:Ldap:Servers:0", $"ldaps://{server ?? controller.LdapsEndPoint}"),
            ("Directories:2:Ldap:Trust", controller.CaFile),
            ("Directories:2:Ldap:Account", SambaDomainController.Service.BindName),
            ("Directories:2:Ldap:PasswordFile", password),
            ("Directories:2:Ldap:Roles:Administrators:0", administrators),
        ];
    }
}
