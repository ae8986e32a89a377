using System.Runtime.CompilerServices;
using GroupPortal.Ldap.Clients;
using GroupPortal.Ldap.Connections;
using GroupPortal.Ldap.Wire;

namespace GroupPortal.Ldap;

/// <summary>
/// A directory, through its servers. One server at a time: the first that answers, until a connection to it cannot be had any
/// more; so whatever is read after a write comes from where it was written. Safe for any number of callers at once.
/// </summary>
public sealed class LdapClient : IAsyncDisposable
{
    /// <summary>Pages without an entry, one after the other, are a server that goes in circles.</summary>
    private const int MostEmptyPages = 100;

    private readonly LdapOptions _options;
    private readonly TimeProvider _clock;
    private readonly Connector _connector;
    private readonly ServerPool[] _pools;
    private readonly CancellationTokenSource _closing = new();
    private int _current = -1;

    public LdapClient(LdapOptions options, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(clock);
        if (options.Servers.Count == 0)
        {
            throw new ArgumentException("A directory has at least one server.", nameof(options));
        }

        _options = options;
        _clock = clock;
        _connector = new Connector(options, clock);
        _pools = [.. options.Servers.Select(server => new ServerPool(server, options, clock))];
    }

    /// <summary>The server that answers now, as configured; null before the first call.</summary>
    public LdapServer? Current => Volatile.Read(ref _current) is var index and >= 0 ? _pools[index].Server : null;

    /// <summary>
    /// Sends one request. What was not sent is tried with the next server, once each; what was sent is never repeated.
    /// </summary>
    /// <param name="server">Only this server, for reading back what was sent to it; null for the current one.</param>
    /// <exception cref="OperationCanceledException">Cancelled before it was sent. Afterwards it is <see cref="LdapAnswer.Unknown"/>.</exception>
    public async Task<LdapAnswer> SendAsync(LdapRequest request, CancellationToken cancellation, LdapServer? server = null)
    {
        ArgumentNullException.ThrowIfNull(request);
        var deadline = DeadlineOf(request.Limit);
        for (var isRepeated = false; ; isRepeated = true)
        {
            var (connection, fault) = await ConnectionAsync(server, forPaging: false, deadline, cancellation);
            if (connection is null)
            {
                return new LdapAnswer.NotSent(fault!);
            }

            var answer = await connection.SendAsync(request with { Limit = deadline.Rest }, cancellation);
            if (answer is not LdapAnswer.NotSent { Fault.Kind: LdapFaultKind.Closed or LdapFaultKind.BadAnswer or LdapFaultKind.Disposed } || isRepeated)
            {
                return answer;
            }
        }
    }

    /// <summary>One search, all its entries. A connection that broke is replaced once: a search changes nothing.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<LdapSearchAnswer> SearchAsync(LdapSearch search, CancellationToken cancellation, LdapServer? server = null)
    {
        ArgumentNullException.ThrowIfNull(search);
        return (await SearchAsync(search, _options.MaximumAnswerBytes, DeadlineOf(search.Limit), server, cancellation)).Answer;
    }

    /// <summary>
    /// A search page by page (RFC 2696), to its end, or to <paramref name="atMost"/> entries (then the answer is that of the
    /// last page and may be a success although the server has more; see <see cref="LdapPagedAnswer.HasMore"/>).
    /// </summary>
    public async Task<LdapPagedAnswer> SearchPagesAsync(
        LdapSearch search, int pageSize, CancellationToken cancellation, int atMost = int.MaxValue, LdapServer? server = null)
    {
        ArgumentNullException.ThrowIfNull(search);
        var deadline = DeadlineOf(search.Limit);
        var entries = new List<LdapEntry>();
        var references = new List<string>();
        var (pages, cost) = (0, 0L);
        LdapAnswer? answer = null;
        await foreach (var (page, hasMore) in PagesAsync(search, pageSize, server, () => (deadline, _options.MaximumAnswerBytes - (int)cost), cancellation))
        {
            pages++;
            cost += page.Cost;
            entries.AddRange(page.Entries);
            references.AddRange(page.References);
            answer = page.Answer;
            if (hasMore && entries.Count >= atMost)
            {
                return new LdapPagedAnswer(new LdapSearchAnswer(entries, references, answer), pages, HasMore: true);
            }
        }

        return new LdapPagedAnswer(new LdapSearchAnswer(entries, references, answer!), pages, HasMore: false);
    }

    /// <summary>
    /// The entries of a search as they come, page by page. Each page's answer tells how it ended; the last one's, how the search
    /// did. The limit is for each page.
    /// </summary>
    /// <param name="server">Only this server; null for the current one.</param>
    public async IAsyncEnumerable<LdapSearchAnswer> StreamPagesAsync(
        LdapSearch search, int pageSize, [EnumeratorCancellation] CancellationToken cancellation, LdapServer? server = null)
    {
        ArgumentNullException.ThrowIfNull(search);
        await foreach (var (page, _) in PagesAsync(search, pageSize, server, () => (DeadlineOf(search.Limit), _options.MaximumAnswerBytes), cancellation))
        {
            yield return page;
        }
    }

