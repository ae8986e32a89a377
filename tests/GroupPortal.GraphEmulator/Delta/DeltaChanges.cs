using GroupPortal.GraphEmulation.Query;
using GroupPortal.GraphEmulation.Store;

namespace GroupPortal.GraphEmulation.Delta;

/// <summary>What a round has to tell.</summary>
internal static class DeltaChanges
{
    /// <summary>Links of large groups are spread over several entries, each smaller than a page.</summary>
    public static IReadOnlyList<DeltaEntry> Since(DirectoryStore store, DeltaScope scope, long since, int pageSize)
    {
        var entries = new List<DeltaEntry>();
        var projection = Projection.Of(Properties(scope), [scope.Type], isSingle: true, scope.IsBeta, ["members", "owners", "manager"]);
        foreach (var item in store.All(scope.Type.Kind))
        {
            // A new object is told of at once, even while reads do not find it yet: a round must not pass it by.
            if (scope.Only?.Contains(item.Id) == false)
            {
                continue;
            }

            var isNew = item.Appeared > since;
            var links = Links(scope, item, isNew ? -1 : since);
            var isChanged = isNew || links.Count > 0
                || (item.LastChange > since && projection.PropertiesOf(item.Kind).Any(property => item.HasChanged(property.Name, since)))
                || (scope.Follows("manager") && item.HasChanged("manager", since));
            if (isChanged)
            {
                entries.AddRange(Cut(item.Id, links, Math.Max(1, pageSize - 1)));
            }
        }

        if (since >= 0)
        {
            entries.AddRange(store.Tombstones
                .Where(gone => gone.Kind == scope.Type.Kind && gone.Change > since && scope.Only?.Contains(gone.Id) != false)
                .OrderBy(gone => gone.Change)
                .Select(gone => new DeltaEntry(gone.Id, gone.IsRestorable ? "changed" : "deleted", [])));
        }

        return entries;
    }

    /// <summary>Without the relations.</summary>
    public static IReadOnlyList<string>? Properties(DeltaScope scope) =>
        scope.Select is null ? null : [.. scope.Select.Where(name => scope.Type.Find(name.Split('/')[0]) is not null)];

    private static List<DeltaLink> Links(DeltaScope scope, DirectoryObject item, long since)
    {
        var links = new List<DeltaLink>();
        if (item.Group is not { } group)
        {
            return links;
        }

        foreach (var (relation, set) in new[] { ("members", group.Members), ("owners", group.Owners) })
        {
            if (!scope.Follows(relation) || set.LastChange <= since)
            {
                continue;
            }

            foreach (var (_, id) in set.After(since))
            {
                links.Add(new DeltaLink(relation, id, IsGone: false));
            }

            if (since >= 0)
            {
                links.AddRange(set.GoneAfter(since).Select(id => new DeltaLink(relation, id, IsGone: true)));
            }
        }

        return links;
    }

    private static IEnumerable<DeltaEntry> Cut(Guid id, List<DeltaLink> links, int most) =>
        links.Count <= most ? [new DeltaEntry(id, null, links)] : links.Chunk(most).Select(part => new DeltaEntry(id, null, part));
}
