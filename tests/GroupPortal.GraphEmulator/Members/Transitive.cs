using GroupPortal.GraphEmulation.Query;
using GroupPortal.GraphEmulation.Store;

namespace GroupPortal.GraphEmulation.Members;

/// <summary>What is in a group through others, and what an object is in through others.</summary>
internal static class Transitive
{
    public static ListSource MembersOf(DirectoryStore store, DirectoryObject group)
    {
        var found = Walk(store, group, item => item.Group?.Members.Ids ?? []);
        return InOrder(store, found);
    }

    public static ListSource GroupsOf(DirectoryStore store, DirectoryObject item, bool isDirect)
    {
        var found = isDirect ? [.. item.MemberOf] : Walk(store, item, one => one.MemberOf);
        return InOrder(store, found);
    }

    public static ListSource OwnedBy(DirectoryStore store, DirectoryObject item) => InOrder(store, item.OwnerOf);

    /// <summary>Ids of every group it is in.</summary>
    public static HashSet<Guid> AllGroupsOf(DirectoryStore store, DirectoryObject item) => Walk(store, item, one => one.MemberOf);

    private static HashSet<Guid> Walk(DirectoryStore store, DirectoryObject start, Func<DirectoryObject, IEnumerable<Guid>> next)
    {
        var found = new HashSet<Guid>();
        var waiting = new Queue<DirectoryObject>([start]);
        while (waiting.TryDequeue(out var item))
        {
            foreach (var id in next(item))
            {
                if (found.Add(id) && store.Find(id) is { } other)
                {
                    waiting.Enqueue(other);
                }
            }
        }

        return found;
    }

    private static ListSource InOrder(DirectoryStore store, HashSet<Guid> ids)
    {
        List<DirectoryObject> items = [.. ids.Select(store.Find).OfType<DirectoryObject>().Where(store.IsVisible).OrderBy(item => item.Creation)];
        return after => items.Where(item => item.Creation > after).Select(item => (item.Creation, item));
    }
}
