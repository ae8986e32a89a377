using GroupPortal.Core.Directories;
using Microsoft.Data.Sqlite;

namespace GroupPortal.Embedded.Storage;

/// <summary>One row of <c>objects</c>, whole: what writes work on.</summary>
internal sealed record StoredObject
{
    public const string Columns =
        """
        o.id, o.guid, o.kind, o.name, o.dn, o.parent, o.display_name, o.account_name, o.upn, o.mail, o.mail_nickname, o.description,
        o.title, o.department, o.office, o.company, o.manager, o.enabled, o.group_type, o.protected, o.sid, o.marker, o.version,
        o.member_count, o.created, o.changed
        """;

    public const int ColumnCount = 26;

    public long Row { get; init; }

    public required Guid Id { get; init; }

    public required ObjectKind Kind { get; init; }

    public required string Name { get; init; }

    public required string Dn { get; init; }

    public required long Parent { get; init; }

    public string? DisplayName { get; init; }

    public string? AccountName { get; init; }

    public string? UserPrincipalName { get; init; }

    public string? Mail { get; init; }

    public string? MailNickname { get; init; }

    public string? Description { get; init; }

    public string? Title { get; init; }

    public string? Department { get; init; }

    public string? Office { get; init; }

    public string? Company { get; init; }

    public long? Manager { get; init; }

    public bool Enabled { get; init; } = true;

    public int? GroupType { get; init; }

    public bool IsProtected { get; init; }

    public string? Sid { get; init; }

    public Guid? Marker { get; init; }

    public long Version { get; init; } = 1;

    public long MemberCount { get; init; }

    public long Created { get; init; }

    public long Changed { get; init; }

    public static StoredObject Read(SqliteDataReader reader) => new()
    {
        Row = reader.GetInt64(0),
        Id = Guids.Read(reader, 1),
        Kind = (ObjectKind)reader.GetInt32(2),
        Name = reader.GetString(3),
        Dn = reader.GetString(4),
        Parent = reader.GetInt64(5),
        DisplayName = Text(reader, 6),
        AccountName = Text(reader, 7),
        UserPrincipalName = Text(reader, 8),
        Mail = Text(reader, 9),
        MailNickname = Text(reader, 10),
        Description = Text(reader, 11),
        Title = Text(reader, 12),
        Department = Text(reader, 13),
        Office = Text(reader, 14),
        Company = Text(reader, 15),
        Manager = reader.IsDBNull(16) ? null : reader.GetInt64(16),
        Enabled = reader.GetInt64(17) != 0,
        GroupType = reader.IsDBNull(18) ? null : reader.GetInt32(18),
        IsProtected = reader.GetInt64(19) != 0,
        Sid = Text(reader, 20),
        Marker = reader.IsDBNull(21) ? null : Guids.Read(reader, 21),
        Version = reader.GetInt64(22),
        MemberCount = reader.GetInt64(23),
        Created = reader.GetInt64(24),
        Changed = reader.GetInt64(25),
    };

    private static string? Text(SqliteDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}
