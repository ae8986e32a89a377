namespace GroupPortal.Ldap;

/// <summary>
/// A directory, through its servers. One server at a time: the first that answers, until a connection to it cannot be had any
/// more; so whatever is read after a write comes from where it was written. Safe for any number of callers at once.
/// </summary>
public sealed class LdapClient : IAsyncDisposable
{
    public LdapClient(LdapOptions options, TimeProvider clock)
    {
        _ = options;
        _ = clock;
    }

    /// <summary>The server that answers now, as configured; null before the first call.</summary>
    public LdapServer? Current => throw new NotSupportedException();

    /// <summary>
    /// Sends one request. What was not sent is tried with the next server, once each; what was sent is never repeated.
    /// </summary>
    /// <param name="server">Only this server, for reading back what was sent to it; null for the current one.</param>
    /// <exception cref="OperationCanceledException">Cancelled before it was sent. Afterwards it is <see cref="LdapAnswer.Unknown"/>.</exception>
    public Task<LdapAnswer> SendAsync(LdapRequest request, CancellationToken cancellation, LdapServer? server = null) => throw new NotSupportedException();

    /// <summary>One search, all its entries. A connection that broke is replaced once: a search changes nothing.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Task<LdapSearchAnswer> SearchAsync(LdapSearch search, CancellationToken cancellation, LdapServer? server = null) => throw new NotSupportedException();

    /// <summary>
    /// A search page by page (RFC 2696), to its end, or to <paramref name="atMost"/> entries (then the answer is that of the
    /// last page and may be a success although the server has more; see <see cref="LdapPagedAnswer.HasMore"/>).
    /// </summary>
    public Task<LdapPagedAnswer> SearchPagesAsync(
        LdapSearch search, int pageSize, CancellationToken cancellation, int atMost = int.MaxValue, LdapServer? server = null) => throw new NotSupportedException();

    /// <summary>
    /// The entries of a search as they come, page by page, a page ahead of the reader at most. Its last element tells how it ended.
    /// </summary>
    public IAsyncEnumerable<LdapSearchAnswer> StreamPagesAsync(LdapSearch search, int pageSize, CancellationToken cancellation) => throw new NotSupportedException();

    /// <summary>
    /// All values of one attribute of one entry, by ranges ([MS-ADTS] 3.1.1.3.1.3.3) where the server cuts. The answer's entry
    /// has them under the plain name; no entry when there is no such object; an entry without attributes when it cannot be read or is empty.
    /// </summary>
    public Task<LdapSearchAnswer> ReadAllValuesAsync(
        LdapName name, string attribute, IReadOnlyList<string> besides, CancellationToken cancellation, LdapServer? server = null) => throw new NotSupportedException();

    /// <summary>Tries a name and password on a connection of its own, which is closed again.</summary>
    /// <returns>The bind's answer; NotSent when no server can be reached.</returns>
    public Task<LdapAnswer> TryBindAsync(LdapCredential credential, CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

/// <summary>The pages of a search together.</summary>
/// <param name="Pages">How many were asked for.</param>
/// <param name="HasMore">Whether the server had more when the asked number was reached.</param>
public sealed record LdapPagedAnswer(LdapSearchAnswer Found, int Pages, bool HasMore);
