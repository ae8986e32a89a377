using System.Globalization;
using GroupPortal.Core.Directories;
using GroupPortal.Embedded.Reading;
using GroupPortal.Embedded.Storage;
using Microsoft.Data.Sqlite;

namespace GroupPortal.Embedded.Search;

/// <summary>One page of groups.</summary>
internal static class GroupSearch
{
    private const string Columns =
        """
        o.guid, o.name, o.dn, o.group_type, o.display_name, o.description, o.mail, o.protected, o.changed,
            (SELECT coalesce(p.display_name, p.name) FROM owners w JOIN objects p ON p.id = w.owner_id
                WHERE w.group_id = o.id ORDER BY w.ordinal LIMIT 1),
            EXISTS (SELECT 1 FROM attribute_values a WHERE a.object = o.id AND a.name = 'membershipRule')
        """;

    public static Page<GroupSummary> Find(Session session, Folding folding, GroupQuery query, CancellationToken cancellation)
    {
        var words = SearchWords.Typed(query.Text, folding);
        var conditions = new Conditions();
        if (!TryNarrow(session, query, conditions))
        {
            return Page<GroupSummary>.Empty;
        }

        if (words.Count > 0)
        {
            if (WordSearch.Candidates(session, (int)ObjectKind.Group, words, cancellation) is { } few)
            {
                conditions.Add("o.id IN (SELECT value FROM json_each({0}))", Guids.Json(few));
            }
            else
            {
                conditions.AddWords(words);
            }
        }

        var (total, exact) = Total(session, query, conditions);
        return new Page<GroupSummary>(Rows(session, query, conditions, cancellation), total, exact);
    }

    private static bool TryNarrow(Session session, GroupQuery query, Conditions conditions)
    {
        if (query.GroupTypes is { Count: > 0 } types)
        {
            conditions.Add("o.group_type IN (SELECT value FROM json_each({0}))", Guids.Json(types.Select(type => (long)type)));
        }

        if (query.Owner is { } owner)
        {
            if (ObjectRows.RowOf(session, owner) is not { } row)
            {
                return false;
            }

            conditions.Add("o.id IN (SELECT group_id FROM owners WHERE owner_id = {0})", row);
        }

        if (query.Member is { } member)
        {
            if (ObjectRows.RowOf(session, member) is not { } row)
            {
                return false;
            }

            conditions.Add("o.id IN (SELECT group_id FROM members WHERE member_id = {0})", row);
        }

        return true;
    }

    /// <summary>Row numbers along an index first, so that skipped groups are not looked up; then the rows that are shown.</summary>
    private static List<GroupSummary> Rows(Session session, GroupQuery query, Conditions conditions, CancellationToken cancellation)
    {
        var direction = query.Descending ? "DESC" : "ASC";
        var order = query.Sort == GroupSort.Changed ? $"o.changed {direction}, o.id {direction}" : $"o.name_key {direction}, o.id {direction}";
        using var reader = session.Query(
            $"SELECT {Columns} FROM (SELECT o.id FROM objects o WHERE o.kind = 2{conditions.Text} ORDER BY {order} "
            + $"LIMIT {conditions.Next(0)} OFFSET {conditions.Next(1)}) page CROSS JOIN objects o ON o.id = page.id ORDER BY {order}",
            [.. conditions.Values, Math.Clamp(query.Take, 1, 200), Math.Max(0, query.Skip)]);
        var groups = new List<GroupSummary>();
        while (reader.Read())
        {
            cancellation.ThrowIfCancellationRequested();
            groups.Add(Read(reader));
        }

        return groups;
    }

    /// <summary>All groups, or all of some types, are counted as they come and go; anything else up to the limit.</summary>
    private static (long Total, bool Exact) Total(Session session, GroupQuery query, Conditions conditions)
    {
        if (query.Owner is null && query.Member is null && string.IsNullOrWhiteSpace(query.Text))
        {
            return (query.GroupTypes is { Count: > 0 } types
                ? types.Distinct().Sum(type => Counters.Get(session, Counters.GroupsOfType(type)))
                : Counters.Get(session, Counters.ObjectsOfKind((int)ObjectKind.Group)), true);
        }

        var count = session.Number(
            $"SELECT count(*) FROM (SELECT 1 FROM objects o WHERE o.kind = 2{conditions.Text} LIMIT {conditions.Next(0)})",
            [.. conditions.Values, WordSearch.Limit + 1]);
        return count > WordSearch.Limit ? (WordSearch.Limit, false) : (count, true);
    }

    private static GroupSummary Read(SqliteDataReader reader) =>
        new(Guids.Read(reader, 0), reader.GetString(1), reader.GetString(2), reader.GetInt32(3))
        {
            DisplayName = ObjectRows.Text(reader, 4),
            Description = ObjectRows.Text(reader, 5),
            Mail = ObjectRows.Text(reader, 6),
            IsProtected = reader.GetInt64(7) != 0,
            Changed = new DateTimeOffset(reader.GetInt64(8), TimeSpan.Zero),
            OwnerName = ObjectRows.Text(reader, 9),
            IsDynamic = reader.GetInt64(10) != 0,
        };

    /// <summary>Conditions of this file's own texts, with their bound values.</summary>
    private sealed class Conditions
    {
        private readonly List<object?> _values = [];

        public string Text { get; private set; } = string.Empty;

        public IReadOnlyList<object?> Values => _values;

        public string Next(int offset) => string.Create(CultureInfo.InvariantCulture, $"${_values.Count + 1 + offset}");

        public void Add(string condition, object value)
        {
            Text += " AND " + string.Format(CultureInfo.InvariantCulture, condition, Next(0));
            _values.Add(value);
        }

        public void AddWords(IReadOnlyList<string> words)
        {
            Text += WordSearch.Exists(words, "o.id", _values.Count + 1);
            _values.AddRange(WordSearch.Ranges(words));
        }
    }
}
