using GroupPortal.Core.Access;
using GroupPortal.Core.Directories;

namespace GroupPortal.Application.Access;

/// <summary>An account's own object in each store.</summary>
public sealed class PersonLookup
{
    /// <summary>The person's object: by UPN (<c>account@…</c>), else by account name; null where nobody, or more than one, matches.</summary>
    public Task<DirectoryAnswer<DirectoryObject?>> FindAsync(int storeId, Person person, CancellationToken cancellation) =>
        throw new InvalidOperationException("Comes with the next commit.");
}
