using System.Text.Json;
using GroupPortal.Application.Storage;
using GroupPortal.Core.Access;
using GroupPortal.Core.Groups;
using Microsoft.EntityFrameworkCore;

namespace GroupPortal.Application.Drafts;

/// <summary>Drafts of the wizard, saved at every step; each belongs to one account, and nobody else can see it.</summary>
public sealed class DraftStore(IDbContextFactory<StateDb> databases, TimeProvider clock)
{
    /// <summary>Nobody keeps more; the oldest go first.</summary>
    private const int DraftsPerAccount = 20;

    /// <summary>Saves it under its id, which it gets now when it has none, and sets its time.</summary>
    public async Task SaveAsync(GroupDraft draft, Person person, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(draft);
        ArgumentNullException.ThrowIfNull(person);
        if (draft.Id == Guid.Empty)
        {
            draft.Id = Guid.NewGuid();
        }

        draft.Saved = clock.GetUtcNow();
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var record = await database.Drafts.FindAsync([draft.Id], cancellation);
        if (record is null)
        {
            record = new DraftRecord { Id = draft.Id, Account = person.Account };
            database.Drafts.Add(record);
        }
        else if (record.Account != person.Account)
        {
            throw new UnauthorizedAccessException("The draft belongs to another account.");
        }

        record.StoreId = draft.StoreId;
        record.Json = JsonSerializer.Serialize(draft, StateJson.Options);
        record.Saved = draft.Saved.UtcTicks;
        var surplus = await database.Drafts
            .Where(one => one.Account == person.Account && one.Id != draft.Id)
            .OrderByDescending(one => one.Saved)
            .Skip(DraftsPerAccount - 1)
            .ToListAsync(cancellation);
        database.Drafts.RemoveRange(surplus);
        await database.SaveChangesAsync(cancellation);
    }

    /// <summary>Null where there is none, or none of this person.</summary>
    public async Task<GroupDraft?> LoadAsync(Guid id, Person person, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        return Read(await database.Drafts.AsNoTracking().FirstOrDefaultAsync(one => one.Id == id && one.Account == person.Account, cancellation));
    }

    /// <summary>The draft that the person worked on last, or null.</summary>
    public async Task<GroupDraft?> LatestAsync(Person person, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        return Read(await database.Drafts.AsNoTracking()
            .Where(one => one.Account == person.Account)
            .OrderByDescending(one => one.Saved)
            .FirstOrDefaultAsync(cancellation));
    }

    public async Task DeleteAsync(Guid id, Person person, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        await database.Drafts.Where(one => one.Id == id && one.Account == person.Account).ExecuteDeleteAsync(cancellation);
    }

    /// <summary>A draft that no longer reads (written by a version that is gone) is no draft, rather than an error on every visit.</summary>
    private static GroupDraft? Read(DraftRecord? record)
    {
        try
        {
            return record is null ? null : JsonSerializer.Deserialize<GroupDraft>(record.Json, StateJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
