using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;

namespace GroupPortal.Application.Storage;

/// <summary>The connections at rest; each transaction of an apply takes one, and as many stay open as were ever in use at once.</summary>
internal sealed class StateWriters(IDbContextFactory<StateDb> databases) : IDisposable
{
    private readonly ConcurrentBag<StateConnection> _idle = [];
    private volatile bool _isDisposed;

    public async Task<StateTransaction> BeginAsync(CancellationToken cancellation)
    {
        if (!_idle.TryTake(out var connection))
        {
            var database = await databases.CreateDbContextAsync(cancellation);
            await database.Database.OpenConnectionAsync(cancellation);
            if (database.Database.IsSqlite())
            {
                // Four times SQLite's default: pages that every apply changes are copied back from the log less often.
                await database.Database.ExecuteSqlRawAsync("PRAGMA wal_autocheckpoint = 4000", cancellation);
            }

            connection = new StateConnection(database);
        }

        try
        {
            return new StateTransaction(this, connection, await connection.BeginAsync(cancellation));
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public void Return(StateConnection connection)
    {
        if (connection.IsHealthy && !_isDisposed)
        {
            _idle.Add(connection);
        }
        else
        {
            connection.Dispose();
        }
    }

    public void Dispose()
    {
        _isDisposed = true;
        while (_idle.TryTake(out var connection))
        {
            connection.Dispose();
        }
    }
}
