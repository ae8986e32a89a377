using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace GroupPortal.Application.Storage;

/// <summary>Refuses to change or delete history; what goes past the change tracker meets the table's triggers.</summary>
internal sealed class AppendOnlyHistory : SaveChangesInterceptor
{
    public static readonly AppendOnlyHistory Instance = new();

    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        Check(eventData.Context);
        return result;
    }

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Check(eventData.Context);
        return ValueTask.FromResult(result);
    }

    private static void Check(DbContext? context)
    {
        if (context?.ChangeTracker.Entries<HistoryRecord>().Any(entry => entry.State is EntityState.Modified or EntityState.Deleted) == true)
        {
            throw new InvalidOperationException("History is added to and never changed.");
        }
    }
}
