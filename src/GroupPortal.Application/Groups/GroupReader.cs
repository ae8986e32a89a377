using GroupPortal.Application.Access;
using GroupPortal.Application.Storage;
using GroupPortal.Core.Access;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;

namespace GroupPortal.Application.Groups;

/// <summary>
/// Groups as the directory and the portal together know them. One group by id is one directory read and one indexed read
/// of the state database; only where additional owners exist are these looked up too. An unknown store answers as a
/// directory does that has no such object.
/// </summary>
public sealed class GroupReader(StoreRegistry stores, PortalGroupStore portal, PersonLookup people)
{
    /// <summary>The largest page that a directory serves; up to here owned groups are merged and sorted in memory.</summary>
    private const int LargestPage = 200;

    public async Task<DirectoryAnswer<GroupState?>> GetAsync(int storeId, Guid id, CancellationToken cancellation)
    {
        if (!stores.TryGet(storeId, out var directory))
        {
            return NoStore;
        }

        var answer = await directory.GetGroupAsync(id, cancellation);
        if (answer is not DirectoryAnswer<GroupState?>.Ok(GroupState group))
        {
            return answer;
        }

        var kept = await portal.FindAsync(storeId, id, cancellation);
        var owners = kept is { AdditionalOwners.Count: > 0 }
            ? await directory.GetObjectsAsync(kept.AdditionalOwners, cancellation)
            : DirectoryAnswer.Ok(Nobody);
        return owners.Map<GroupState?>(found => PortalAttributes.Merge(directory, group, kept, found));
    }

    /// <summary>Ids that lead to no group are absent.</summary>
    public async Task<DirectoryAnswer<IReadOnlyDictionary<Guid, GroupState>>> GetManyAsync(int storeId, IReadOnlyCollection<Guid> ids, CancellationToken cancellation)
    {
        if (!stores.TryGet(storeId, out var directory))
        {
            return NoStore;
        }

        var answer = await directory.GetGroupsAsync(ids, cancellation);
        if (answer is not DirectoryAnswer<IReadOnlyDictionary<Guid, GroupState>>.Ok(var groups))
        {
            return answer;
        }

        var kept = await portal.FindManyAsync(storeId, [.. groups.Keys], cancellation);
        var ownerIds = kept.Values.SelectMany(one => one.AdditionalOwners).Distinct().ToList();
        var owners = ownerIds.Count == 0 ? DirectoryAnswer.Ok(Nobody) : await directory.GetObjectsAsync(ownerIds, cancellation);
        return owners.Map<IReadOnlyDictionary<Guid, GroupState>>(found => groups.Values.ToDictionary(
            group => group.Id, group => PortalAttributes.Merge(directory, group, kept.GetValueOrDefault(group.Id), found)));
    }

    public async Task<DirectoryAnswer<Page<GroupListItem>>> ListAsync(int storeId, GroupQuery query, CancellationToken cancellation)
    {
        if (!stores.TryGet(storeId, out var directory))
        {
            return NoStore;
        }

        return await EnrichAsync(storeId, await directory.FindGroupsAsync(query, cancellation), cancellation);
    }

    /// <summary>
    /// The groups that the person owns, by the directory or by the portal's additional owners; empty where nobody matches.
    /// More than fit one page come with the additional ones first.
    /// </summary>
    public async Task<DirectoryAnswer<Page<GroupListItem>>> OwnedAsync(int storeId, Person person, GroupQuery query, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (!stores.TryGet(storeId, out var directory))
        {
            return NoStore;
        }

        var found = await people.FindAsync(storeId, person, cancellation);
        if (found is not DirectoryAnswer<DirectoryObject?>.Ok(var self))
        {
            return found.Map(_ => Page<GroupListItem>.Empty);
        }

        if (self is null)
        {
            return DirectoryAnswer.Ok(Page<GroupListItem>.Empty);
        }

        var owned = query with { Owner = self.Id };
        var additionalIds = await portal.OwnedByAsync(storeId, self.Id, cancellation);
        if (additionalIds.Count == 0)
        {
            return await EnrichAsync(storeId, await directory.FindGroupsAsync(owned, cancellation), cancellation);
        }

        var additional = await directory.GetGroupsAsync(additionalIds, cancellation);
        if (additional is not DirectoryAnswer<IReadOnlyDictionary<Guid, GroupState>>.Ok(var groups))
        {
            return additional.Map(_ => Page<GroupListItem>.Empty);
        }

        // An additional owner is never the primary one as well (OwnerPlanner), so the two sets do not meet.
        var mine = OwnedGroups.Matching(groups.Values, owned);
        var all = await directory.FindGroupsAsync(owned with { Skip = 0, Take = LargestPage }, cancellation);
        if (all is DirectoryAnswer<Page<GroupSummary>>.Ok(var first) && first.Total + mine.Count <= LargestPage)
        {
            return await EnrichAsync(storeId, DirectoryAnswer.Ok(OwnedGroups.Merge(mine, first, owned)), cancellation);
        }

        var head = mine.Skip(query.Skip).Take(query.Take).ToList();
        var rest = owned with { Skip = Math.Max(0, query.Skip - mine.Count), Take = Math.Max(1, query.Take - head.Count) };
        var tail = await directory.FindGroupsAsync(rest, cancellation);
        return await EnrichAsync(
            storeId,
            tail.Map(page => page with { Items = [.. head, .. page.Items.Take(query.Take - head.Count)], Total = page.Total + mine.Count }),
            cancellation);
    }

