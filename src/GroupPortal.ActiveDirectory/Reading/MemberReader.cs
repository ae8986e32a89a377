using GroupPortal.ActiveDirectory.Schema;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Ldap;

namespace GroupPortal.ActiveDirectory.Reading;

/// <summary>
/// Who is in a group: the values of member, and those whose primary group it is, who stand in no such value. Names, and ids where
/// these are asked for, come with the group itself; only the objects of the page that is shown are read.
/// </summary>
internal sealed class MemberReader(Domain domain, DomainSearch searches, LinkedNames links, ObjectReader objects)
{
    private const string Attribute = "member";

    private static readonly TimeSpan PrimaryKept = TimeSpan.FromSeconds(5);

    private readonly RecentAnswers<Guid, MemberList> _lists = new(domain.Clock, list => list.Names.Count);

    /// <summary>How many have a group as their primary one: only shown, and nothing that we write changes it.</summary>
    private readonly RecentAnswers<string, IReadOnlyDictionary<uint, long>> _primary = new(domain.Clock, counts => counts.Count, PrimaryKept, maximumAnswers: 256);

    /// <summary>What we wrote ourselves is seen at once.</summary>
    public void Forget() => _lists.Forget();

    public async Task<DirectoryAnswer<Page<DirectoryObject>>> PageAsync(MemberQuery query, CancellationToken cancellation)
    {
        var answer = await _lists.GetAsync(query.Group, token => ReadAsync(query.Group, withIds: false, token), cancellation);
        if (answer is not DirectoryAnswer<MemberList>.Ok(var list))
        {
            return answer.WhyNot();
        }

        var names = NameFilter.Of(query.Text, domain.Store.Folding);
        if (names.IsImpossible)
        {
            return DirectoryAnswer.Ok(Page<DirectoryObject>.Empty);
        }

        var matching = names.IsEmpty ? list.Names : [.. list.Names.Where(name => names.Matches(name.Name))];
        if (matching.Count == 0 && !names.IsEmpty && list.Names.Count > 0)
        {
            // Where objects are named by numbers, people are still looked for by what they are called.
            var found = await SearchAsync(list, names, cancellation);
            if (found is not DirectoryAnswer<IReadOnlyList<ExtendedName>>.Ok(var others))
            {
                return found.WhyNot();
            }

            matching = others;
        }

        var page = await ShownAsync(query.Group, [.. matching.Skip(Math.Max(0, query.Skip)).Take(Math.Clamp(query.Take, 1, 1000))], cancellation);
        return page.Map(items => new Page<DirectoryObject>(items, matching.Count));
    }

    /// <summary>
    /// The objects of one page, by their names. One that may not be read, stands in another domain or was renamed just now does not
    /// come so: then the members are read once more, with their ids.
    /// </summary>
    private async Task<DirectoryAnswer<IReadOnlyList<DirectoryObject>>> ShownAsync(
        Guid group, IReadOnlyList<ExtendedName> names, CancellationToken cancellation)
    {
        var answer = await objects.ByDnAsync(names, cancellation);
        if (answer is not DirectoryAnswer<IReadOnlyDictionary<string, DirectoryObject>>.Ok(var found))
        {
            return answer.WhyNot();
        }

        if (names.All(name => found.ContainsKey(name.Key)))
        {
            return DirectoryAnswer.Ok<IReadOnlyList<DirectoryObject>>([.. names.Select(name => found[name.Key])]);
        }

        var again = await ReadAsync(group, withIds: true, cancellation);
        return again.Map<IReadOnlyList<DirectoryObject>>(list =>
        {
            var byKey = list.Names.DistinctBy(name => name.Key).ToDictionary(name => name.Key, StringComparer.Ordinal);
            return
            [
                .. names
                    .Select(name => found.GetValueOrDefault(name.Key)
                        ?? (byKey.TryGetValue(name.Key, out var known) && known.Id is { } id ? ObjectValues.Stub(id, known) : null))
                    .OfType<DirectoryObject>(),
            ];
        });
    }

