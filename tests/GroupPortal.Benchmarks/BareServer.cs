using System.Globalization;
using System.Text.Json;
using GroupPortal.Core.Directories;
using GroupPortal.Embedded;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace GroupPortal.Benchmarks;

/// <summary>
/// What the API is compared with: the same framework and database with nothing of ours in between. One route reads a group
/// with the statements that a hand-written service would use, one commits two transactions.
/// </summary>
internal static class BareServer
{
    public static async Task RunAsync(string folder, int people)
    {
        var store = new IdentityStore(2, "demo.local", StoreKind.ActiveDirectory, StoreConnection.Embedded, "DC=demo,DC=local", "DC.demo.local");
        (await EmbeddedDirectory.OpenAsync(store, new EmbeddedOptions { DataDirectory = folder, People = people }, TimeProvider.System, CancellationToken.None)).Dispose();

        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information);
        await using var app = builder.Build();
        var directory = $"Data Source={Path.Combine(folder, "directory-2.db")}";
        app.MapGet("/groups/{id:guid}", (Guid id, HttpResponse response) => ReadAsync(directory, id, response));

        var scratch = $"Data Source={Path.Combine(folder, "scratch.db")}";
        TwoTransactions.Prepare(scratch);
        app.MapPost("/groups", (HttpResponse response) => TwoTransactions.RunAsync(scratch, response));
        await app.RunAsync();
    }

    private static async Task ReadAsync(string file, Guid id, HttpResponse response)
    {
        await using var connection = new SqliteConnection(file);
        await connection.OpenAsync();
        await using var group = connection.CreateCommand();
        group.CommandText = "SELECT id, name, dn, display_name, account_name, mail, description, group_type, version, member_count, created, changed FROM objects WHERE guid = $id";
        group.Parameters.AddWithValue("$id", id.ToByteArray(bigEndian: true));
        response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(response.BodyWriter);
        json.WriteStartObject();
        long row = 0;
        await using (var reader = await group.ExecuteReaderAsync())
        {
            if (!await reader.ReadAsync())
            {
                response.StatusCode = StatusCodes.Status404NotFound;
                return;
            }

            row = reader.GetInt64(0);
            for (var column = 1; column < reader.FieldCount; column++)
            {
                json.WriteString(reader.GetName(column), await reader.IsDBNullAsync(column) ? null : Convert.ToString(reader.GetValue(column), CultureInfo.InvariantCulture));
            }
        }

        await WriteAsync(connection, "SELECT name, value FROM attribute_values WHERE object = $id ORDER BY name, ordinal", row, json);
        await WriteAsync(connection, "SELECT o.dn, o.name FROM owners w JOIN objects o ON o.id = w.owner_id WHERE w.group_id = $id ORDER BY w.ordinal", row, json);
        json.WriteEndObject();
        await json.FlushAsync();
    }

    private static async Task WriteAsync(SqliteConnection connection, string sql, long row, Utf8JsonWriter json)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Both statements stand above.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.Parameters.AddWithValue("$id", row);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            json.WriteString(reader.GetString(0), reader.GetString(1));
        }
    }
}
