using System.Globalization;
using GroupPortal.Core.Criteria;
using GroupPortal.Core.Criteria.Columns;
using GroupPortal.Core.Directories;
using Microsoft.Data.Sqlite;

namespace GroupPortal.Benchmarks;

/// <summary>The same people in the replica's columns and in a table of SQLite in memory.</summary>
internal sealed class MillionPeople : IDisposable
{
    private static readonly string[] Fields =
        ["Engineering", "Sales", "Marketing", "Finance", "Legal", "Human Resources", "Purchasing", "Software Engineering", "Logistics", "Research"];

    private static readonly string[] Levels = ["Junior", "Senior", "Lead", "Principal", "Associate", "Head of"];
    private static readonly string[] Jobs = ["Engineer", "Analyst", "Manager", "Consultant", "Clerk", "Designer"];
    private static readonly string[] First = ["Ana", "Ben", "Carla", "David", "Eva", "Farid", "Greta", "Henry", "Ines", "Jürgen", "Keiko", "Lars"];
    private static readonly string[] Last = ["Smith", "Müller", "García", "Novak", "Rossi", "Andersson", "Tanaka", "Okafor", "Dubois", "Kowalski"];

    private MillionPeople(ReplicaTable table, SqliteConnection? database) => (Table, Database) = (table, database);

    public ReplicaTable Table { get; }

    public SqliteConnection? Database { get; }

    public static Guid IdOf(int number) => new(number, 7, 7, [7, 7, 7, 7, 7, 7, 7, 7]);

    public static MillionPeople Make(int people, int departments, bool withDatabase)
    {
        var table = new ReplicaTable(CriteriaVocabulary.For(StoreKind.ActiveDirectory));
        foreach (var numbers in Enumerable.Range(0, people).Chunk(1000))
        {
            table.Apply(new ReplicaPage([.. numbers.Select(number => Person(number, departments))], [], string.Empty, HasMore: false));
        }

        return new MillionPeople(table, withDatabase ? Fill(people, departments) : null);
    }

    /// <summary>Groups of the same size, until there are so many memberships.</summary>
    public void AddGroups(int memberships, int size)
    {
        for (var group = 0; group < memberships / size; group++)
        {
            var start = group * 37;
            var id = new Guid(group, 8, 8, [8, 8, 8, 8, 8, 8, 8, 8]);
            Table.Apply(new ReplicaObject(
                id, ObjectKind.Group, string.Create(CultureInfo.InvariantCulture, $"CN=Group {group},OU=Groups,DC=demo,DC=local"), [],
                [.. Enumerable.Range(start, size).Select(IdOf)]));
        }
    }

    /// <summary>Something changed: what was worked out before counts no more.</summary>
    public void Touch() => Table.Remove(Guid.Empty);

    public void Dispose()
    {
        Table.Dispose();
        Database?.Dispose();
    }

    private static ReplicaObject Person(int number, int departments)
    {
        // Numbers that look thrown together, and are the same in every run.
        var mixed = (uint)number * 2654435761u;
        var name = string.Create(CultureInfo.InvariantCulture, $"{First[mixed % 12]} {Last[(mixed >> 8) % 10]} {number}");
        var account = string.Create(CultureInfo.InvariantCulture, $"u{number:0000000}");
        KeyValuePair<string, IReadOnlyList<string>> Value(string attribute, string value) => KeyValuePair.Create<string, IReadOnlyList<string>>(attribute, [value]);
        return new ReplicaObject(
            IdOf(number), ObjectKind.User, string.Create(CultureInfo.InvariantCulture, $"CN={name},OU=Site {mixed % 200},OU=People,DC=demo,DC=local"),
            [
                Value("displayName", name), Value("mail", account + "@demo.local"), Value("sAMAccountName", account),
                Value("department", Department(number, departments)), Value("title", Title(number)), Value("manager", IdOf(number / 10).ToString("D")),
            ]);
    }

    private static string Department(int number, int departments)
    {
        var which = (int)((uint)number * 2246822519u >> 4) % departments;
        return string.Create(CultureInfo.InvariantCulture, $"{Fields[which % Fields.Length]} {which / Fields.Length}");
    }

    private static string Title(int number)
    {
        var mixed = (uint)number * 3266489917u >> 6;
        return $"{Levels[mixed % 6]} {Jobs[(mixed >> 4) % 6]}";
    }

    private static SqliteConnection Fill(int people, int departments)
    {
        var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        using var transaction = connection.BeginTransaction();
        using var command = connection.CreateCommand();
        command.CommandText = "CREATE TABLE people (id INTEGER PRIMARY KEY, department TEXT NOT NULL, title TEXT NOT NULL)";
        command.ExecuteNonQuery();
        command.CommandText = "INSERT INTO people (department, title) VALUES ($department, $title)";
        var (department, title) = (command.Parameters.Add("$department", SqliteType.Text), command.Parameters.Add("$title", SqliteType.Text));
        for (var number = 0; number < people; number++)
        {
            (department.Value, title.Value) = (Department(number, departments), Title(number));
            command.ExecuteNonQuery();
        }

        transaction.Commit();
        return connection;
    }
}
