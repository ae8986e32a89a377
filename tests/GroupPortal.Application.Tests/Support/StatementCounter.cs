using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using SQLitePCL;

namespace GroupPortal.Application.Tests.Support;

/// <summary>Counts the statements that reach the state database, as SQLite itself traces them: through EF Core or past it.</summary>
internal sealed class StatementCounter : DbConnectionInterceptor
{
    private int _commits;
    private int _writes;
    private int _reads;

    public int Commits => _commits;

    /// <summary>Called as each commit is sent.</summary>
    public Action? OnCommit { get; set; }

    public int Writes => _writes;

    public int Reads => _reads;

    public void Reset() => _commits = _writes = _reads = 0;

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Trace(connection);

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Trace(connection);
        return Task.CompletedTask;
    }

    private void Trace(DbConnection connection) => raw.sqlite3_trace(((SqliteConnection)connection).Handle, (_, statement) => Count(statement), null);

    private void Count(string statement)
    {
        var verb = statement.TrimStart().Split([' ', ';', '\n'], 2)[0].ToUpperInvariant();
        switch (verb)
        {
            case "COMMIT":
                Interlocked.Increment(ref _commits);
                OnCommit?.Invoke();
                break;
            case "SELECT":
                Interlocked.Increment(ref _reads);
                break;
            case "INSERT" or "UPDATE" or "DELETE":
                Interlocked.Increment(ref _writes);
                break;
            default:
                break;
        }
    }
}
