using GroupPortal.Core.Directories;
using GroupPortal.Embedded.Reading;
using GroupPortal.Embedded.Storage;

namespace GroupPortal.Embedded.Search;

/// <summary>Search while typing, over all kinds of object, in the order of names.</summary>
internal static class ObjectSearch
{
    private static readonly ObjectKind[] AllKinds =
        [ObjectKind.User, ObjectKind.Contact, ObjectKind.Group, ObjectKind.Computer, ObjectKind.Device, ObjectKind.ServicePrincipal];

    public static Page<DirectoryObject> Find(Session session, Folding folding, ObjectQuery query, CancellationToken cancellation)
    {
        var kinds = query.Kinds.Count == 0 ? AllKinds : [.. query.Kinds.Distinct()];
        var limit = Math.Clamp(query.Limit, 1, 200);
        var words = SearchWords.Typed(query.Text, folding);
        if (words.Count == 0)
        {
            var total = kinds.Sum(kind => Counters.Get(session, Counters.ObjectsOfKind((int)kind)));
            return new Page<DirectoryObject>(Walk(session, folding, kinds, words, limit, cancellation), total);
        }

        var found = new List<long>();
        foreach (var kind in kinds)
        {
            if (WordSearch.Candidates(session, (int)kind, words, cancellation) is not { } some || found.Count + some.Count > WordSearch.Limit)
            {
                return new Page<DirectoryObject>(Walk(session, folding, kinds, words, limit, cancellation), WordSearch.Limit, TotalIsExact: false);
            }

            found.AddRange(some);
        }

        return new Page<DirectoryObject>(ObjectRows.ByName(session, found, 0, limit, cancellation), found.Count);
    }

    /// <summary>The first of each kind along the index of names, merged.</summary>
    private static List<DirectoryObject> Walk(
        Session session, Folding folding, ObjectKind[] kinds, IReadOnlyList<string> words, int limit, CancellationToken cancellation)
    {
        var sql = $"SELECT {ObjectRows.Columns} FROM objects o WHERE o.kind = $1{WordSearch.Exists(words, "o.id", first: 3)} ORDER BY o.name_key, o.id LIMIT $2";
        var found = new List<DirectoryObject>();
        foreach (var kind in kinds)
        {
            found.AddRange(ObjectRows.All(session.Query(sql, [(int)kind, limit, .. WordSearch.Ranges(words)]), cancellation));
        }

        return kinds.Length == 1
            ? found
            : [.. found.OrderBy(item => folding.Fold(item.Name), StringComparer.Ordinal).Take(limit)];
    }
}
