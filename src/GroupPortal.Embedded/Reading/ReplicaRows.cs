using System.Globalization;
using GroupPortal.Core.Criteria;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Embedded.Storage;
using Microsoft.Data.Sqlite;

namespace GroupPortal.Embedded.Reading;

/// <summary>Objects as rules see them: three statements for a page, whatever is on it.</summary>
internal static class ReplicaRows
{
    private const string Columns =
        $"""
        {StoredObject.Columns}, p.given_name, p.surname, p.city, p.country, p.employee_id, p.employee_type, p.is_guest, p.hired, m.guid,
        (SELECT h.guid FROM owners w JOIN objects h ON h.id = w.owner_id WHERE w.group_id = o.id ORDER BY w.ordinal LIMIT 1)
        """;

    private const string Joins = "LEFT JOIN people p ON p.object = o.id LEFT JOIN objects m ON m.id = o.manager";

    private const int Details = StoredObject.ColumnCount;

    /// <summary>AD's userAccountControl: an account, one that may not sign in, and a computer's ([MS-ADTS] 2.2.16).</summary>
    private const int Account = 0x200;

    private const int Disabled = 0x2;
    private const int Computer = 0x1000;

    /// <summary>The next objects in the order of their rows.</summary>
    public static IReadOnlyList<(long Row, ReplicaObject Object)> After(
        Session session, CriteriaVocabulary vocabulary, long row, int take, CancellationToken cancellation) => Complete(
        session,
        session.Query($"SELECT {Columns} FROM objects o {Joins} WHERE o.id > $1 AND o.kind <> 5 ORDER BY o.id LIMIT $2", row, take),
        vocabulary,
        cancellation);

    /// <summary>Those of the ids that are there.</summary>
    public static IReadOnlyList<ReplicaObject> ByIds(
        Session session, CriteriaVocabulary vocabulary, IReadOnlyCollection<Guid> ids, CancellationToken cancellation)
    {
        var found = Complete(
            session,
            session.Query($"SELECT {Columns} FROM json_each($1) j CROSS JOIN objects o ON o.guid = unhex(j.value) AND o.kind <> 5 {Joins}", Guids.Json(ids)),
            vocabulary,
            cancellation);
        return [.. found.Select(one => one.Object)];
    }

    private static List<(long Row, ReplicaObject Object)> Complete(
        Session session, SqliteDataReader reader, CriteriaVocabulary vocabulary, CancellationToken cancellation)
    {
        var items = new List<(StoredObject Object, List<KeyValuePair<string, IReadOnlyList<string>>> Values)>();
        using (reader)
        {
            while (reader.Read())
            {
                cancellation.ThrowIfCancellationRequested();
                var item = StoredObject.Read(reader);
                items.Add((item, [.. ValuesOf(item, reader, vocabulary)]));
            }
        }

        var others = Others(session, items.Select(item => item.Object.Row), vocabulary);
        var members = Members(session, items.Where(item => item.Object.Kind == ObjectKind.Group).Select(item => item.Object.Row), cancellation);
        return
        [
            .. items.Select(item => (item.Object.Row, new ReplicaObject(
                item.Object.Id,
                item.Object.Kind,
                item.Object.Dn,
                [.. item.Values, .. others[item.Object.Row]],
                item.Object.Kind == ObjectKind.Group ? [.. members[item.Object.Row]] : null)
            {
                IsProtected = item.Object.IsProtected,
            })),
        ];
    }

    /// <summary>The values that have no column.</summary>
    private static ILookup<long, KeyValuePair<string, IReadOnlyList<string>>> Others(Session session, IEnumerable<long> rows, CriteriaVocabulary vocabulary)
    {
        using var reader = session.Query(
            "SELECT v.object, v.name, v.value FROM json_each($1) j CROSS JOIN attribute_values v ON v.object = j.value ORDER BY v.object, v.name, v.ordinal",
            Guids.Json(rows));
        var values = new List<(long Row, string Name, string Value)>();
        while (reader.Read())
        {
            if (vocabulary.TryGet(reader.GetString(1), out var attribute) && attribute.IsReplicated)
            {
                values.Add((reader.GetInt64(0), attribute.Name, reader.GetString(2)));
            }
        }

        return values
            .GroupBy(value => (value.Row, value.Name))
            .ToLookup(group => group.Key.Row, group => KeyValuePair.Create<string, IReadOnlyList<string>>(group.Key.Name, [.. group.Select(value => value.Value)]));
    }

