using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace GroupPortal.Application.Storage;

/// <summary>Thrown at start when another process has the data directory; the host says so and ends with <see cref="ExitCode"/>.</summary>
public sealed class DataDirectoryInUseException(string message, Exception inner) : Exception(message, inner)
{
    /// <summary>Distinct from a crash, so that a supervisor can tell.</summary>
    public const int ExitCode = 73;
}

/// <summary>
/// Before anything else of the host starts: takes the data directory for this process alone, and brings the database to
/// the present schema. Two portals on one SQLite file would both resume the same plans.
/// </summary>
internal sealed class StateDbStartup(IOptions<StateOptions> options, IDbContextFactory<StateDb> databases) : IHostedLifecycleService, IDisposable
{
    private FileStream? _lock;

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        var directory = Path.GetFullPath(options.Value.DataDirectory);
        CreatePrivate(directory);
        try
        {
            // An advisory lock of the system's (flock on Linux): it goes with the process, however that ends.
            _lock = new FileStream(Path.Combine(directory, "portal.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException inUse)
        {
            throw new DataDirectoryInUseException(
                $"Another portal process uses the data directory {directory}. End it first, or set GroupPortal:DataDirectory to another folder.", inUse);
        }

        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        await database.Database.MigrateAsync(cancellationToken);
        if (database.Database.IsSqlite())
        {
            await PrepareSqliteAsync(database, cancellationToken);
        }
    }

    /// <summary>
    /// WAL is kept in the file, so that readers do not wait for a writer. FULL syncs it at each commit: without, a power cut
    /// may take back the last commits, and with them journal rows of writes that were sent
    /// (sqlite.org/pragma.html#pragma_synchronous). It is SQLite's own default; a build that thinks otherwise is not ours.
    /// </summary>
    private static async Task PrepareSqliteAsync(StateDb database, CancellationToken cancellation)
    {
        const int Full = 2;
        await database.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL", cancellation);
        var synchronous = await database.Database.SqlQueryRaw<int>("PRAGMA synchronous").ToListAsync(cancellation);
        if (synchronous is not [>= Full])
        {
            throw new InvalidOperationException("This build of SQLite does not sync its log at each commit; the journal could lose what was sent.");
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _lock?.Dispose();

    /// <summary>It holds token hashes and drafts: nobody else on the machine has business in it.</summary>
    private static void CreatePrivate(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(directory);
        }
        else
        {
            Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
