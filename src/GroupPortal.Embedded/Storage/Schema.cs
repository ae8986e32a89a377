using System.Globalization;

namespace GroupPortal.Embedded.Storage;

/// <summary>
/// The tables. <c>PRAGMA user_version</c> says how many of the migrations a file has seen; they are only ever added to.
/// </summary>
internal static class Schema
{
    private static readonly string[] Migrations =
    [
        // 1: the first schema. Times are UTC ticks, GUIDs are 16 bytes in network order, *_key and folded are folded by the
        // store's kind: equal keys are equal names. The kind numbers are ObjectKind's (2 group, 5 organisational unit).
        """
        CREATE TABLE objects (
            id INTEGER PRIMARY KEY,
            guid BLOB NOT NULL UNIQUE,
            kind INTEGER NOT NULL,
            name TEXT NOT NULL,
            name_key TEXT NOT NULL,
            dn TEXT NOT NULL,
            dn_key TEXT NOT NULL UNIQUE,
            parent INTEGER NOT NULL,
            display_name TEXT,
            account_name TEXT,
            upn TEXT,
            mail TEXT,
            mail_nickname TEXT,
            description TEXT,
            title TEXT,
            department TEXT,
            office TEXT,
            company TEXT,
            manager INTEGER,
            enabled INTEGER NOT NULL,
            group_type INTEGER,
            protected INTEGER NOT NULL,
            sid TEXT,
            marker BLOB,
            version INTEGER NOT NULL,
            member_count INTEGER NOT NULL,
            created INTEGER NOT NULL,
            changed INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX objects_by_name ON objects (kind, name_key, id, group_type);
        CREATE INDEX groups_by_change ON objects (changed, id, group_type) WHERE kind = 2;
        CREATE INDEX containers_by_parent ON objects (parent, name_key) WHERE kind = 5;
        CREATE UNIQUE INDEX objects_by_marker ON objects (marker) WHERE marker IS NOT NULL;

        -- What has no column of its own.
        CREATE TABLE attribute_values (
            object INTEGER NOT NULL,
            name TEXT NOT NULL,
            ordinal INTEGER NOT NULL,
            value TEXT NOT NULL,
            PRIMARY KEY (object, name, ordinal)
        ) STRICT, WITHOUT ROWID;

        -- The member's name stands in the key, so that a page of a large group is read in order.
        CREATE TABLE members (
            group_id INTEGER NOT NULL,
            name_key TEXT NOT NULL,
            member_id INTEGER NOT NULL,
            PRIMARY KEY (group_id, name_key, member_id)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX members_by_member ON members (member_id, group_id);

        CREATE TABLE owners (
            group_id INTEGER NOT NULL,
            ordinal INTEGER NOT NULL,
            owner_id INTEGER NOT NULL,
            PRIMARY KEY (group_id, ordinal)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX owners_by_owner ON owners (owner_id, group_id);

        -- Beginnings of words, for search while typing.
        CREATE TABLE names (
            class INTEGER NOT NULL,
            folded TEXT NOT NULL,
            object INTEGER NOT NULL,
            PRIMARY KEY (class, folded, object)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX names_by_object ON names (object, folded);

        -- Whole names by field, for references and for what must be unique.
        CREATE TABLE keys (
            field INTEGER NOT NULL,
            folded TEXT NOT NULL,
            object INTEGER NOT NULL,
            PRIMARY KEY (field, folded, object)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE counters (
            name TEXT PRIMARY KEY,
            value INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE changes (
            cookie INTEGER PRIMARY KEY AUTOINCREMENT,
            guid BLOB NOT NULL,
            kind INTEGER NOT NULL,
            deleted INTEGER NOT NULL
        ) STRICT;
        """,

        // 2: what rules ask about people beside what lists show, and the feed's own identity, by which a cookie is known to be
        // of this file. A file that was filled before gets its people's details when it is opened.
        """
        CREATE TABLE people (
            object INTEGER PRIMARY KEY,
            given_name TEXT NOT NULL,
            surname TEXT NOT NULL,
            city TEXT NOT NULL,
            country TEXT NOT NULL,
            employee_id TEXT NOT NULL,
            employee_type TEXT NOT NULL,
            is_guest INTEGER NOT NULL,
            hired INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE feed (id BLOB NOT NULL) STRICT;
        INSERT INTO feed (id) VALUES (randomblob(16));
        """,
    ];

    public static void Migrate(Session session)
    {
        var version = session.Number("PRAGMA user_version");
        if (version > Migrations.Length)
        {
            throw new InvalidOperationException("The directory file was made by a newer version of the portal.");
        }

        for (; version < Migrations.Length; version++)
        {
            using var command = session.Connection.CreateCommand();
            // Not bindable: a pragma takes no parameters, and all of it is ours.
#pragma warning disable CA2100
            command.CommandText = string.Create(
                CultureInfo.InvariantCulture, $"BEGIN IMMEDIATE; {Migrations[version]} PRAGMA user_version = {version + 1}; COMMIT;");
#pragma warning restore CA2100
            command.ExecuteNonQuery();
        }
    }
}