    /// <summary>
    /// All values of one attribute of one entry, by ranges ([MS-ADTS] 3.1.1.3.1.3.3) where the server cuts, all from one server
    /// and within one limit. The answer's entry has them under the plain name; no entry when there is no such object; an entry
    /// without attributes when it cannot be read or is empty.
    /// </summary>
    /// <param name="besides">Other attributes to read with the first range.</param>
    public async Task<LdapSearchAnswer> ReadAllValuesAsync(
        LdapName name, string attribute, IReadOnlyList<string> besides, CancellationToken cancellation, LdapServer? server = null, IReadOnlyList<LdapControl>? controls = null)
    {
        var deadline = DeadlineOf(null);
        var budget = _options.MaximumAnswerBytes;
        var values = new List<ReadOnlyMemory<byte>>();
        IReadOnlyList<LdapAttribute> others = [];
        int? first = 0;
        while (true)
        {
            var search = new LdapSearch(name, LdapScope.Base, LdapFilter.Present("objectClass"), [first == 0 ? attribute : ValueRanges.From(attribute, first.Value), .. first == 0 ? besides : []])
            {
                Controls = controls ?? [],
            };
            (var answer, server) = await SearchAsync(search, budget, deadline, server, cancellation);
            if (!answer.IsComplete || answer.Entries is not [var entry, ..])
            {
                return answer;
            }

            budget -= answer.Cost;
            others = first == 0 ? [.. entry.Attributes.Where(given => !ValueRanges.IsOf(given.Name, attribute))] : others;
            if (!ValueRanges.TryTake(entry, attribute, first.Value, values, out first))
            {
                var fault = new LdapFault(LdapFaultKind.BadAnswer, server!.ToString(), "The server answered with a range of values that was not asked for, or with none.");
                return new LdapSearchAnswer([], [], new LdapAnswer.Unknown(fault));
            }

            if (first is null)
            {
                IReadOnlyList<LdapAttribute> all = values.Count > 0 ? [new LdapAttribute(attribute, values), .. others] : others;
                return answer with { Entries = [entry with { Attributes = all }] };
            }
        }
    }

    /// <summary>Tries a name and password on a connection of its own, which is closed again.</summary>
    /// <returns>The bind's answer; NotSent when no server can be reached.</returns>
    public async Task<LdapAnswer> TryBindAsync(LdapCredential credential, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(credential);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token, cancellation);
        LdapFault? first = null;
        foreach (var pool in PoolsInOrder(null))
        {
            if (_closing.IsCancellationRequested)
            {
                return new LdapAnswer.NotSent(new LdapFault(LdapFaultKind.Disposed, pool.Server.ToString(), "The client is closed."));
            }

            var (connection, fault) = await TryConnectAsync(pool.Server, credential, either.Token, cancellation);
            if (connection is not null)
            {
                await connection.DisposeAsync();
                return new LdapAnswer.Answered(new LdapResult(LdapResultCode.Success, string.Empty, string.Empty));
            }

            if (ServerPool.IsRefusedEverywhere(fault))
            {
                return new LdapAnswer.Answered(fault!.Result!);
            }

            first ??= fault;
        }

