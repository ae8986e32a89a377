using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;

namespace GroupPortal.Benchmarks;

/// <summary>Two bare transactions, as durable as the portal's: a group with its attributes, then a line of history.</summary>
internal static class TwoTransactions
{
    public static void Prepare(string file)
    {
        using var connection = new SqliteConnection(file);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = """
            PRAGMA journal_mode = WAL;
            CREATE TABLE IF NOT EXISTS groups (id INTEGER PRIMARY KEY, guid BLOB NOT NULL UNIQUE, name TEXT NOT NULL UNIQUE, type INTEGER NOT NULL, owner TEXT NOT NULL);
            CREATE TABLE IF NOT EXISTS history (id INTEGER PRIMARY KEY, at INTEGER NOT NULL, who TEXT NOT NULL, what TEXT NOT NULL);
            """;
        command.ExecuteNonQuery();
    }

    public static void Run(string file)
    {
        using var connection = new SqliteConnection(file);
        connection.Open();
        Execute(connection, "PRAGMA synchronous = FULL", null);
        var name = Guid.NewGuid().ToString("N");
        Transaction(connection, "INSERT INTO groups (guid, name, type, owner) VALUES (randomblob(16), $name, -2147483640, 'CN=Administrator,CN=Users,DC=demo,DC=local')", name);
        Transaction(connection, "INSERT INTO history (at, who, what) VALUES (638000000000000000, 'ada', $name)", name);
    }

    public static async Task RunAsync(string file, HttpResponse response)
    {
        Run(file);
        response.ContentType = "application/json";
        await response.WriteAsync("{\"status\":0}");
    }

    private static void Transaction(SqliteConnection connection, string sql, string name)
    {
        Execute(connection, "BEGIN IMMEDIATE", null);
        Execute(connection, sql, name);
        Execute(connection, "COMMIT", null);
    }

    private static void Execute(SqliteConnection connection, string sql, string? name)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements stand in this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        if (name is not null)
        {
            command.Parameters.AddWithValue("$name", name);
        }

        command.ExecuteNonQuery();
    }
}
