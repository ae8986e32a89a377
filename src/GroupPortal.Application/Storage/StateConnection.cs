using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace GroupPortal.Application.Storage;

/// <summary>
/// An open connection to the state database with its prepared statements. EF Core opens and prepares for every context anew,
/// which costs more than the statements themselves. Not for two callers at a time.
/// </summary>
internal sealed class StateConnection(StateDb database) : IDisposable
{
    private readonly DbConnection _connection = database.Database.GetDbConnection();
    private readonly Dictionary<string, DbCommand> _commands = new(StringComparer.Ordinal);

    /// <summary>For what is rare enough for EF Core, on the same connection.</summary>
    public StateDb Database => database;

    /// <summary>One that answered with an error may be broken: it is not used again.</summary>
    public bool IsHealthy { get; set; } = true;

    public ValueTask<DbTransaction> BeginAsync(CancellationToken cancellation) => _connection.BeginTransactionAsync(cancellation);

    /// <summary>The prepared statement of this text; made once by <paramref name="make"/>.</summary>
    public async ValueTask<DbCommand> PrepareAsync(string text, DbTransaction transaction, Action<DbCommand> make, CancellationToken cancellation)
    {
        if (_commands.TryGetValue(text, out var known))
        {
            known.Transaction = transaction;
            return known;
        }

        var command = _connection.CreateCommand();
        command.Transaction = transaction;
        make(command);
        await command.PrepareAsync(cancellation);
        _commands.Add(text, command);
        return command;
    }

    /// <summary>One parameter for each hole of <paramref name="sql"/>, as EF Core's own <c>ExecuteSql</c> makes them.</summary>
    public async Task<int> ExecuteAsync(FormattableString sql, DbTransaction transaction, CancellationToken cancellation)
    {
        var command = await PrepareAsync(sql.Format, transaction, made => Make(made, sql), cancellation);
        for (var index = 0; index < sql.ArgumentCount; index++)
        {
            command.Parameters[index].Value = sql.GetArgument(index) ?? DBNull.Value;
        }

        return await command.ExecuteNonQueryAsync(cancellation);
    }

    public void Dispose()
    {
        foreach (var command in _commands.Values)
        {
            command.Dispose();
        }

        database.Dispose();
    }

    private static void Make(DbCommand command, FormattableString sql)
    {
        var names = Enumerable.Range(0, sql.ArgumentCount).Select(index => string.Create(CultureInfo.InvariantCulture, $"@p{index}")).ToArray<object>();
        // The texts are this project's; every value is a parameter.
#pragma warning disable CA2100
        command.CommandText = string.Format(CultureInfo.InvariantCulture, sql.Format, names);
#pragma warning restore CA2100
        foreach (string name in names)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, DBNull.Value);
            command.Parameters.Add(parameter);
        }
    }
}