        return new LdapAnswer.NotSent(first!);
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await Task.WhenAll(_pools.Select(pool => pool.DisposeAsync().AsTask()));
    }

    private static bool IsWorthRepeating(LdapAnswer answer) => answer switch
    {
        LdapAnswer.NotSent { Fault.Kind: LdapFaultKind.Closed or LdapFaultKind.Disposed } => true,
        LdapAnswer.Unknown { Fault.Kind: LdapFaultKind.Closed or LdapFaultKind.Disposed } => true,
        _ => false,
    };

    private Deadline DeadlineOf(TimeSpan? limit) => new(limit ?? _options.CallLimit, _clock);

    private async Task<(LdapConnection? Connection, LdapFault? Fault)> TryConnectAsync(
        LdapServer server, LdapCredential credential, CancellationToken either, CancellationToken cancellation)
    {
        try
        {
            return await _connector.ConnectAsync(server, credential, either);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return (null, new LdapFault(LdapFaultKind.Disposed, server.ToString(), "The client is closed."));
        }
    }

    /// <returns>The answer, and who gave it.</returns>
    private async Task<(LdapSearchAnswer Answer, LdapServer? By)> SearchAsync(
        LdapSearch search, int budget, Deadline deadline, LdapServer? server, CancellationToken cancellation)
    {
        for (var isRepeated = false; ; isRepeated = true)
        {
            var (connection, fault) = await ConnectionAsync(server, forPaging: false, deadline, cancellation);
            if (connection is null)
            {
                return (new LdapSearchAnswer([], [], new LdapAnswer.NotSent(fault!)), server);
            }

            var answer = await connection.SearchAsync(search with { Limit = deadline.Rest }, budget, cancellation);
            if (isRepeated || !IsWorthRepeating(answer.Answer))
            {
                return (answer, connection.Server);
            }
        }
    }

    /// <param name="bounds">What is left of time and memory for the next page.</param>
    private async IAsyncEnumerable<(LdapSearchAnswer Page, bool HasMore)> PagesAsync(
        LdapSearch search, int pageSize, LdapServer? server, Func<(Deadline Deadline, int Budget)> bounds, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var (connection, fault) = await ConnectionAsync(server, forPaging: true, bounds().Deadline, cancellation);
        if (connection is null)
        {
            yield return (new LdapSearchAnswer([], [], new LdapAnswer.NotSent(fault!)), false);
            yield break;
        }

        try
        {
            ReadOnlyMemory<byte> cookie = default;
            var (number, empty) = (0, 0);
            do
            {
                var page = await PageAsync(connection, search, pageSize, cookie, bounds(), cancellation);
                if (number == 0 && IsWorthRepeating(page.Answer) && await ConnectionAsync(server, forPaging: true, bounds().Deadline, cancellation) is ({ } fresh, _))
                {
                    // Nothing came yet, so that nothing can come twice.
                    connection.EndPaging();
                    connection = fresh;
                    page = await PageAsync(connection, search, pageSize, cookie, bounds(), cancellation);
                }

                number++;
                empty = page.Entries.Count == 0 ? empty + 1 : 0;
                (page, cookie) = CookieOf(page, connection, empty);
                yield return (page, !cookie.IsEmpty);
            }
            while (!cookie.IsEmpty);
        }
        finally
        {
            connection.EndPaging();
        }
    }

    private static async Task<LdapSearchAnswer> PageAsync(
        LdapConnection connection, LdapSearch search, int pageSize, ReadOnlyMemory<byte> cookie, (Deadline Deadline, int Budget) bounds, CancellationToken cancellation) =>
        bounds.Deadline.Rest == TimeSpan.Zero
            ? new LdapSearchAnswer([], [], new LdapAnswer.NotSent(new LdapFault(
                LdapFaultKind.TimedOut, connection.Server.ToString(), "The pages of the search took longer than its limit.")))
            : await connection.SearchAsync(
                search with { Limit = bounds.Deadline.Rest, Controls = [.. search.Controls, LdapControls.Paged(pageSize, cookie)] }, bounds.Budget, cancellation);

    /// <summary>The next page's cookie. What cannot be read is no end of the search: it would look complete.</summary>
    private static (LdapSearchAnswer Page, ReadOnlyMemory<byte> Cookie) CookieOf(LdapSearchAnswer page, LdapConnection connection, int emptyPages)
    {
        if (page.Answer is not LdapAnswer.Answered { Result: { IsSuccess: true } result })
        {
            return (page, default);
        }

        if (!PagedResults.TryReadCookie(result, out var cookie))
        {
            return (page with { Answer = Bad("The server's page has no readable cookie.") }, default);
        }

        return emptyPages > MostEmptyPages ? (page with { Answer = Bad("The server sends empty pages without end.") }, default) : (page, cookie);

        LdapAnswer.Unknown Bad(string message) => new(new LdapFault(LdapFaultKind.BadAnswer, connection.Server.ToString(), message));
    }

    /// <summary>From the current server on, round; or only the one that is asked for.</summary>
    private IEnumerable<ServerPool> PoolsInOrder(LdapServer? server)
    {
        if (server is not null)
        {
            return _pools.Where(pool => pool.Server == server);
        }

        var current = Math.Max(Volatile.Read(ref _current), 0);
        return _pools.Skip(current).Concat(_pools.Take(current));
    }

    private async Task<(LdapConnection? Connection, LdapFault? Fault)> ConnectionAsync(
        LdapServer? server, bool forPaging, Deadline deadline, CancellationToken cancellation)
    {
        LdapFault? first = null;
        foreach (var pool in PoolsInOrder(server))
        {
            var (connection, fault) = await pool.GetAsync(forPaging, deadline, cancellation);
            if (connection is not null)
            {
                if (server is null)
                {
                    Volatile.Write(ref _current, Array.IndexOf(_pools, pool));
                }

                return (connection, null);
            }

            first ??= fault;
            if (ServerPool.IsRefusedEverywhere(fault))
            {
                return (null, fault);
            }
        }

        return (null, first ?? new LdapFault(LdapFaultKind.NameNotFound, server?.ToString() ?? string.Empty, "The server is not among the configured ones."));
    }
}

/// <summary>The pages of a search together.</summary>
/// <param name="Pages">How many were asked for.</param>
/// <param name="HasMore">Whether the server had more when the asked number was reached.</param>
public sealed record LdapPagedAnswer(LdapSearchAnswer Found, int Pages, bool HasMore);
