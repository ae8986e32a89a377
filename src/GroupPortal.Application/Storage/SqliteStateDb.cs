using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace GroupPortal.Application.Storage;

/// <summary>The state database as one SQLite file; its migrations are in Storage/Migrations.</summary>
public sealed class SqliteStateDb(DbContextOptions<SqliteStateDb> options) : StateDb(options)
{
    internal const string FileName = "portal.db";

    internal static void Configure(DbContextOptionsBuilder options, string dataDirectory) => options
        .UseSqlite(new SqliteConnectionStringBuilder
        {
            DataSource = Path.Combine(dataDirectory, FileName),
            ForeignKeys = true,
            // Seconds that a command waits for another writer's transaction.
            DefaultTimeout = 30,
        }.ToString())
        .AddInterceptors(AppendOnlyHistory.Instance);
}

/// <summary>For <c>dotnet ef migrations add</c> only.</summary>
internal sealed class SqliteStateDbDesign : IDesignTimeDbContextFactory<SqliteStateDb>
{
    public SqliteStateDb CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<SqliteStateDb>();
        SqliteStateDb.Configure(options, Path.GetTempPath());
        return new SqliteStateDb(options.Options);
    }
}
