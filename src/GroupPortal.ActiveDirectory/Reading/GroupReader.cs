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

    public async Task<DirectoryAnswer<GroupState?>> GetAsync(Guid id, CancellationToken cancellation)
    {
        var factsAnswer = await domain.Facts.GetAsync(cancellation);
        if (factsAnswer is not DirectoryAnswer<DomainFacts>.Ok(var facts))
        {
            return factsAnswer.WhyNot();
        }

        var answer = await searches.EntryAsync(
            LdapName.FromGuid(id),
            [.. GroupValues.AttributesOf(facts.Catalog), "memberOf", LinkedNames.FirstRange("member")],
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
            ? (await StatesAsync([entry], cancellation)).Map<GroupState?>(states => states.GetValueOrDefault(id))
            : DirectoryAnswer.Ok<GroupState?>(null);
    }

    public async Task<DirectoryAnswer<IReadOnlyDictionary<Guid, GroupState>>> GetManyAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellation)
    {
        var factsAnswer = await domain.Facts.GetAsync(cancellation);
        if (factsAnswer is not DirectoryAnswer<DomainFacts>.Ok(var facts))
        {
            return factsAnswer.WhyNot();
        }

        var answer = await searches.AnyOfAsync(
            ids.Distinct(),
            id => LdapFilter.Equal("objectGUID", id),
            [.. GroupValues.AttributesOf(facts.Catalog), "memberOf", FewMembers],
            cancellation,
            LdapControls.ExtendedNames);
        if (answer is not DirectoryAnswer<IReadOnlyList<LdapEntry>>.Ok(var entries))
        {
            return answer.WhyNot();
        }

        var states = await StatesAsync([.. entries.Where(GroupValues.IsGroup)], cancellation);
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
        foreach (var id in missing)
        {
            if (await searches.EntryAsync(LdapName.FromGuid(id), ["objectClass"], cancellation) is DirectoryAnswer<LdapEntry?>.Failed { Error: DirectoryError.AccessDenied })
            {
                hidden++;
            }
        }

        return hidden;
    }

    private async Task<DirectoryAnswer<IReadOnlyDictionary<Guid, GroupState>>> StatesAsync(IReadOnlyList<LdapEntry> entries, CancellationToken cancellation)
    {
        // Asked again after the entries came: they, and their change numbers, are of the server that answers now.
        var factsAnswer = await domain.Facts.GetAsync(cancellation);
        if (factsAnswer is not DirectoryAnswer<DomainFacts>.Ok(var facts))
        {
            return factsAnswer.WhyNot();
        }

        var ownersTask = OwnersAsync(entries, cancellation);
        var guardedTask = nesting.ProtectedAsync(entries, cancellation);
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

        var states = new Dictionary<Guid, GroupState>(entries.Count);
        foreach (var entry in entries)
        {
            var owner = GroupValues.OwnerOf(entry) is { Id: { } ownerId } name ? owners.GetValueOrDefault(ownerId) ?? ObjectValues.Stub(ownerId, name) : null;
            var id = entry.Guid("objectGUID")!.Value;
            states[id] = GroupValues.State(entry, facts, owner, counts[id], guarded.Contains(id));
        }

        return DirectoryAnswer.Ok<IReadOnlyDictionary<Guid, GroupState>>(states);
    }

    private Task<DirectoryAnswer<IReadOnlyDictionary<Guid, DirectoryObject>>> OwnersAsync(IEnumerable<LdapEntry> entries, CancellationToken cancellation) =>
        objects.ByIdsAsync(entries.Select(entry => GroupValues.OwnerOf(entry)?.Id).OfType<Guid>(), cancellation);
}