    private static ILookup<long, Guid> Members(Session session, IEnumerable<long> groups, CancellationToken cancellation)
    {
        using var reader = session.Query(
            "SELECT m.group_id, o.guid FROM json_each($1) j CROSS JOIN members m ON m.group_id = j.value JOIN objects o ON o.id = m.member_id",
            Guids.Json(groups));
        var members = new List<(long Group, Guid Member)>();
        while (reader.Read())
        {
            cancellation.ThrowIfCancellationRequested();
            members.Add((reader.GetInt64(0), Guids.Read(reader, 1)));
        }

        return members.ToLookup(member => member.Group, member => member.Member);
    }

    private static IEnumerable<KeyValuePair<string, IReadOnlyList<string>>> ValuesOf(StoredObject item, SqliteDataReader reader, CriteriaVocabulary vocabulary)
    {
        var named = vocabulary.Kind == StoreKind.ActiveDirectory ? OfActiveDirectory(item, reader) : OfEntra(item, reader);
        return from pair in named.Concat(OfBoth(item, reader))
               where pair.Value is not null && vocabulary.TryGet(pair.Name, out _)
               select KeyValuePair.Create<string, IReadOnlyList<string>>(pair.Name, [pair.Value]);
    }

    private static IEnumerable<(string Name, string? Value)> OfBoth(StoredObject item, SqliteDataReader reader)
    {
        yield return (AttributeNames.DisplayName, item.DisplayName);
        yield return ("givenName", ObjectRows.Text(reader, Details));
        yield return ("userPrincipalName", item.UserPrincipalName);
        yield return (AttributeNames.Mail, item.Mail);
        yield return ("department", item.Department);
        yield return ("physicalDeliveryOfficeName", item.Office);
        yield return ("manager", reader.IsDBNull(Details + 8) ? null : Guids.Read(reader, Details + 8).ToString("D"));
    }

    private static IEnumerable<(string Name, string? Value)> OfActiveDirectory(StoredObject item, SqliteDataReader reader)
    {
        yield return ("cn", item.Name);
        yield return ("sn", ObjectRows.Text(reader, Details + 1));
        yield return (AttributeNames.AccountName, item.AccountName);
        yield return (AttributeNames.MailNickname, item.MailNickname);
        yield return (AttributeNames.Description, item.Description);
        yield return ("title", item.Title);
        yield return ("company", item.Company);
        yield return ("l", ObjectRows.Text(reader, Details + 2));
        yield return ("c", ObjectRows.Text(reader, Details + 3));
        yield return ("employeeID", ObjectRows.Text(reader, Details + 4));
        yield return ("employeeType", ObjectRows.Text(reader, Details + 5));
        yield return ("userAccountControl", item.Kind switch
        {
            ObjectKind.User => Number(Account | (item.Enabled ? 0 : Disabled)),
            ObjectKind.Computer => Number(Computer | (item.Enabled ? 0 : Disabled)),
            _ => null,
        });
        yield return (AttributeNames.GroupType, item.GroupType is { } type ? Number(type) : null);
        yield return ("adminCount", item is { Kind: ObjectKind.Group, IsProtected: true } ? "1" : null);
        yield return (AttributeNames.ManagedBy, reader.IsDBNull(Details + 9) ? null : Guids.Read(reader, Details + 9).ToString("D"));
        yield return ("whenCreated", Time(item.Created));
    }

    private static IEnumerable<(string Name, string? Value)> OfEntra(StoredObject item, SqliteDataReader reader)
    {
        var isPerson = !reader.IsDBNull(Details + 7);
        yield return ("surname", ObjectRows.Text(reader, Details + 1));
        yield return ("mailNickName", item.MailNickname);
        yield return ("jobTitle", item.Title);
        yield return ("companyName", item.Company);
        yield return ("city", ObjectRows.Text(reader, Details + 2));
        yield return ("country", ObjectRows.Text(reader, Details + 3));
        yield return ("usageLocation", ObjectRows.Text(reader, Details + 3));
        yield return ("employeeId", ObjectRows.Text(reader, Details + 4));
        yield return ("userType", item.Kind != ObjectKind.User ? null : isPerson && reader.GetInt64(Details + 6) != 0 ? "Guest" : "Member");
        yield return ("accountEnabled", item.Kind is ObjectKind.User or ObjectKind.Device ? item.Enabled ? "TRUE" : "FALSE" : null);
        yield return ("employeeHireDate", isPerson ? Time(reader.GetInt64(Details + 7)) : null);
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Time(long ticks) => new DateTime(ticks, DateTimeKind.Utc).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
