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
    /// <summary>From so many on, one read of a group that is not large is cheaper than asking the members.</summary>
    private const int Many = 50;

    /// <summary>As many as any server tells at once ([MS-ADTS] 3.1.1.3.1.3.3); the star in the answer says that these are all.</summary>
    private const string FirstRange = "member;range=0-1499";
    private const string WholeRange = "member;range=0-*";

    private const string PrimaryGroup = "primaryGroupID";

    /// <param name="isAgain">What was known did not hold: every one of them is asked about.</param>
    public static async Task<DirectoryAnswer<PresentMembers>> ReadAsync(
        PinnedServer server, LdapName context, PresentGroup group, IReadOnlyList<ReferenceWrite> members, bool isAgain, CancellationToken cancellation)
    {
        if (isAgain || members.Count <= Many || await SmallGroupAsync(server, group, cancellation) is not { } known)
        {
            return await AskAsync(server, context, group, members.Select(member => member.Id), cancellation);
        }

        // Who is not in the list may still be in by the primary group: the server says so of those that come (68), not of those that go.
        var open = members.Where(member => !member.Add && !known.Contains(member.Id)).Select(member => member.Id).ToList();
        var primary = await AskAsync(server, context, group, open, cancellation);
        return primary.Map(found => found with { All = known.Intersect(members.Select(member => member.Id)).Union(found.All).ToHashSet() });
    }

    /// <summary>All members but those by the primary group; null when there are too many to be told at once.</summary>
    private static async Task<HashSet<Guid>?> SmallGroupAsync(PinnedServer server, PresentGroup group, CancellationToken cancellation)
    {
        var read = await server.Searches.EntryAsync(group.Name, [FirstRange], cancellation, LdapControls.ExtendedNames);
        if (read is not DirectoryAnswer<LdapEntry?>.Ok({ } entry))
        {
            return null;
        }

        var isWhole = entry[WholeRange] is not null || !entry.Attributes.Any(attribute => attribute.Name.StartsWith("member", StringComparison.OrdinalIgnoreCase) && attribute.Values.Count > 0);
        return isWhole ? entry.Texts(WholeRange).Select(name => ExtendedName.Of(name).Id).OfType<Guid>().ToHashSet() : null;
    }

    /// <summary>Asked of the members: the cost goes with the write and not with the group, which may have any number.</summary>
    private static async Task<DirectoryAnswer<PresentMembers>> AskAsync(
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
