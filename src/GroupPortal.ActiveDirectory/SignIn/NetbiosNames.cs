using GroupPortal.Core.Directories;
using GroupPortal.Ldap;

namespace GroupPortal.ActiveDirectory;

/// <summary>A domain's short name, as its cross-reference in the configuration has it ([MS-ADTS] 6.1.1.2.1.1.1).</summary>
internal static class NetbiosNames
{
    public static async Task<DirectoryAnswer<string?>> ReadAsync(LdapClient client, DistinguishedName root, CancellationToken cancellation)
    {
        var server = await client.SearchAsync(
            new LdapSearch(LdapName.RootDse, LdapScope.Base, LdapFilter.Present("objectClass"), ["configurationNamingContext"]), cancellation);
        if (!server.IsComplete)
        {
            return SignInFaults.Decode(server.Answer);
        }

        if (server.Entries is not [var rootDse] || !DistinguishedName.TryParse(rootDse.Text("configurationNamingContext"), out var configuration))
        {
            return DirectoryAnswer.Ok<string?>(null);
        }

        var filter = LdapFilter.And(LdapFilter.Equal("nCName", root.ToString()), LdapFilter.Present("nETBIOSName"));
        var found = await client.SearchAsync(
            new LdapSearch(Domain.NameOf(configuration.Child("CN", "Partitions")), LdapScope.OneLevel, filter, ["nETBIOSName"]), cancellation);
        return found.IsComplete
            ? DirectoryAnswer.Ok(found.Entries is [var only] ? only.Text("nETBIOSName") : null)
            : SignInFaults.Decode(found.Answer);
    }
}
