using GroupPortal.ActiveDirectory.Schema;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Resources;
using GroupPortal.Ldap;

namespace GroupPortal.ActiveDirectory.Reading;

/// <summary>Groups with their attributes, owner, number of members and protection; never their members.</summary>
internal sealed class GroupReader(Domain domain, DomainSearch searches, ObjectReader objects, MemberReader members, NestingReader nesting)
{
    /// <summary>Of many groups only so many members come with the group: 50 groups of 16,000 would be too large an answer.</summary>
    private const string FewMembers = "member;range=0-1499";

    /// <summary>
    /// Members come with their ids, as the other references do, which only counting them does not need and which is slow: most
    /// groups have no more, and of the others the rest is counted without.
    /// </summary>
    private const string FirstMembers = "member;range=0-49";

    /// <summary>The same few people own most groups, and only what they are called is shown: nothing of it decides about a write.</summary>
    private static readonly TimeSpan OwnersKept = TimeSpan.FromSeconds(5);

    private readonly RecentAnswers<Guid, IReadOnlyDictionary<Guid, DirectoryObject>> _owners = new(domain.Clock, owners => owners.Count, OwnersKept, maximumAnswers: 256);

    public async Task<DirectoryAnswer<GroupState?>> GetAsync(Guid id, CancellationToken cancellation)
    {
        var factsAnswer = await domain.Facts.GetAsync(cancellation);
        if (factsAnswer is not DirectoryAnswer<DomainFacts>.Ok(var facts))
        {
            return factsAnswer.WhyNot();
        }

        var answer = await searches.EntryAsync(
            LdapName.FromGuid(id),
            [.. GroupValues.AttributesOf(facts.Catalog).Union(GroupValues.LinkAttributes, StringComparer.OrdinalIgnoreCase), FirstMembers],
            cancellation,
            LdapControls.ExtendedNames);
        if (answer is not DirectoryAnswer<LdapEntry?>.Ok(var entry))
        {
            return answer.WhyNot();
        }

        if (entry is null)
        {
            return DirectoryAnswer.Ok<GroupState?>(null);
        }

        if (entry["objectClass"] is null)
        {
            return DomainSearch.Unreadable(ExtendedName.Of(entry).Dn);
        }

        return GroupValues.IsGroup(entry)
            ? (await StatesAsync([entry], [entry], cancellation)).Map<GroupState?>(states => states.GetValueOrDefault(id))
            : DirectoryAnswer.Ok<GroupState?>(null);
    }

