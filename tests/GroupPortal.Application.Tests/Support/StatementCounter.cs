using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace GroupPortal.Application.Tests.Support;

/// <summary>Counts what reaches the state database through EF Core: commits that wrote, and statements.</summary>
internal sealed class StatementCounter : DbCommandInterceptor, IDbTransactionInterceptor
{
    private int _commits;
    private int _writes;
    private int _reads;

    public int Commits => _commits;

    public int Writes => _writes;

    public int Reads => _reads;

    public void Reset() => _commits = _writes = _reads = 0;

    public override DbCommand CommandCreated(CommandEndEventData eventData, DbCommand result)
    {
        return result;
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _writes);
        return ValueTask.FromResult(result);
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        // EF inserts and updates through a reader; a query begins with SELECT.
        if (command.CommandText.TrimStart().StartsWith("SELECT", StringComparison.OrdinalIgnoreCase))
        {
            Interlocked.Increment(ref _reads);
        }
        else
        {
            Interlocked.Increment(ref _writes);
        }

        return ValueTask.FromResult(result);
    }

    public Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _commits);
        return Task.CompletedTask;
    }
}
