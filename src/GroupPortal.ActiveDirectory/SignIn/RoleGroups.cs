using GroupPortal.ActiveDirectory.Schema;
using GroupPortal.Core.Directories;
using GroupPortal.Ldap;

namespace GroupPortal.ActiveDirectory;

/// <summary>The configured groups of the two roles, by SID: names can be taken by others, SIDs cannot.</summary>
/// <param name="Unresolved">Configured names that lead to no group, or to more than one.</param>
internal sealed record RoleGroups(IReadOnlySet<string> Administrators, IReadOnlySet<string> Helpdesk, IReadOnlyList<string> Unresolved)
{
    public static async Task<DirectoryAnswer<RoleGroups>> ReadAsync(
        LdapClient client, DistinguishedName root, DomainRoleOptions options, CancellationToken cancellation)
    {
        var unresolved = new List<string>();
        var sets = new List<HashSet<string>>();
        foreach (var names in new[] { options.Administrators, options.Helpdesk })
        {
            var sids = new HashSet<string>(StringComparer.Ordinal);
            foreach (var name in names)
            {
                switch (await SidOfAsync(client, root, name.Trim(), cancellation))
                {
                    case DirectoryAnswer<string?>.Ok({ } sid):
                        sids.Add(sid);
                        break;
                    case DirectoryAnswer<string?>.Ok:
                        unresolved.Add(name);
                        break;
                    case DirectoryAnswer<string?>.Failed(var error):
                        return error;
                }
            }

            sets.Add(sids);
        }

        return DirectoryAnswer.Ok(new RoleGroups(sets[0], sets[1], unresolved));
    }

    private static async Task<DirectoryAnswer<string?>> SidOfAsync(LdapClient client, DistinguishedName root, string name, CancellationToken cancellation)
    {
        if (SidText.Normalize(name) is { } sid)
        {
            return DirectoryAnswer.Ok<string?>(sid);
        }

        var isGroup = LdapFilter.Equal("objectClass", "group");
        var search = DistinguishedName.TryParse(name, out var dn)
            ? new LdapSearch(Domain.NameOf(dn), LdapScope.Base, isGroup, ["objectSid"])
            : new LdapSearch(Domain.NameOf(root), LdapScope.Subtree, LdapFilter.And(isGroup, LdapFilter.Equal("sAMAccountName", AccountNameOf(name))), ["objectSid"]);
        var found = await client.SearchAsync(search, cancellation);
        if (found.Answer is LdapAnswer.Answered { Result.Code: LdapResultCode.NoSuchObject or LdapResultCode.InvalidDNSyntax })
        {
            return DirectoryAnswer.Ok<string?>(null);
        }

        if (!found.IsComplete)
        {
            return SignInFaults.Decode(found.Answer);
        }

        return DirectoryAnswer.Ok(found.Entries is [var only] && only.Octets("objectSid") is { } octets ? SecurityIdentifier.Of(octets)?.ToString() : null);
    }

    // EXAMPLE\Portal admins is how administrators write it elsewhere.
    private static string AccountNameOf(string name) => name[(name.LastIndexOf('\\') + 1)..] is { Length: > 0 } account ? account : name;
}
