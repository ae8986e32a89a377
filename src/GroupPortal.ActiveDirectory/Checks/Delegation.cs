using GroupPortal.Core.Directories;
using GroupPortal.Ldap;

namespace GroupPortal.ActiveDirectory;

/// <summary>
/// The least that the service account needs: create and delete groups in one container and everything below it, and write
/// those attributes of theirs that the portal has fields for. Everything is readable to it as to every account.
/// </summary>
public static class Delegation
{
    /// <param name="account">The service account, as configured.</param>
    /// <param name="container">Where the portal's groups are.</param>
    public static IReadOnlyList<DelegationScript> For(string account, string container) =>
        CanStandInCommandLine(account) && CanStandInCommandLine(container)
            ? [new DelegationScript("dsacls", Dsacls(account, container)), new DelegationScript("PowerShell", PowerShell(account, container))]
            : [new DelegationScript("PowerShell", PowerShell(account, container))];

    // cmd.exe has no way to quote these for certain.
    private static bool CanStandInCommandLine(string text) => !text.Any(character => character is '"' or '%' or '!' or '^' || char.IsControl(character));

    private static string Dsacls(string account, string container)
    {
        var trustee = account;
        List<string> lines = ["rem In a command prompt, as an administrator of the domain."];
        if (DistinguishedName.TryParse(account, out var name))
        {
            trustee = "%ACCOUNT%";
            lines.Add($"rem The account as EXAMPLE\\name, for {name}:");
            lines.Add($"set ACCOUNT=EXAMPLE\\{name.Name}");
        }

        lines.Add($"dsacls \"{container}\" /I:T /G \"{trustee}:CCDC;{DirectoryRights.GroupClass}\"");
        lines.AddRange(DirectoryRights.Attributes.Select(attribute => $"dsacls \"{container}\" /I:S /G \"{trustee}:RPWP;{attribute};{DirectoryRights.GroupClass}\""));
        lines.Add("rem Only where Exchange has extended the schema:");
        lines.AddRange(DirectoryRights.OfExchange.Select(attribute => $"rem dsacls \"{container}\" /I:S /G \"{trustee}:RPWP;{attribute};{DirectoryRights.GroupClass}\""));
        return string.Join('\n', lines) + '\n';
    }

    private static string PowerShell(string account, string container) => $$"""
        # In Windows PowerShell with the module ActiveDirectory, as an administrator of the domain.
        Import-Module ActiveDirectory
        $container = {{Quoted(container)}}
        $account = Get-ADObject {{FilterOf(account)}} -Properties objectSid
        $names = {{string.Join(", ", DirectoryRights.Attributes.Select(Quoted))}}
        # Only where Exchange has extended the schema:
        # $names += {{string.Join(", ", DirectoryRights.OfExchange.Select(Quoted))}}
        $schema = (Get-ADRootDSE).schemaNamingContext
        function Get-SchemaId($name) { [guid](Get-ADObject -SearchBase $schema -LDAPFilter "(lDAPDisplayName=$name)" -Properties schemaIDGUID).schemaIDGUID }
        $sid = [Security.Principal.SecurityIdentifier]$account.objectSid
        $group = Get-SchemaId 'group'
        $acl = Get-Acl "AD:\$container"
        $acl.AddAccessRule([DirectoryServices.ActiveDirectoryAccessRule]::new($sid, 'CreateChild, DeleteChild', 'Allow', $group, 'All'))
        foreach ($name in $names) {
            $acl.AddAccessRule([DirectoryServices.ActiveDirectoryAccessRule]::new($sid, 'ReadProperty, WriteProperty', 'Allow', (Get-SchemaId $name), 'Descendents', $group))
        }
        Set-Acl "AD:\$container" $acl

        """;

    private static string FilterOf(string account) =>
        DistinguishedName.TryParse(account, out _) ? $"-Identity {Quoted(account)}"
        : account.Contains('@', StringComparison.Ordinal) ? $"-LDAPFilter {Quoted(LdapFilter.Equal("userPrincipalName", account).ToString())}"
        : $"-LDAPFilter {Quoted(LdapFilter.Equal("sAMAccountName", account[(account.IndexOf('\\', StringComparison.Ordinal) + 1)..]).ToString())}";

    private static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