    public Task<DirectoryAnswer<Page<DirectoryObject>>> MembersAsync(int storeId, MemberQuery query, CancellationToken cancellation) =>
        stores.TryGet(storeId, out var directory) ? directory.MembersAsync(query, cancellation) : Unknown<Page<DirectoryObject>>();

    public Task<DirectoryAnswer<Page<DirectoryObject>>> MemberOfAsync(int storeId, Guid id, int skip, int take, CancellationToken cancellation) =>
        stores.TryGet(storeId, out var directory) ? directory.MemberOfAsync(id, skip, take, cancellation) : Unknown<Page<DirectoryObject>>();

    /// <summary>Which of the names somebody has already, while they are being typed.</summary>
    public Task<DirectoryAnswer<IReadOnlyList<NameInUse>>> NamesInUseAsync(int storeId, NameQuery query, CancellationToken cancellation) =>
        stores.TryGet(storeId, out var directory) ? directory.NamesInUseAsync(query, cancellation) : Unknown<IReadOnlyList<NameInUse>>();

    public Task<DirectoryAnswer<Page<DirectoryObject>>> FindAsync(int storeId, ObjectQuery query, CancellationToken cancellation) =>
        stores.TryGet(storeId, out var directory) ? directory.FindAsync(query, cancellation) : Unknown<Page<DirectoryObject>>();

    /// <summary>What pasted references lead to: found, not found or ambiguous, keyed as given.</summary>
    public Task<DirectoryAnswer<IReadOnlyDictionary<string, ReferenceMatch>>> ResolveAsync(
        int storeId, IReadOnlyCollection<string> references, IReadOnlyCollection<ObjectKind> kinds, CancellationToken cancellation) =>
        stores.TryGet(storeId, out var directory)
            ? directory.ResolveAsync(references, kinds, cancellation)
            : Unknown<IReadOnlyDictionary<string, ReferenceMatch>>();

    public Task<DirectoryAnswer<IReadOnlyDictionary<Guid, DirectoryObject>>> GetObjectsAsync(int storeId, IReadOnlyCollection<Guid> ids, CancellationToken cancellation) =>
        stores.TryGet(storeId, out var directory) ? directory.GetObjectsAsync(ids, cancellation) : Unknown<IReadOnlyDictionary<Guid, DirectoryObject>>();

    /// <summary>The containers right below one; null asks for the naming context itself.</summary>
    public Task<DirectoryAnswer<IReadOnlyList<ContainerNode>>> ContainersAsync(int storeId, string? parentDn, CancellationToken cancellation) =>
        stores.TryGet(storeId, out var directory) ? directory.ContainersAsync(parentDn, cancellation) : Unknown<IReadOnlyList<ContainerNode>>();

    private static DirectoryError NoStore => new DirectoryError.NotFound();

    private static IReadOnlyDictionary<Guid, DirectoryObject> Nobody { get; } = new Dictionary<Guid, DirectoryObject>();

    private static Task<DirectoryAnswer<T>> Unknown<T>() => Task.FromResult(DirectoryAnswer.Failed<T>(NoStore));

    /// <summary>Adds what the portal keeps, in one query for the page.</summary>
    private async Task<DirectoryAnswer<Page<GroupListItem>>> EnrichAsync(int storeId, DirectoryAnswer<Page<GroupSummary>> answer, CancellationToken cancellation)
    {
        var page = answer switch
        {
            DirectoryAnswer<Page<GroupSummary>>.Ok ok => ok.Value,
            DirectoryAnswer<Page<GroupSummary>>.Partial partial => partial.Value,
            _ => Page<GroupSummary>.Empty,
        };
        var kept = page.Items.Count == 0
            ? new Dictionary<Guid, PortalGroup>()
            : await portal.FindManyAsync(storeId, [.. page.Items.Select(group => group.Id)], cancellation);
        return answer.Map(found => new Page<GroupListItem>(
            [.. found.Items.Select(group => PortalAttributes.ListItem(group, kept.GetValueOrDefault(group.Id)))], found.Total, found.TotalIsExact));
    }
}
