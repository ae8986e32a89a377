using GroupPortal.ActiveDirectory.Errors;
using GroupPortal.Core.Directories;
using GroupPortal.Ldap;

namespace GroupPortal.ActiveDirectory.Reading;

/// <summary>
/// What DirSync tells: who changed and who is gone, also to an account that may not look among the deleted objects itself. It
/// needs the right "Replicating Directory Changes" (decision 0015). The values are read by the account's own rights afterwards: DirSync's are
/// those of the system.
/// </summary>
internal sealed class ReplicaSync(Domain domain)
{
    /// <summary>LDAP_DIRSYNC_INCREMENTAL_VALUES: of a large group that changed only the members that did.</summary>
    private const int ChangedValues = unchecked((int)0x80000000);

    /// <summary>Of one answer; a server may give more.</summary>
    private const int Octets = 1 << 20;

    /// <summary>
    /// The container of what was deleted, which counts as deleted itself: the way to a cookie that does not lead through everybody,
    /// and the proof that deletions are told. Samba checks the right, and then tells an account only of what it may see anyway.
    /// </summary>
    private static readonly LdapFilter DeletedObjects = LdapFilter.And(
        LdapFilter.Equal("isDeleted", "TRUE"), LdapFilter.Equal("objectClass", "container"), LdapFilter.Equal("cn", "Deleted Objects"));

    /// <summary>Whoever changed in none of these is not told. A move and a rename are a change of the name.</summary>
    private static readonly IReadOnlyList<string> Asked =
    [
        "isDeleted", "name", ReplicaValues.Member,
        .. ReplicaValues.Attributes.Where(one => !one.StartsWith(ReplicaValues.Member + ";", StringComparison.OrdinalIgnoreCase)),
    ];

    /// <summary>
    /// A cookie from which all changes to come are told, deletions among them; null for an account that is not allowed to, or a
    /// server that cannot.
    /// </summary>
    public async Task<DirectoryAnswer<string?>> BeginAsync(LdapServer? server, CancellationToken cancellation)
    {
        var (cookie, tellsDeletions) = (ReadOnlyMemory<byte>.Empty, false);
        while (true)
        {
            var answer = await AskAsync(server, DeletedObjects, cookie, cancellation);
            switch (answer.Answer)
            {
                case LdapAnswer.Answered { Result: { IsSuccess: true } result }:
                    if (!DirSyncPage.TryRead(result, out var page) || IsStuck(page, cookie))
                    {
                        return DirectoryAnswer.Ok<string?>(null);
                    }

                    tellsDeletions |= answer.Entries.Count > 0;
                    if (!page.HasMore)
                    {
                        return DirectoryAnswer.Ok(tellsDeletions ? Convert.ToBase64String(page.Cookie.Span) : null);
                    }

                    cookie = page.Cookie;
                    break;

                // A server that takes too long over it (it walks through everything that ever changed) can still be followed by numbers.
                case LdapAnswer.Answered { Result.Code: not (LdapResultCode.Busy or LdapResultCode.Unavailable) }:
                case LdapAnswer.Unknown { Fault.Kind: LdapFaultKind.TimedOut or LdapFaultKind.TooLarge }:
                    return DirectoryAnswer.Ok<string?>(null);
                default:
                    return DomainSearch.WhyIncomplete(answer)!;
            }
        }
    }

    /// <returns>Null where the cookie counts no more: everything has to be read again.</returns>
    public async Task<DirectoryAnswer<SyncedChanges?>> NextAsync(LdapServer? server, LdapFilter filter, string cookie, CancellationToken cancellation)
    {
        ReadOnlyMemory<byte> from = Convert.FromBase64String(cookie);
        var answer = await AskAsync(server, filter, from, cancellation);
        switch (answer.Answer)
        {
            case LdapAnswer.Answered { Result: { IsSuccess: true } result }:
                return DirectoryAnswer.Ok(DirSyncPage.TryRead(result, out var page) && !IsStuck(page, from) && answer.Entries.All(entry => entry.Guid("objectGUID") is not null)
                    ? new SyncedChanges(Ids(answer, isDeleted: false), Ids(answer, isDeleted: true), Convert.ToBase64String(page.Cookie.Span), page.HasMore)
                    : null);

            // The right was taken away, or the server knows nothing of the cookie; or it is more than one answer holds.
            case LdapAnswer.Answered { Result.Code: LdapResultCode.InsufficientAccessRights or LdapResultCode.UnavailableCriticalExtension or LdapResultCode.UnwillingToPerform }:
            case LdapAnswer.Unknown { Fault.Kind: LdapFaultKind.TooLarge }:
                return DirectoryAnswer.Ok<SyncedChanges?>(null);
            default:
                return DomainSearch.WhyIncomplete(answer)!;
        }
    }

    /// <summary>More, from where it was asked already: that would go on for ever.</summary>
    private static bool IsStuck(DirSyncPage page, ReadOnlyMemory<byte> from) => page.HasMore && page.Cookie.Span.SequenceEqual(from.Span);

    private Task<LdapSearchAnswer> AskAsync(LdapServer? server, LdapFilter filter, ReadOnlyMemory<byte> cookie, CancellationToken cancellation) =>
        domain.Client.SearchAsync(
            new LdapSearch(domain.BaseName, LdapScope.Subtree, filter, Asked) { Controls = [LdapControls.DirSync(ChangedValues, Octets, cookie)] }, cancellation, server);

    private static List<Guid> Ids(LdapSearchAnswer answer, bool isDeleted) =>
    [
        .. answer.Entries.Where(entry => string.Equals(entry.Text("isDeleted"), "TRUE", StringComparison.OrdinalIgnoreCase) == isDeleted)
            .Select(entry => entry.Guid("objectGUID")!.Value).Distinct(),
    ];
}

/// <param name="HasMore">More wait behind the cookie.</param>
internal sealed record SyncedChanges(IReadOnlyList<Guid> Changed, IReadOnlyList<Guid> Deleted, string Cookie, bool HasMore);
