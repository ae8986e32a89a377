using System.Globalization;
using GroupPortal.Core.Directories;
using GroupPortal.Embedded;
using Microsoft.Data.Sqlite;

namespace GroupPortal.Benchmarks;

/// <summary>A sample directory with as many groups and memberships as wished, multiplied in its file with plain SQL.</summary>
internal sealed class ManyGroups(EmbeddedDirectory directory, string folder) : IDisposable
{
    public EmbeddedDirectory Directory => directory;

    public static async Task<ManyGroups> MakeAsync(int people, int groups, int membersPerGroup)
    {
        var store = new IdentityStore(2, "demo.local", StoreKind.ActiveDirectory, StoreConnection.Embedded, "DC=demo,DC=local", "DC.demo.local");
        var folder = System.IO.Directory.CreateTempSubdirectory("groupportal-many-").FullName;
        var options = new EmbeddedOptions { DataDirectory = folder, People = people };
        (await EmbeddedDirectory.OpenAsync(store, options, TimeProvider.System, CancellationToken.None)).Dispose();
        Multiply(Path.Combine(folder, "directory-2.db"), groups, membersPerGroup);
        return new ManyGroups(await EmbeddedDirectory.OpenAsync(store, options, TimeProvider.System, CancellationToken.None), folder);
    }

    public void Dispose()
    {
        directory.Dispose();
        SqliteConnection.ClearAllPools();
        System.IO.Directory.Delete(folder, recursive: true);
    }

    private static void Multiply(string file, int groups, int membersPerGroup)
    {
        using var connection = new SqliteConnection($"Data Source={file}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = """
            BEGIN;
            CREATE TEMP TABLE wanted AS
                WITH RECURSIVE numbers (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM numbers WHERE i < $groups)
                SELECT i, 10000000 + i AS id, printf('Measured %06d', i) AS name FROM numbers;
            INSERT INTO objects (id, guid, kind, name, name_key, dn, dn_key, parent, display_name, account_name, enabled, group_type, protected, version, member_count, created, changed)
                SELECT id, randomblob(16), 2, name, upper(name), 'CN=' || name || ',OU=Groups,DC=demo,DC=local', upper('CN=' || name || ',OU=Groups,DC=demo,DC=local'),
                    (SELECT id FROM objects WHERE dn = 'OU=Groups,DC=demo,DC=local'), name, name, 1, -2147483640, 0, 1, $members, 0, i FROM wanted;
            INSERT INTO names (class, folded, object) SELECT 2, 'MEASURED', id FROM wanted;
            INSERT INTO names (class, folded, object) SELECT 2, printf('%06d', i), id FROM wanted;
            INSERT INTO members (group_id, name_key, member_id)
                SELECT w.id, p.name_key, p.id
                FROM wanted w
                JOIN (SELECT id, name_key, row_number() OVER (ORDER BY id) - 1 AS place, count(*) OVER () AS people FROM objects WHERE kind = 0) p
                    ON p.place >= (w.i * $members) % (p.people - $members) AND p.place < (w.i * $members) % (p.people - $members) + $members
                WHERE w.i <= $filled;
            INSERT INTO counters (name, value) VALUES ('groups:-2147483640', $groups) ON CONFLICT (name) DO UPDATE SET value = value + excluded.value;
            INSERT INTO counters (name, value) VALUES ('kind:2', $groups) ON CONFLICT (name) DO UPDATE SET value = value + excluded.value;
            COMMIT;
            """;
        command.Parameters.AddWithValue("$groups", groups);
        command.Parameters.AddWithValue("$members", membersPerGroup);
        // The join walks all people once per group: a thousand filled groups carry the memberships that count.
        command.Parameters.AddWithValue("$filled", Math.Min(groups, 1000));
        command.CommandTimeout = 0;
        var rows = command.ExecuteNonQuery();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  made {groups} groups with {Math.Min(groups, 1000) * membersPerGroup} memberships ({rows} rows)"));
    }
}
