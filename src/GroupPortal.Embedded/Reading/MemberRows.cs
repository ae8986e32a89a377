using GroupPortal.Core.Directories;
using GroupPortal.Embedded.Search;
using GroupPortal.Embedded.Storage;

namespace GroupPortal.Embedded.Reading;

/// <summary>Who is in a group, and in which groups something is.</summary>
internal static class MemberRows
{
    private const string FromAll = "members m WHERE m.group_id = $1";
    private const string FromFew = "json_each($2) j CROSS JOIN members m ON m.member_id = j.value AND m.group_id = $1 WHERE 1";

    public static Page<DirectoryObject>? Members(Session session, Folding folding, MemberQuery query, CancellationToken cancellation)
    {
        if (ObjectRows.GroupRowOf(session, query.Group) is not { } group)
        {
            return null;
        }

        var words = SearchWords.Typed(query.Text, folding);
        if (words.Count == 0)
        {
            return new Page<DirectoryObject>(
                Rows(session, query, FromAll, string.Empty, [group], cancellation),
                session.Number("SELECT member_count FROM objects WHERE id = $1", group));
        }

        // Few match: from them to the group. Many match: along the group, where hits are dense.
        return Candidates(session, words, cancellation) is { } few
            ? Matching(session, query, FromFew, string.Empty, [group, Guids.Json(few)], cancellation)
            : Matching(session, query, FromAll, WordSearch.Exists(words, "m.member_id", first: 2), [group, .. WordSearch.Ranges(words)], cancellation);
    }

    public static HashSet<Guid>? Ids(Session session, Guid group, CancellationToken cancellation) =>
        ObjectRows.GroupRowOf(session, group) is { } row
            ? Collect(session.Query("SELECT o.guid FROM members m JOIN objects o ON o.id = m.member_id WHERE m.group_id = $1", row), cancellation)
            : null;

    public static HashSet<Guid>? Which(Session session, Guid group, IReadOnlyCollection<Guid> candidates, CancellationToken cancellation)
    {
        if (ObjectRows.GroupRowOf(session, group) is not { } row)
        {
            return null;
        }

        var found = new HashSet<Guid>();
        foreach (var chunk in candidates.Chunk(2000))
        {
            found.UnionWith(Collect(
                session.Query(
                    "SELECT o.guid FROM json_each($2) j CROSS JOIN objects o ON o.guid = unhex(j.value) "
                    + "WHERE EXISTS (SELECT 1 FROM members m WHERE m.member_id = o.id AND m.group_id = $1)",
                    row, Guids.Json(chunk)),
                cancellation));
        }

        return found;
    }

    /// <summary>UNION keeps each group once, so a loop ends.</summary>
    public static HashSet<Guid> Ancestors(Session session, Guid group, CancellationToken cancellation) => Collect(
        session.Query(
            """
            WITH RECURSIVE above (id) AS (
                SELECT m.group_id FROM objects o JOIN members m ON m.member_id = o.id WHERE o.guid = $1
                UNION
                SELECT m.group_id FROM above a JOIN members m ON m.member_id = a.id)
            SELECT o.guid FROM above a JOIN objects o ON o.id = a.id
            """,
            group.Bytes()),
        cancellation);

    public static Page<DirectoryObject> MemberOf(Session session, Guid id, int skip, int take, CancellationToken cancellation)
    {
        if (ObjectRows.RowOf(session, id) is not { } row)
        {
            return Page<DirectoryObject>.Empty;
        }

        var page = ObjectRows.All(
            session.Query(
                $"SELECT {ObjectRows.Columns} FROM members m JOIN objects o ON o.id = m.group_id WHERE m.member_id = $1 ORDER BY o.name_key, o.id LIMIT $3 OFFSET $2",
                row, Math.Max(0, skip), Math.Clamp(take, 1, 1000)),
            cancellation);
        return new Page<DirectoryObject>(page, session.Number("SELECT count(*) FROM members WHERE member_id = $1", row));
    }

    private static Page<DirectoryObject> Matching(
        Session session, MemberQuery query, string from, string filter, object?[] arguments, CancellationToken cancellation)
    {
        var count = session.Number(
            $"SELECT count(*) FROM (SELECT 1 FROM {from}{filter} LIMIT {Parameter(arguments, 1)})", [.. arguments, WordSearch.Limit + 1]);
        var page = Rows(session, query, from, filter, arguments, cancellation);
        return count > WordSearch.Limit
            ? new Page<DirectoryObject>(page, WordSearch.Limit, TotalIsExact: false)
            : new Page<DirectoryObject>(page, count);
    }

    /// <summary>One page in the order of names; members that are skipped are not looked up.</summary>
    private static List<DirectoryObject> Rows(
        Session session, MemberQuery query, string from, string filter, object?[] arguments, CancellationToken cancellation) => ObjectRows.All(
        session.Query(
            $"SELECT {ObjectRows.Columns} FROM (SELECT m.member_id, m.name_key FROM {from}{filter} ORDER BY m.name_key, m.member_id "
            + $"LIMIT {Parameter(arguments, 1)} OFFSET {Parameter(arguments, 2)}) p CROSS JOIN objects o ON o.id = p.member_id ORDER BY p.name_key, p.member_id",
            [.. arguments, Math.Clamp(query.Take, 1, 1000), Math.Max(0, query.Skip)]),
        cancellation);

    private static string Parameter(object?[] before, int offset) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"${before.Length + offset}");

    private static List<long>? Candidates(Session session, IReadOnlyList<string> words, CancellationToken cancellation)
    {
        var found = new List<long>();
        foreach (var kind in Enum.GetValues<ObjectKind>())
        {
            if (WordSearch.Candidates(session, (int)kind, words, cancellation) is not { } some)
            {
                return null;
            }

            found.AddRange(some);
        }

        return found;
    }

    private static HashSet<Guid> Collect(Microsoft.Data.Sqlite.SqliteDataReader reader, CancellationToken cancellation)
    {
        using (reader)
        {
            var found = new HashSet<Guid>();
            while (reader.Read())
            {
                cancellation.ThrowIfCancellationRequested();
                found.Add(Guids.Read(reader, 0));
            }

            return found;
        }
    }
}
