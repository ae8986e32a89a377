using Microsoft.EntityFrameworkCore;

namespace GroupPortal.Application.Storage;

/// <summary>
/// The one connection by which applies write, in turn. SQLite has one writer anyway, and whoever finds it busy there sleeps
/// for 150 ms before trying again; here the next one goes on at once. What EF Core writes elsewhere is rare and short.
/// </summary>
internal sealed class StateWriters(IDbContextFactory<StateDb> databases) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private StateConnection? _connection;
    private volatile bool _isDisposed;

    public async Task<StateTransaction> BeginAsync(CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            _connection ??= await OpenAsync(cancellation);
            return new StateTransaction(this, _connection, await _connection.BeginAsync(cancellation));
        }
        catch
        {
            Forget();
            _turn.Release();
            throw;
        }
    }

    /// <summary>The transaction is over: the next one's turn.</summary>
    public void Return(StateConnection connection)
    {
        if (!connection.IsHealthy || _isDisposed)
        {
            Forget();
        }

        _turn.Release();
    }

    public void Dispose()
    {
        _isDisposed = true;
        // One that is still writing closes its connection when it is done.
        if (_turn.Wait(0))
        {
            Forget();
            _turn.Release();
        }
    }

    private async Task<StateConnection> OpenAsync(CancellationToken cancellation)
    {
        var database = await databases.CreateDbContextAsync(cancellation);
        await database.Database.OpenConnectionAsync(cancellation);
        if (database.Database.IsSqlite())
        {
            // Four times SQLite's default: pages that every apply changes are copied back from the log less often.
            await database.Database.ExecuteSqlRawAsync("PRAGMA wal_autocheckpoint = 4000", cancellation);
        }

        return new StateConnection(database);
    }

    private void Forget()
    {
        _connection?.Dispose();
        _connection = null;
    }
}
