using System.Collections.Concurrent;
using GroupPortal.Application.Groups;
using GroupPortal.Core.Access;
using GroupPortal.Core.Directories;

namespace GroupPortal.Application.Access;

/// <summary>
/// An account's own object in each store. Kept for a minute, because every plan and many pages ask; what failed is not kept.
/// </summary>
public sealed class PersonLookup(StoreRegistry stores, TimeProvider clock)
{
    private const int LargestCache = 10_000;
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<(int StoreId, string Account), (DirectoryObject? Person, DateTimeOffset Until)> _known = new();

    /// <summary>The person's object: by UPN (<c>account@…</c>), else by account name; null where nobody, or more than one, matches.</summary>
    public async Task<DirectoryAnswer<DirectoryObject?>> FindAsync(int storeId, Person person, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(person);
        if (!stores.TryGet(storeId, out var directory))
        {
            return DirectoryAnswer.Ok<DirectoryObject?>(null);
        }

        var key = (storeId, person.Account.ToUpperInvariant());
        if (_known.TryGetValue(key, out var known) && known.Until > clock.GetUtcNow())
        {
            return DirectoryAnswer.Ok(known.Person);
        }

        var answer = await AskAsync(directory, person.Account, cancellation);
        if (answer is DirectoryAnswer<DirectoryObject?>.Ok(var found))
        {
            if (_known.Count >= LargestCache)
            {
                _known.Clear();
            }

            _known[key] = (found, clock.GetUtcNow() + Kept);
        }

        return answer;
    }

    private static async Task<DirectoryAnswer<DirectoryObject?>> AskAsync(IDirectory directory, string account, CancellationToken cancellation)
    {
        // An account that names its domain is a whole UPN.
        var prefix = account.Contains('@', StringComparison.Ordinal) ? account : account + "@";
        var answer = await directory.FindAsync(new ObjectQuery(prefix, [ObjectKind.User], 20), cancellation);
        if (answer is not DirectoryAnswer<Page<DirectoryObject>>.Ok(var byUpn))
        {
            return answer.Map<DirectoryObject?>(_ => null);
        }

        var matches = byUpn.Items.Where(one => prefix == account
            ? string.Equals(one.UserPrincipalName, account, StringComparison.OrdinalIgnoreCase)
            : one.UserPrincipalName?.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) == true).ToList();
        if (matches.Count > 0)
        {
            // Two that match could be two people: rights are not given by guessing.
            return DirectoryAnswer.Ok(matches.Count == 1 ? matches[0] : null);
        }

        answer = await directory.FindAsync(new ObjectQuery(account, [ObjectKind.User], 20), cancellation);
        return answer.Map(page =>
            page.Items.Where(one => string.Equals(one.AccountName, account, StringComparison.OrdinalIgnoreCase)).ToList() is [var only] ? only : null);
    }
}
