using GroupPortal.Core.Access;
using GroupPortal.Core.Groups;

namespace GroupPortal.Application.Drafts;

/// <summary>A draft as it was saved last.</summary>
public sealed record SavedDraft(GroupDraft Draft, DateTimeOffset Saved);

/// <summary>Drafts of the wizard, saved at every step; each belongs to one account, and nobody else can see it.</summary>
public sealed class DraftStore
{
    public Task SaveAsync(GroupDraft draft, Person person, CancellationToken cancellation) =>
        throw new InvalidOperationException("Comes with the next commit.");

    public Task<SavedDraft?> LoadAsync(Guid id, Person person, CancellationToken cancellation) =>
        throw new InvalidOperationException("Comes with the next commit.");

    /// <summary>The draft that the person worked on last, or null.</summary>
    public Task<SavedDraft?> LatestAsync(Person person, CancellationToken cancellation) =>
        throw new InvalidOperationException("Comes with the next commit.");

    public Task DeleteAsync(Guid id, Person person, CancellationToken cancellation) =>
        throw new InvalidOperationException("Comes with the next commit.");
}
