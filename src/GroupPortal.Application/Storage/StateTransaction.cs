using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace GroupPortal.Application.Storage;

/// <summary>One transaction by prepared statements; what is not committed when it is disposed never was.</summary>
internal sealed class StateTransaction(StateWriters writers, StateConnection connection, DbTransaction transaction) : IAsyncDisposable
{
    private bool _isCommitted;
    private bool _usesContext;

    /// <summary>EF Core within this transaction.</summary>
    public async Task<StateDb> ContextAsync(CancellationToken cancellation)
    {
        _usesContext = true;
        await connection.Database.Database.UseTransactionAsync(transaction, cancellation);
        return connection.Database;
    }

    public Task<int> ExecuteAsync(FormattableString sql, CancellationToken cancellation) => connection.ExecuteAsync(sql, transaction, cancellation);

    public Task InsertAsync<T>(IReadOnlyList<T> rows, CancellationToken cancellation)
        where T : class => BulkInsert.RunAsync(connection, transaction, rows, cancellation);

    /// <summary>Not cancelled half way: a caller who leaves now must still find all of it or nothing.</summary>
    public async Task CommitAsync()
    {
        await transaction.CommitAsync(CancellationToken.None);
        _isCommitted = true;
    }

    public async ValueTask DisposeAsync()
    {
        // Rolls back what was not committed.
        await transaction.DisposeAsync();
        if (_usesContext)
        {
            await connection.Database.Database.UseTransactionAsync(transaction: null);
            connection.Database.ChangeTracker.Clear();
        }

        connection.IsHealthy = _isCommitted;
        writers.Return(connection);
    }
}