    public async Task<DirectoryAnswer<IReadOnlyDictionary<Guid, GroupState>>> GetManyAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellation)
    {
        var factsAnswer = await domain.Facts.GetAsync(cancellation);
        if (factsAnswer is not DirectoryAnswer<DomainFacts>.Ok(var facts))
        {
            return factsAnswer.WhyNot();
        }

        var linksTask = ByIdsAsync(ids, GroupValues.LinkAttributes, cancellation, LdapControls.ExtendedNames);
        var answer = await ByIdsAsync(ids, [.. GroupValues.AttributesOf(facts.Catalog), FewMembers], cancellation);
        var linksAnswer = await linksTask;
        if (answer is not DirectoryAnswer<IReadOnlyList<LdapEntry>>.Ok(var entries))
        {
            return answer.WhyNot();
        }

        if (linksAnswer is not DirectoryAnswer<IReadOnlyList<LdapEntry>>.Ok(var links))
        {
            return linksAnswer.WhyNot();
        }

        // One that came or went between the two searches is as if it had not been there yet, or is there no more.
        var known = links.Select(entry => entry.Guid("objectGUID")).ToHashSet();
        var groups = entries.Where(entry => GroupValues.IsGroup(entry) && known.Contains(entry.Guid("objectGUID"))).ToList();
        var wanted = groups.Select(entry => entry.Guid("objectGUID")).ToHashSet();
        var states = await StatesAsync(groups, [.. links.Where(entry => wanted.Contains(entry.Guid("objectGUID")))], cancellation);
        var missing = ids.Except(entries.Select(entry => entry.Guid("objectGUID")).OfType<Guid>()).ToList();
        return states is DirectoryAnswer<IReadOnlyDictionary<Guid, GroupState>>.Ok(var found) && await CountUnreadableAsync(missing, cancellation) is > 0 and var hidden
            ? new DirectoryAnswer<IReadOnlyDictionary<Guid, GroupState>>.Partial(
                found,
                new DirectoryError.AccessDenied { Detail = Texts.Format("Read.SomeUnreadable", hidden.ToString(System.Globalization.CultureInfo.CurrentCulture)) })
            : states;
    }

    /// <summary>A search leaves out what may not be read, as if it were not there; asked for by its name it is told apart.</summary>
    private async Task<int> CountUnreadableAsync(IEnumerable<Guid> missing, CancellationToken cancellation)
    {
        var hidden = 0;
        foreach (var some in missing.Chunk(DomainSearch.TermsPerSearch))
        {
            var answers = await Task.WhenAll(some.Select(id => searches.EntryAsync(LdapName.FromGuid(id), ["objectClass"], cancellation)));
            hidden += answers.Count(answer => answer is DirectoryAnswer<LdapEntry?>.Failed { Error: DirectoryError.AccessDenied });
        }

        return hidden;
    }

    private Task<DirectoryAnswer<IReadOnlyList<LdapEntry>>> ByIdsAsync(
        IEnumerable<Guid> ids, IReadOnlyList<string> attributes, CancellationToken cancellation, params IReadOnlyList<LdapControl> controls) =>
        searches.AnyOfAsync(ids.Distinct(), id => LdapFilter.Equal("objectGUID", id), attributes, cancellation, controls);

    /// <param name="links">The references of the same groups, with their ids.</param>
    private async Task<DirectoryAnswer<IReadOnlyDictionary<Guid, GroupState>>> StatesAsync(
        List<LdapEntry> entries, IReadOnlyList<LdapEntry> links, CancellationToken cancellation)
    {
        // Asked again after the entries came: they, and their change numbers, are of the server that answers now.
        var factsAnswer = await domain.Facts.GetAsync(cancellation);
        if (factsAnswer is not DirectoryAnswer<DomainFacts>.Ok(var facts))
        {
            return factsAnswer.WhyNot();
        }

        var ownersTask = OwnersAsync(links, cancellation);
        var guardedTask = nesting.ProtectedAsync(links, cancellation);
        var countsTask = members.CountsAsync(entries, facts, cancellation);
        await Task.WhenAll(ownersTask, guardedTask, countsTask);
        if (await ownersTask is not DirectoryAnswer<IReadOnlyDictionary<Guid, DirectoryObject>>.Ok(var owners))
        {
            return (await ownersTask).WhyNot();
        }

        if (await guardedTask is not DirectoryAnswer<IReadOnlySet<Guid>>.Ok(var guarded))
        {
            return (await guardedTask).WhyNot();
        }

        if (await countsTask is not DirectoryAnswer<IReadOnlyDictionary<Guid, long>>.Ok(var counts))
        {
            return (await countsTask).WhyNot();
        }

        var linksById = links.ToDictionary(entry => entry.Guid("objectGUID")!.Value);
        var states = new Dictionary<Guid, GroupState>(entries.Count);
        foreach (var entry in entries)
        {
            var id = entry.Guid("objectGUID")!.Value;
            var owner = GroupValues.OwnerOf(linksById[id]) is { Id: { } ownerId } name
                ? owners.GetValueOrDefault(ownerId) ?? ObjectValues.Stub(ownerId, name)
                : null;
            states[id] = GroupValues.State(entry, facts, owner, counts[id], guarded.Contains(id));
        }

        return DirectoryAnswer.Ok<IReadOnlyDictionary<Guid, GroupState>>(states);
    }

    private Task<DirectoryAnswer<IReadOnlyDictionary<Guid, DirectoryObject>>> OwnersAsync(IEnumerable<LdapEntry> entries, CancellationToken cancellation)
    {
        var ids = entries.Select(entry => GroupValues.OwnerOf(entry)?.Id).OfType<Guid>().Distinct().ToList();
        return ids is [var only]
            ? _owners.GetAsync(only, token => objects.ByIdsAsync(ids, token), cancellation)
            : objects.ByIdsAsync(ids, cancellation);
    }
}
