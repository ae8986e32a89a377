using GroupPortal.Core.Directories;
using GroupPortal.Embedded.Storage;
using Microsoft.Data.Sqlite;

namespace GroupPortal.Embedded.Reading;

/// <summary>Objects as lists and pickers show them.</summary>
internal static class ObjectRows
{
    public const string Columns =
        """
        o.guid, o.kind, o.name, o.dn, o.display_name, o.account_name, o.upn, o.mail, o.title, o.department, o.office, o.enabled,
        o.group_type, o.protected
        """;

    public const int ColumnCount = 14;

    public static DirectoryObject Read(SqliteDataReader reader, int first = 0) =>
        new(Guids.Read(reader, first), (ObjectKind)reader.GetInt32(first + 1), reader.GetString(first + 2), reader.GetString(first + 3))
        {
            DisplayName = Text(reader, first + 4),
            AccountName = Text(reader, first + 5),
            UserPrincipalName = Text(reader, first + 6),
            Mail = Text(reader, first + 7),
            Title = Text(reader, first + 8),
            Department = Text(reader, first + 9),
            Office = Text(reader, first + 10),
            Enabled = reader.GetInt64(first + 11) != 0,
            GroupType = reader.IsDBNull(first + 12) ? null : reader.GetInt32(first + 12),
            IsProtected = reader.GetInt64(first + 13) != 0,
        };

    public static string? Text(SqliteDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    /// <summary>All rows of a query whose columns begin with <see cref="Columns"/>.</summary>
    public static List<DirectoryObject> All(SqliteDataReader reader, CancellationToken cancellation)
    {
        using (reader)
        {
            var found = new List<DirectoryObject>();
            while (reader.Read())
            {
                cancellation.ThrowIfCancellationRequested();
                found.Add(Read(reader));
            }

            return found;
        }
    }

    /// <summary>The objects of row numbers, in the order of their names.</summary>
    public static List<DirectoryObject> ByName(Session session, IEnumerable<long> rows, int skip, int take, CancellationToken cancellation) =>
        All(
            session.Query(
                $"SELECT {Columns} FROM objects o WHERE o.id IN (SELECT value FROM json_each($1)) ORDER BY o.name_key, o.id LIMIT $3 OFFSET $2",
                Guids.Json(rows), skip, take),
            cancellation);

    public static Dictionary<Guid, DirectoryObject> ByIds(Session session, IReadOnlyCollection<Guid> ids, CancellationToken cancellation)
    {
        var found = new Dictionary<Guid, DirectoryObject>(ids.Count);
        foreach (var chunk in ids.Chunk(2000))
        {
            using var reader = session.Query(
                $"SELECT {Columns} FROM json_each($1) j CROSS JOIN objects o ON o.guid = unhex(j.value)", Guids.Json(chunk));
            while (reader.Read())
            {
                cancellation.ThrowIfCancellationRequested();
                var item = Read(reader);
                found[item.Id] = item;
            }
        }

        return found;
    }

    /// <summary>The row number of an object, or null.</summary>
    public static long? RowOf(Session session, Guid id) => session.Scalar("SELECT id FROM objects WHERE guid = $1", id.Bytes()) as long?;

    /// <summary>The row number of a group, or null.</summary>
    public static long? GroupRowOf(Session session, Guid id) =>
        session.Scalar("SELECT id FROM objects WHERE guid = $1 AND kind = 2", id.Bytes()) as long?;
}
