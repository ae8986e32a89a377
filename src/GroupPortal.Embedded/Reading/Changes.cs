using GroupPortal.Core.Directories;
using GroupPortal.Embedded.Storage;

namespace GroupPortal.Embedded.Reading;

internal static class Changes
{
    public static IReadOnlyList<DirectoryChange> Since(Session session, long cookie, int take, CancellationToken cancellation)
    {
        using var reader = session.Query(
            "SELECT cookie, guid, kind, deleted FROM changes WHERE cookie > $1 ORDER BY cookie LIMIT $2", cookie, Math.Max(0, take));
        var changes = new List<DirectoryChange>();
        while (reader.Read())
        {
            cancellation.ThrowIfCancellationRequested();
            changes.Add(new DirectoryChange(reader.GetInt64(0), Guids.Read(reader, 1), (ObjectKind)reader.GetInt32(2), reader.GetInt64(3) != 0));
        }

        return changes;
    }
}
