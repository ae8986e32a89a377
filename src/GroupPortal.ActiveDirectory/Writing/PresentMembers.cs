using System.Globalization;
using GroupPortal.ActiveDirectory.Reading;
using GroupPortal.Core.Directories;
using GroupPortal.Ldap;

namespace GroupPortal.ActiveDirectory.Writing;

/// <summary>Those of some objects that are members now.</summary>
/// <param name="All">With those whose primary group it is: the directory keeps them elsewhere, and refuses to add them (68).</param>
/// <param name="Primary">Those whose primary group it is.</param>
internal sealed record PresentMembers(IReadOnlySet<Guid> All, IReadOnlySet<Guid> Primary)
{
    private const string PrimaryGroup = "primaryGroupID";

    /// <summary>
    /// Asked of the members and not of the group: the cost goes with the write and not with the group, which may have any number.
    /// </summary>
    public static async Task<DirectoryAnswer<PresentMembers>> ReadAsync(
        PinnedServer server, LdapName context, PresentGroup group, IEnumerable<Guid> candidates, CancellationToken cancellation)
    {
        var rid = group.Rid?.ToString(CultureInfo.InvariantCulture);
        var isIn = LdapFilter.Equal("memberOf", group.Dn.ToString());
        var either = rid is null ? isIn : LdapFilter.Or(isIn, LdapFilter.Equal(PrimaryGroup, rid));
        var answer = await server.Searches.AnyOfAsync(
            candidates.Distinct(),
            id => LdapFilter.Equal("objectGUID", id),
            any => new LdapSearch(context, LdapScope.Subtree, LdapFilter.And(any, either), ["objectGUID", PrimaryGroup]),
            cancellation);
        return answer switch
        {
            DirectoryAnswer<IReadOnlyList<LdapEntry>>.Ok ok => DirectoryAnswer.Ok(Of(ok.Value, rid)),
            DirectoryAnswer<IReadOnlyList<LdapEntry>>.Partial partial => partial.Why, // a part would add those that are not in it
            DirectoryAnswer<IReadOnlyList<LdapEntry>>.Failed failed => failed.Error,
            _ => throw new InvalidOperationException("Unreachable: the hierarchy is closed."),
        };
    }

    private static PresentMembers Of(IReadOnlyList<LdapEntry> entries, string? rid)
    {
        var all = new HashSet<Guid>();
        var primary = new HashSet<Guid>();
        foreach (var entry in entries)
        {
            if (entry.Guid("objectGUID") is { } id)
            {
                all.Add(id);
                if (rid is not null && entry.Text(PrimaryGroup) == rid)
                {
                    primary.Add(id);
                }
            }
        }

        return new PresentMembers(all, primary);
    }
}
