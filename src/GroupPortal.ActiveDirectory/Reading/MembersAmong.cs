using System.Globalization;
using GroupPortal.Core.Directories;
using GroupPortal.Ldap;

namespace GroupPortal.ActiveDirectory.Reading;

/// <summary>Those of some objects that are members of one group.</summary>
/// <param name="All">With those whose primary group it is: the directory keeps them elsewhere.</param>
/// <param name="Primary">Those whose primary group it is.</param>
internal sealed record MembersAmong(IReadOnlySet<Guid> All, IReadOnlySet<Guid> Primary)
{
    private const string PrimaryGroup = "primaryGroupID";

    /// <summary>Asked of the members: the cost goes with their number and not with the group's, which may have any.</summary>
    /// <param name="rid">The number by which accounts would name the group as their primary one; null where none can.</param>
    public static async Task<DirectoryAnswer<MembersAmong>> AskAsync(
        DomainSearch searches, LdapName context, string groupDn, uint? rid, IEnumerable<Guid> candidates, CancellationToken cancellation)
    {
        var number = rid?.ToString(CultureInfo.InvariantCulture);
        var isIn = LdapFilter.Equal("memberOf", groupDn);
        var either = number is null ? isIn : LdapFilter.Or(isIn, LdapFilter.Equal(PrimaryGroup, number));
        var answer = await searches.AnyOfAsync(
            candidates.Distinct(),
            id => LdapFilter.Equal("objectGUID", id),
            any => new LdapSearch(context, LdapScope.Subtree, LdapFilter.And(any, either), ["objectGUID", PrimaryGroup]),
            cancellation);
        return answer switch
        {
            DirectoryAnswer<IReadOnlyList<LdapEntry>>.Ok ok => DirectoryAnswer.Ok(Of(ok.Value, number)),
            DirectoryAnswer<IReadOnlyList<LdapEntry>>.Partial partial => partial.Why, // a part would add those that are not in it
            DirectoryAnswer<IReadOnlyList<LdapEntry>>.Failed failed => failed.Error,
            _ => throw new InvalidOperationException("Unreachable: the hierarchy is closed."),
        };
    }

    private static MembersAmong Of(IReadOnlyList<LdapEntry> entries, string? number)
    {
        var all = new HashSet<Guid>();
        var primary = new HashSet<Guid>();
        foreach (var entry in entries)
        {
            if (entry.Guid("objectGUID") is { } id)
            {
                all.Add(id);
                if (number is not null && entry.Text(PrimaryGroup) == number)
                {
                    primary.Add(id);
                }
            }
        }

        return new MembersAmong(all, primary);
    }
}
