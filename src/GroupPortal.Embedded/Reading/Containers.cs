using GroupPortal.Core.Directories;
using GroupPortal.Embedded.Storage;

namespace GroupPortal.Embedded.Reading;

internal static class Containers
{
    private const string Columns =
        "o.dn, o.name, EXISTS (SELECT 1 FROM objects c INDEXED BY containers_by_parent WHERE c.parent = o.id AND c.kind = 5)";

    /// <summary>Right below a container, or the naming context itself; null when there is no such container.</summary>
    public static IReadOnlyList<ContainerNode>? Below(Session session, string? parentDn)
    {
        if (parentDn is null)
        {
            return Read(session.Query($"SELECT {Columns} FROM objects o WHERE o.kind = 5 AND o.parent = 0 ORDER BY o.name_key"));
        }

        return RowOf(session, parentDn) is { } row
            ? Read(session.Query($"SELECT {Columns} FROM objects o WHERE o.kind = 5 AND o.parent = $1 ORDER BY o.name_key", row))
            : null;
    }

    public static long? RowOf(Session session, string dn) => DistinguishedName.TryParse(dn, out var name)
        ? session.Scalar("SELECT id FROM objects WHERE dn_key = $1 AND kind = 5", name.Key) as long?
        : null;

    private static List<ContainerNode> Read(Microsoft.Data.Sqlite.SqliteDataReader reader)
    {
        using (reader)
        {
            var nodes = new List<ContainerNode>();
            while (reader.Read())
            {
                nodes.Add(new ContainerNode(reader.GetString(0), reader.GetString(1), reader.GetInt64(2) != 0));
            }

            return nodes;
        }
    }
}
