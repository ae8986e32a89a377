using System.Globalization;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Embedded.Rules;
using GroupPortal.Embedded.Storage;
using Microsoft.Data.Sqlite;

namespace GroupPortal.Embedded.Reading;

/// <summary>Groups with their attributes and owners: two statements for one group, two for each chunk of many.</summary>
internal static class GroupRows
{
    private const string SelectGroups =
        $"SELECT {StoredObject.Columns}, v.name, v.value FROM objects o LEFT JOIN attribute_values v ON v.object = o.id";

    private const string OwnerOrder = "ORDER BY w.group_id, w.ordinal";

    public static GroupState? State(Session session, StoreRules rules, Guid id)
    {
        List<StoredGroup> groups;
        using (var reader = session.Query($"{SelectGroups} WHERE o.guid = $1 AND o.kind = 2 ORDER BY v.name, v.ordinal", id.Bytes()))
        {
            groups = ReadAll(reader, CancellationToken.None);
        }

        if (groups is not [var group])
        {
            return null;
        }

        using var owners = session.Query(
            $"SELECT {ObjectRows.Columns} FROM owners w JOIN objects o ON o.id = w.owner_id WHERE w.group_id = $1 ORDER BY w.ordinal", group.Object.Row);
        var list = new List<DirectoryObject>();
        while (owners.Read())
        {
            list.Add(ObjectRows.Read(owners));
        }

        return ToState(group, rules, list);
    }

    public static Dictionary<Guid, GroupState> States(Session session, StoreRules rules, IReadOnlyCollection<Guid> ids, CancellationToken cancellation)
    {
        var found = new Dictionary<Guid, GroupState>(ids.Count);
        foreach (var chunk in ids.Chunk(1000))
        {
            List<StoredGroup> groups;
            using (var reader = session.Query(
                $"SELECT {StoredObject.Columns}, v.name, v.value FROM json_each($1) j CROSS JOIN objects o ON o.guid = unhex(j.value) AND o.kind = 2 "
                + "LEFT JOIN attribute_values v ON v.object = o.id ORDER BY o.id, v.name, v.ordinal",
                Guids.Json(chunk)))
            {
                groups = ReadAll(reader, cancellation);
            }

            var owners = Owners(session, groups.Select(group => group.Object.Row), cancellation);
            foreach (var group in groups)
            {
                found[group.Object.Id] = ToState(group, rules, owners.GetValueOrDefault(group.Object.Row, []));
            }
        }

        return found;
    }

    /// <summary>One group as the file has it, for a write.</summary>
    public static StoredGroup? Stored(Session session, Guid id)
    {
        using var reader = session.Query($"{SelectGroups} WHERE o.guid = $1 AND o.kind = 2 ORDER BY v.name, v.ordinal", id.Bytes());
        return ReadAll(reader, CancellationToken.None) is [var group] ? group : null;
    }

    private static Dictionary<long, List<DirectoryObject>> Owners(Session session, IEnumerable<long> groups, CancellationToken cancellation)
    {
        using var reader = session.Query(
            $"SELECT {ObjectRows.Columns}, w.group_id FROM owners w JOIN objects o ON o.id = w.owner_id WHERE w.group_id IN (SELECT value FROM json_each($1)) {OwnerOrder}",
            Guids.Json(groups));
        var found = new Dictionary<long, List<DirectoryObject>>();
        while (reader.Read())
        {
            cancellation.ThrowIfCancellationRequested();
            var group = reader.GetInt64(ObjectRows.ColumnCount);
            if (!found.TryGetValue(group, out var owners))
            {
                found.Add(group, owners = []);
            }

            owners.Add(ObjectRows.Read(reader));
        }

        return found;
    }

    private static List<StoredGroup> ReadAll(SqliteDataReader reader, CancellationToken cancellation)
    {
        var groups = new List<StoredGroup>();
        StoredGroup? current = null;
        while (reader.Read())
        {
            cancellation.ThrowIfCancellationRequested();
            if (current is null || current.Object.Row != reader.GetInt64(0))
            {
                current = new StoredGroup(StoredObject.Read(reader), new Dictionary<string, List<string>>(StringComparer.OrdinalIgnoreCase));
                groups.Add(current);
            }

            if (!reader.IsDBNull(StoredObject.ColumnCount))
            {
                var name = reader.GetString(StoredObject.ColumnCount);
                if (!current.Others.TryGetValue(name, out var values))
                {
                    current.Others.Add(name, values = []);
                }

                values.Add(reader.GetString(StoredObject.ColumnCount + 1));
            }
        }

        return groups;
    }

    private static GroupState ToState(StoredGroup group, StoreRules rules, List<DirectoryObject> owners)
    {
        var item = group.Object;
        var attributes = new List<KeyValuePair<string, IReadOnlyList<string>>>(24);
        attributes.AddRange(AttributeColumns.Present(item));
        attributes.AddRange(group.Others.Select(other => new KeyValuePair<string, IReadOnlyList<string>>(other.Key, other.Value)));
        attributes.Add(StoreRules.One("objectGUID", item.Id.ToString()));
        attributes.Add(StoreRules.One("objectClass", "group"));
        attributes.AddRange(rules.Computed(item));
        return new GroupState(item.Id, item.Dn, new GroupVersion(item.Version.ToString(CultureInfo.InvariantCulture), 0))
        {
            Attributes = new AttributeValues(attributes),
            Owners = owners,
            HasPrimaryOwner = rules.MaximumOwners == 1 && owners.Count > 0,
            MemberCount = item.MemberCount,
            IsProtected = item.IsProtected,
            Created = new DateTimeOffset(item.Created, TimeSpan.Zero),
            Changed = new DateTimeOffset(item.Changed, TimeSpan.Zero),
        };
    }
}

/// <summary>A group's row, and the values that have no column.</summary>
internal sealed record StoredGroup(StoredObject Object, Dictionary<string, List<string>> Others)
{
    public IReadOnlyList<string> Values(string attribute) =>
        AttributeColumns.TryGet(attribute, out var column)
            ? column.Read(Object) is { } value ? [value] : []
            : Others.TryGetValue(attribute, out var values) ? values : [];
}
