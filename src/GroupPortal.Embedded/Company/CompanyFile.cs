using System.Globalization;
using GroupPortal.Core.Directories;
using GroupPortal.Embedded.Rules;
using GroupPortal.Embedded.Storage;
using Microsoft.Data.Sqlite;

namespace GroupPortal.Embedded.Company;

/// <summary>The file of one store: there and complete, or not there. It is filled under another name and then renamed.</summary>
internal static class CompanyFile
{
    public static string Ensure(IdentityStore store, EmbeddedOptions options, CancellationToken cancellation)
    {
        Directory.CreateDirectory(options.DataDirectory);
        var path = Path.Combine(options.DataDirectory, string.Create(CultureInfo.InvariantCulture, $"directory-{store.Id}.db"));
        if (File.Exists(path))
        {
            return path;
        }

        // What an earlier start left half done is thrown away.
        var draft = path + ".filling";
        Remove(draft);
        try
        {
            Fill(draft, store, options.People, cancellation);
        }
        catch
        {
            Remove(draft);
            throw;
        }

        using (var file = File.OpenHandle(draft, FileMode.Open, FileAccess.ReadWrite))
        {
            RandomAccess.FlushToDisk(file);
        }

        File.Move(draft, path);
        return path;
    }

    private static void Fill(string path, IdentityStore store, int people, CancellationToken cancellation)
    {
        using var session = Database.Open(path, SqliteOpenMode.ReadWriteCreate);
        // Until the rename nobody else sees the file: it needs neither a journal nor the disk's word.
        session.Scalar("PRAGMA journal_mode = OFF");
        session.Execute("PRAGMA synchronous = OFF");
        session.Execute("PRAGMA cache_size = -262144");
        Schema.Migrate(session);
        session.Execute("BEGIN");
        CompanyLayout layout = store.Kind == StoreKind.ActiveDirectory ? new ActiveDirectoryLayout(store) : new EntraLayout(store);
        new CompanyFiller(session, store, layout, cancellation).Fill(people);
        session.Execute("COMMIT");
        // The planner of statements knows the sizes from the start.
        session.Execute("ANALYZE");
    }

    private static void Remove(string path)
    {
        foreach (var suffix in (string[])["", "-wal", "-shm", "-journal"])
        {
            File.Delete(path + suffix);
        }
    }
}