    /// <summary>Never from memory: what is written next depends on it.</summary>
    public async Task<DirectoryAnswer<IReadOnlySet<Guid>>> IdsAsync(Guid group, CancellationToken cancellation)
    {
        var answer = await ReadAsync(group, withIds: true, cancellation);
        return answer is DirectoryAnswer<MemberList>.Ok(var list) && list.Names.Any(name => name.Id is null)
            ? new DirectoryError.Unsupported { ServerText = "A name came without its GUID." }
            : answer.Map<IReadOnlySet<Guid>>(all => all.Names.Select(name => name.Id!.Value).ToHashSet());
    }

    /// <summary>A few are asked whether they are in; of many the group is, once.</summary>
    public async Task<DirectoryAnswer<IReadOnlySet<Guid>>> WhichAsync(Guid group, IReadOnlyCollection<Guid> candidates, CancellationToken cancellation)
    {
        if (candidates.Count > DomainSearch.TermsPerSearch)
        {
            return (await IdsAsync(group, cancellation)).Map<IReadOnlySet<Guid>>(ids => candidates.Where(ids.Contains).ToHashSet());
        }

        var answer = await EntryAsync(group, [], cancellation);
        return answer is DirectoryAnswer<(LdapEntry Entry, uint? Rid)>.Ok(var found)
            ? (await MembersAmong.AskAsync(searches, domain.BaseName, ExtendedName.Of(found.Entry).Dn, found.Rid, candidates, cancellation)).Map(among => among.All)
            : answer.WhyNot();
    }

    /// <summary>How many members groups have whose entries came with the first range of their members.</summary>
    public async Task<DirectoryAnswer<IReadOnlyDictionary<Guid, long>>> CountsAsync(
        IReadOnlyList<LdapEntry> entries, DomainFacts facts, CancellationToken cancellation)
    {
        var counts = new Dictionary<Guid, long>(entries.Count);
        foreach (var entry in entries)
        {
            var listed = await links.CountAsync(entry, Attribute, cancellation);
            if (listed is not DirectoryAnswer<long>.Ok(var count))
            {
                return listed.WhyNot();
            }

            counts[entry.Guid("objectGUID")!.Value] = count;
        }

        var rids = entries.ToDictionary(entry => entry.Guid("objectGUID")!.Value, entry => PrimaryRid(entry, facts));
        var primary = await PrimaryCountsAsync([.. rids.Values.OfType<uint>().Distinct().Order()], cancellation);
        return primary.Map<IReadOnlyDictionary<Guid, long>>(byRid => counts.ToDictionary(
            pair => pair.Key, pair => pair.Value + (rids[pair.Key] is { } rid ? byRid.GetValueOrDefault(rid) : 0)));
    }

    /// <summary>The number by which accounts name this group as their primary one; null for a group that cannot be ([MS-SAMR] 3.1.1.8.2).</summary>
    public static uint? PrimaryRid(LdapEntry entry, DomainFacts facts) =>
        AdGroupType.TryFrom(GroupValues.GroupTypeOf(entry), out var type)
        && type is { IsSecurity: true, Scope: AdGroupScope.Global or AdGroupScope.Universal }
        && SecurityIdentifier.Of(entry.Octets("objectSid")) is { } sid
        && sid.IsOf(facts.DomainSid)
            ? sid.Rid
            : null;

    public static LdapFilter PrimaryOf(uint rid) =>
        LdapFilter.Equal("primaryGroupID", rid.ToString(System.Globalization.CultureInfo.InvariantCulture));

    private Task<DirectoryAnswer<IReadOnlyDictionary<uint, long>>> PrimaryCountsAsync(IReadOnlyList<uint> rids, CancellationToken cancellation) =>
        _primary.GetAsync(
            string.Join(' ', rids),
            async token =>
            {
                var counts = new Dictionary<uint, long>();
                foreach (var chunk in rids.Chunk(DomainSearch.TermsPerSearch))
                {
                    var answer = await searches.CollectAsync<string>(
                        LdapFilter.Or([.. chunk.Select(PrimaryOf)]),
                        ["primaryGroupID"],
                        entry =>
                        {
                            var rid = (uint)(entry.Number("primaryGroupID") ?? 0);
                            counts[rid] = counts.GetValueOrDefault(rid) + 1;
                            return null;
                        },
                        token);
                    if (answer is not DirectoryAnswer<IReadOnlyList<string>>.Ok)
                    {
                        return answer.WhyNot();
                    }
                }

                return DirectoryAnswer.Ok<IReadOnlyDictionary<uint, long>>(counts);
            },
            cancellation);

