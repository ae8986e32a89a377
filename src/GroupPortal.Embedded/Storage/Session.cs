using Microsoft.Data.Sqlite;

namespace GroupPortal.Embedded.Storage;

/// <summary>
/// One connection with its prepared statements. The texts are constants of this project with $1, $2…: they are few, and
/// each is parsed once per connection. Not for two threads at a time.
/// </summary>
internal sealed class Session(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> _commands = new(StringComparer.Ordinal);

    /// <summary>For tests that measure what a statement costs.</summary>
    public IEnumerable<SqliteCommand> Commands => _commands.Values;

    public SqliteConnection Connection => connection;

    public SqliteDataReader Query(string sql, params ReadOnlySpan<object?> arguments) => Bind(sql, arguments).ExecuteReader();

    public int Execute(string sql, params ReadOnlySpan<object?> arguments) => Bind(sql, arguments).ExecuteNonQuery();

    /// <summary>The first column of the first row, or null.</summary>
    public object? Scalar(string sql, params ReadOnlySpan<object?> arguments) => Bind(sql, arguments).ExecuteScalar() is { } value and not DBNull ? value : null;

    public long Number(string sql, params ReadOnlySpan<object?> arguments) => Scalar(sql, arguments) is long number ? number : 0;

    public void Dispose()
    {
        foreach (var command in _commands.Values)
        {
            command.Dispose();
        }

        connection.Dispose();
    }

    private SqliteCommand Bind(string sql, ReadOnlySpan<object?> arguments)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
            // The statements are composed of this project's own constants only; values are always bound.
#pragma warning disable CA2100
            command.CommandText = sql;
#pragma warning restore CA2100
            for (var index = 1; index <= arguments.Length; index++)
            {
                command.Parameters.Add(new SqliteParameter(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"${index}"), DBNull.Value));
            }

            _commands.Add(sql, command);
        }

        for (var index = 0; index < arguments.Length; index++)
        {
            command.Parameters[index].Value = arguments[index] ?? DBNull.Value;
        }

        return command;
    }
}
