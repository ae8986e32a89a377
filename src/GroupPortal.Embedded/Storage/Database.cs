using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace GroupPortal.Embedded.Storage;

/// <summary>
/// The file of one store: a pool of readers, each of which sees one snapshot per read (WAL), and one writer behind a lock.
/// </summary>
internal sealed class Database : IDisposable
{
    private readonly string _path;
    private readonly ConcurrentBag<Session> _readers = [];
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly Session _writer;

    public Database(string path)
    {
        _path = path;
        _writer = Open(path, SqliteOpenMode.ReadWrite);
        // A commit survives a power cut: the portal's journal relies on what the directory has acknowledged.
        _writer.Execute("PRAGMA synchronous = FULL");
        // Four times SQLite's default: pages that every write changes are copied back from the log less often.
        _writer.Execute("PRAGMA wal_autocheckpoint = 4000");
        Schema.Migrate(_writer);
    }

    /// <summary>The sessions at rest; for tests that measure what reads cost.</summary>
    public IEnumerable<Session> Readers => _readers;

    /// <summary>What has to be done to a file before anybody reads it; on the writer's connection.</summary>
    public void Prepare(Action<Session> work) => work(_writer);

    public static Session Open(string path, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            Pooling = false,
            DefaultTimeout = 30,
        }.ToString());
        connection.Open();
        var session = new Session(connection);
        session.Execute("PRAGMA busy_timeout = 5000");
        session.Execute("PRAGMA temp_store = MEMORY");
        session.Execute("PRAGMA journal_mode = WAL");
        return session;
    }

    /// <summary>Runs a read in one snapshot, so that a group and its owners belong together.</summary>
    public T Read<T>(Func<Session, T> read)
    {
        if (!_readers.TryTake(out var session))
        {
            session = Open(_path, SqliteOpenMode.ReadWrite);
            session.Execute("PRAGMA query_only = ON");
        }

        var healthy = false;
        try
        {
            session.Execute("BEGIN");
            try
            {
                return read(session);
            }
            finally
            {
                session.Execute("COMMIT");
                healthy = true;
            }
        }
        finally
        {
            if (healthy)
            {
                _readers.Add(session);
            }
            else
            {
                session.Dispose();
            }
        }
    }

    /// <summary>
    /// Runs a write in one transaction; <paramref name="write"/> says whether to keep it. A fault in the commit itself is a
    /// <see cref="CommitException"/>: nobody knows whether it stands.
    /// </summary>
    public async Task<T> WriteAsync<T>(Func<Session, (T Result, bool Keep)> write, CancellationToken cancellation)
    {
        await _writing.WaitAsync(cancellation);
        try
        {
            _writer.Execute("BEGIN IMMEDIATE");
            var open = true;
            try
            {
                var (result, keep) = write(_writer);
                if (keep)
                {
                    open = false;
                    Commit();
                }

                return result;
            }
            finally
            {
                if (open)
                {
                    _writer.Execute("ROLLBACK");
                }
            }
        }
        finally
        {
            _writing.Release();
        }
    }

    public void Dispose()
    {
        while (_readers.TryTake(out var session))
        {
            session.Dispose();
        }

        _writer.Dispose();
        _writing.Dispose();
    }

    private void Commit()
    {
        try
        {
            _writer.Execute("COMMIT");
        }
        catch (SqliteException fault)
        {
            if (_writer.Connection.Handle is { } handle && SQLitePCL.raw.sqlite3_get_autocommit(handle) == 0)
            {
                _writer.Execute("ROLLBACK");
            }

            throw new CommitException(fault);
        }
    }
}

/// <summary>The commit was asked for, and did not answer well.</summary>
internal sealed class CommitException(SqliteException fault) : Exception(fault.Message, fault);