    private async Task<DirectoryAnswer<MemberList>> ReadAsync(Guid group, bool withIds, CancellationToken cancellation)
    {
        var answer = await EntryAsync(group, [LinkedNames.FirstRange(Attribute)], cancellation, withIds ? [LdapControls.ExtendedNames] : []);
        if (answer is not DirectoryAnswer<(LdapEntry Entry, uint? Rid)>.Ok(var (entry, rid)))
        {
            return answer.WhyNot();
        }

        var listed = await links.AllAsync(entry, Attribute, withIds, cancellation);
        if (listed is not DirectoryAnswer<IReadOnlyList<ExtendedName>>.Ok(var names))
        {
            return listed.WhyNot();
        }

        if (rid is { } primary)
        {
            var others = await searches.CollectAsync(PrimaryOf(primary), [], ById, cancellation);
            if (others is not DirectoryAnswer<IReadOnlyList<ExtendedName>>.Ok(var more))
            {
                return others.WhyNot();
            }

            names = [.. names, .. more];
        }

        return DirectoryAnswer.Ok(new MemberList(ExtendedName.Of(entry).Dn, rid, withIds ? names : InOrder(names)));
    }

    /// <summary>The group's own entry, and the number by which accounts would name it as their primary group.</summary>
    private async Task<DirectoryAnswer<(LdapEntry Entry, uint? Rid)>> EntryAsync(
        Guid group, IReadOnlyList<string> besides, CancellationToken cancellation, params IReadOnlyList<LdapControl> controls)
    {
        var factsAnswer = await domain.Facts.GetAsync(cancellation);
        if (factsAnswer is not DirectoryAnswer<DomainFacts>.Ok(var facts))
        {
            return factsAnswer.WhyNot();
        }

        var answer = await searches.EntryAsync(
            LdapName.FromGuid(group), ["objectClass", "objectSid", "groupType", "uSNChanged", .. besides], cancellation, controls);
        return answer switch
        {
            DirectoryAnswer<LdapEntry?>.Ok(null) => Nothing(),
            DirectoryAnswer<LdapEntry?>.Ok({ } entry) when entry["objectClass"] is null => DomainSearch.Unreadable(ExtendedName.Of(entry).Dn),
            DirectoryAnswer<LdapEntry?>.Ok({ } entry) when !GroupValues.IsGroup(entry) => Nothing(),
            DirectoryAnswer<LdapEntry?>.Ok({ } entry) => DirectoryAnswer.Ok((entry, PrimaryRid(entry, facts))),
            _ => answer.WhyNot(),
        };

        DirectoryError.NotFound Nothing() => new() { ServerText = LdapName.FromGuid(group).ToString() };
    }

    private async Task<DirectoryAnswer<IReadOnlyList<ExtendedName>>> SearchAsync(MemberList list, NameFilter names, CancellationToken cancellation)
    {
        var inGroup = LdapFilter.Equal("memberOf", list.GroupDn);
        var answer = await searches.CollectAsync(
            LdapFilter.And(list.PrimaryRid is { } rid ? LdapFilter.Or(inGroup, PrimaryOf(rid)) : inGroup, names.ToFilter()),
            NameFilter.Attributes,
            entry => names.Matches(entry) ? ById(entry) : null,
            cancellation);
        return answer.Map(InOrder);
    }

    private static ExtendedName? ById(LdapEntry entry) =>
        ExtendedName.Of(entry) is { Id: not null } name ? name : null;

    private static IReadOnlyList<ExtendedName> InOrder(IEnumerable<ExtendedName> names) =>
        [.. names.OrderBy(name => Folding.ActiveDirectory.Fold(name.Name), StringComparer.Ordinal).ThenBy(name => name.Id)];

    /// <summary>All members of a group; in the order of their names, unless they were read for their ids.</summary>
    private sealed record MemberList(string GroupDn, uint? PrimaryRid, IReadOnlyList<ExtendedName> Names);
}
