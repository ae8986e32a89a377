using System.Globalization;
using GroupPortal.ActiveDirectory.Schema;
using GroupPortal.Core.Directories;
using GroupPortal.Ldap;

namespace GroupPortal.ActiveDirectory.Reading;

/// <summary>
/// Pages of groups with their exact number. Nothing in LDAP skips: the names of all matching groups are read once, in order,
/// and kept for a while (<see cref="RecentAnswers{TKey,TValue}"/>); the attributes are read for the page alone.
/// </summary>
internal sealed class GroupListReader(Domain domain, DomainSearch searches, ObjectReader objects)
{
    private readonly RecentAnswers<ListKey, GroupList> _lists = new(domain.Clock, list => list.ByName.Count);

    /// <summary>What we wrote ourselves is seen at once.</summary>
    public void Forget() => _lists.Forget();

    public async Task<DirectoryAnswer<Page<GroupSummary>>> FindAsync(GroupQuery query, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var names = NameFilter.Of(query.Text, domain.Store.Folding);
        if (names.IsImpossible)
        {
            return DirectoryAnswer.Ok(Page<GroupSummary>.Empty);
        }

        var types = (query.GroupTypes ?? []).Distinct().Order().Select(type => type.ToString(CultureInfo.InvariantCulture)).ToList();
        var key = new ListKey(names.Key, string.Join(' ', types), query.Owner, query.Member);
        var answer = await _lists.GetAsync(key, token => ReadAsync(names, types, query.Owner, query.Member, token), cancellation);
        switch (answer)
        {
            case DirectoryAnswer<GroupList>.Ok(var whole):
                return await PageAsync(whole, query, cancellation);
            case DirectoryAnswer<GroupList>.Partial(var some, var why):
                var page = await PageAsync(some, query, cancellation);
                return page is DirectoryAnswer<Page<GroupSummary>>.Ok(var known)
                    ? new DirectoryAnswer<Page<GroupSummary>>.Partial(known with { TotalIsExact = false }, why)
                    : page;
            default:
                return answer.WhyNot();
        }
    }

    private async Task<DirectoryAnswer<GroupList>> ReadAsync(
        NameFilter names, List<string> types, Guid? owner, Guid? member, CancellationToken cancellation)
    {
        var factsAnswer = await domain.Facts.GetAsync(cancellation);
        if (factsAnswer is not DirectoryAnswer<DomainFacts>.Ok(var facts))
        {
            return factsAnswer.WhyNot();
        }

        var conditions = new List<LdapFilter> { LdapFilter.Equal("objectClass", "group") };
        if (types.Count > 0)
        {
            conditions.Add(LdapFilter.Or([.. types.Select(type => LdapFilter.Equal("groupType", type))]));
        }

        foreach (var (id, filter) in new (Guid?, Func<LdapEntry, LdapFilter>)[] { (owner, OwnedBy), (member, entry => Containing(entry, facts.DomainSid)) })
        {
            if (id is not { } wanted)
            {
                continue;
            }

            var found = await searches.EntryAsync(LdapName.FromGuid(wanted), ["objectSid", "primaryGroupID"], cancellation);
            if (found is not DirectoryAnswer<LdapEntry?>.Ok(var entry))
            {
                return found.WhyNot();
            }

            if (entry is null)
            {
                return DirectoryAnswer.Ok(GroupList.Empty);
            }

            conditions.Add(filter(entry));
        }

        if (!names.IsEmpty)
        {
            conditions.Add(names.ToFilter());
        }

        var rows = await searches.CollectAsync(
            LdapFilter.And(conditions),
            ["name", "whenChanged", .. names.IsEmpty ? [] : NameFilter.Attributes.Except(["name"])],
            entry => entry.Guid("objectGUID") is { } id && names.Matches(entry)
                ? new GroupRow(id, domain.Store.Folding.Fold(entry.Text("name") ?? ExtendedName.Of(entry).Name), DirectoryTime.Of(entry.Text("whenChanged")))
                : null,
            cancellation);
        return rows.Map(all => new GroupList([.. all.OrderBy(row => row.Name, StringComparer.Ordinal).ThenBy(row => row.Id)]));
    }

    private static LdapFilter OwnedBy(LdapEntry owner) => LdapFilter.Equal("managedBy", ExtendedName.Of(owner).Dn);

    /// <summary>Nobody stands in the members of his primary group; he is in it by its number, with which its SID ends.</summary>
    private static LdapFilter Containing(LdapEntry member, SecurityIdentifier domainSid)
    {
        var direct = LdapFilter.Equal("member", ExtendedName.Of(member).Dn);
        return member.Number("primaryGroupID") is > 0 and var rid
            ? LdapFilter.Or(direct, LdapFilter.Equal("objectSid", domainSid.Account((uint)rid).Octets))
            : direct;
    }

    private async Task<DirectoryAnswer<Page<GroupSummary>>> PageAsync(GroupList list, GroupQuery query, CancellationToken cancellation)
    {
        var ordered = query.Sort == GroupSort.Changed ? list.ByChange : list.ByName;
        var rows = query.Descending ? Enumerable.Reverse(ordered) : ordered;
        var ids = rows.Skip(Math.Max(0, query.Skip)).Take(Math.Clamp(query.Take, 1, 200)).Select(row => row.Id).ToList();
        var answer = await searches.AnyOfAsync(
            ids, id => LdapFilter.Equal("objectGUID", id), GroupValues.SummaryAttributes, cancellation, LdapControls.ExtendedNames);
        if (answer is not DirectoryAnswer<IReadOnlyList<LdapEntry>>.Ok(var entries))
        {
            return answer.WhyNot();
        }

        var owners = await objects.ByIdsAsync(entries.Select(entry => GroupValues.OwnerOf(entry)?.Id).OfType<Guid>(), cancellation);
        if (owners is not DirectoryAnswer<IReadOnlyDictionary<Guid, DirectoryObject>>.Ok(var known))
        {
            return owners.WhyNot();
        }

        var byId = entries.DistinctBy(entry => entry.Guid("objectGUID")).ToDictionary(entry => entry.Guid("objectGUID")!.Value);
        return DirectoryAnswer.Ok(new Page<GroupSummary>(
            [.. ids.Where(byId.ContainsKey).Select(id => GroupValues.Summary(byId[id], known))], list.ByName.Count));
    }

    private sealed record ListKey(string Words, string Types, Guid? Owner, Guid? Member);

    private sealed record GroupRow(Guid Id, string Name, DateTimeOffset Changed);

    private sealed class GroupList(IReadOnlyList<GroupRow> byName)
    {
        private readonly Lazy<IReadOnlyList<GroupRow>> _byChange = new(() => [.. byName.OrderBy(row => row.Changed).ThenBy(row => row.Id)]);

        public static GroupList Empty { get; } = new([]);

        public IReadOnlyList<GroupRow> ByName => byName;

        public IReadOnlyList<GroupRow> ByChange => _byChange.Value;
    }
}
