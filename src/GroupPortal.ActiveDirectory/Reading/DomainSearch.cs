using System.Runtime.CompilerServices;
using GroupPortal.ActiveDirectory.Errors;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Resources;
using GroupPortal.Ldap;

namespace GroupPortal.ActiveDirectory.Reading;

/// <summary>
/// Searches as every reader sends them: bounded in filter and answer, in pages where there are many, and with answers that tell what is missing. "May not
/// be read" never looks like "is empty", and what was cut short is never a whole answer.
/// </summary>
/// <param name="server">Only this server; null for the current one.</param>
internal sealed class DomainSearch(Domain domain, LdapServer? server = null)
{
    public const int PageSize = 1000;

    /// <summary>A server's work on an Or grows with its square: more terms are more searches.</summary>
    public const int TermsPerSearch = 50;

    /// <summary>So many of the searches of one question are on their way at once.</summary>
    private const int Parallel = 4;

    /// <summary>What every entry is asked for besides: without it an entry was not readable.</summary>
    private const string Identity = "objectGUID";

    /// <summary>The only server that is asked; null for the current one.</summary>
    public LdapServer? Server => server;

    /// <summary>One entry by its name; null when there is none.</summary>
    public async Task<DirectoryAnswer<LdapEntry?>> EntryAsync(
        LdapName name, IReadOnlyList<string> attributes, CancellationToken cancellation, params IReadOnlyList<LdapControl> controls)
    {
        cancellation.ThrowIfCancellationRequested();
        var isRoot = name == LdapName.RootDse;
        var search = new LdapSearch(name, LdapScope.Base, LdapFilter.Present("objectClass"), isRoot ? attributes : [Identity, .. attributes])
        {
            Controls = controls,
        };
        var answer = await domain.Client.SearchAsync(search, cancellation, server);
        if (answer.Answer is LdapAnswer.Answered { Result.Code: LdapResultCode.NoSuchObject })
        {
            return DirectoryAnswer.Ok<LdapEntry?>(null);
        }

        if (WhyIncomplete(answer) is { } why)
        {
            return why;
        }

        return answer.Entries switch
        {
            [] => DirectoryAnswer.Ok<LdapEntry?>(null),
            [{ Attributes.Count: 0 } hidden, ..] => Unreadable(hidden.Name.ToString()),
            [var entry, ..] when !isRoot && entry.Guid(Identity) is null => Unreadable(entry.Name.ToString()),
            [var entry, ..] => DirectoryAnswer.Ok<LdapEntry?>(entry),
        };
    }

    /// <summary>All entries of a search below the naming context, or the first of them.</summary>
    public Task<DirectoryAnswer<IReadOnlyList<LdapEntry>>> AllAsync(
        LdapFilter filter, IReadOnlyList<string> attributes, CancellationToken cancellation, params IReadOnlyList<LdapControl> controls) =>
        AllAsync(new LdapSearch(domain.BaseName, LdapScope.Subtree, filter, [Identity, .. attributes]) { Controls = controls }, cancellation);

    /// <summary>
    /// In one answer where the server gives it: pages cost Samba five times as much for each entry. AD stops at its largest page,
    /// and then the search begins anew, in pages.
    /// </summary>
    public async Task<DirectoryAnswer<IReadOnlyList<LdapEntry>>> AllAsync(LdapSearch search, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var answer = await domain.Client.SearchAsync(Bounded(search), cancellation, server);
        return IsTooMuchAtOnce(answer.Answer)
            ? Of((await domain.Client.SearchPagesAsync(Bounded(search), PageSize, cancellation, server: server)).Found)
            : Of(answer);
    }

    /// <summary>The first entries of a search below the naming context, and whether there are more.</summary>
    /// <param name="isNarrow">Few are expected: it is worth asking for all of them in one answer.</param>
    public async Task<DirectoryAnswer<(IReadOnlyList<LdapEntry> Entries, bool HasMore)>> FirstAsync(
        LdapFilter filter, IReadOnlyList<string> attributes, int atMost, bool isNarrow, CancellationToken cancellation, params IReadOnlyList<LdapControl> controls)
    {
        cancellation.ThrowIfCancellationRequested();
        var search = new LdapSearch(domain.BaseName, LdapScope.Subtree, filter, [Identity, .. attributes]) { Controls = controls };
        if (isNarrow)
        {
            var whole = await domain.Client.SearchAsync(Bounded(search) with { SizeLimit = atMost }, cancellation, server);
            if (whole.Answer is LdapAnswer.Answered { Result.Code: LdapResultCode.SizeLimitExceeded } && whole.Entries.Count >= atMost)
            {
                return DirectoryAnswer.Ok((whole.Entries, true));
            }

            if (!IsTooMuchAtOnce(whole.Answer))
            {
                // Samba does not heed the limit.
                return Of(whole).Map(entries => (entries, entries.Count > atMost));
            }
        }

        return await FirstAsync(search, atMost, cancellation);
    }

    public async Task<DirectoryAnswer<(IReadOnlyList<LdapEntry> Entries, bool HasMore)>> FirstAsync(
        LdapSearch search, int atMost, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var answer = await domain.Client.SearchPagesAsync(Bounded(search), Math.Min(atMost, PageSize), cancellation, atMost, server);
        return Of(answer.Found).Map(entries => (entries, answer.HasMore || entries.Count > atMost));
    }

    /// <summary>
    /// All entries of a search, each made into something small as it comes, so that a whole directory of names needs only the
    /// memory of these. What <paramref name="take"/> answers null to is left out.
    /// </summary>
    public async Task<DirectoryAnswer<IReadOnlyList<T>>> CollectAsync<T>(
        LdapSearch search, Func<LdapEntry, T?> take, CancellationToken cancellation)
        where T : class
    {
        cancellation.ThrowIfCancellationRequested();
        var found = new List<T>();
        LdapSearchAnswer? last = null;
        await foreach (var page in domain.Client.StreamPagesAsync(Bounded(search), PageSize, cancellation, server))
        {
            found.AddRange(page.Entries.Select(take).OfType<T>());
            last = page;
        }

        return Of<T>(found, last is null ? new DirectoryError.Unavailable() : WhyIncomplete(last));
    }

    public Task<DirectoryAnswer<IReadOnlyList<T>>> CollectAsync<T>(
        LdapFilter filter, IReadOnlyList<string> attributes, Func<LdapEntry, T?> take, CancellationToken cancellation)
        where T : class =>
        CollectAsync(new LdapSearch(domain.BaseName, LdapScope.Subtree, filter, [Identity, .. attributes]), take, cancellation);

    /// <summary>
    /// All entries of a search, a part at a time: one answer's where the server gives it, pages where it does not. The last part
    /// is not Ok when something is missing, and nothing comes after it.
    /// </summary>
    public async IAsyncEnumerable<DirectoryAnswer<IReadOnlyList<LdapEntry>>> EachAsync(
        LdapSearch search, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var whole = await domain.Client.SearchAsync(Bounded(search), cancellation, server);
        if (!IsTooMuchAtOnce(whole.Answer) && whole.Answer is not LdapAnswer.Unknown { Fault.Kind: LdapFaultKind.TimedOut })
        {
            yield return WhyIncomplete(whole) is { } why ? why : DirectoryAnswer.Ok(whole.Entries);
            yield break;
        }

        await foreach (var page in domain.Client.StreamPagesAsync(Bounded(search), PageSize, cancellation, server))
        {
            yield return WhyIncomplete(page) is { } why ? why : DirectoryAnswer.Ok(page.Entries);
        }
    }

    /// <summary>The entries for which one of the terms holds: one search for every fifty, below the naming context.</summary>
    public Task<DirectoryAnswer<IReadOnlyList<LdapEntry>>> AnyOfAsync<T>(
        IEnumerable<T> items,
        Func<T, LdapFilter> term,
        IReadOnlyList<string> attributes,
        CancellationToken cancellation,
        params IReadOnlyList<LdapControl> controls) =>
        AnyOfAsync(
            items,
            term,
            filter => new LdapSearch(domain.BaseName, LdapScope.Subtree, filter, [Identity, .. attributes]) { Controls = controls },
            cancellation);

    public async Task<DirectoryAnswer<IReadOnlyList<LdapEntry>>> AnyOfAsync<T>(
        IEnumerable<T> items, Func<T, LdapFilter> term, Func<LdapFilter, LdapSearch> search, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var found = new List<LdapEntry>();
        DirectoryError? missing = null;
        var searches = items.Select(term).Chunk(TermsPerSearch).Select(terms => search(LdapFilter.Or(terms)));
        foreach (var some in searches.Chunk(Parallel))
        {
            foreach (var answer in await Task.WhenAll(some.Select(one => AllAsync(one, cancellation))))
            {
                switch (answer)
                {
                    case DirectoryAnswer<IReadOnlyList<LdapEntry>>.Ok ok:
                        found.AddRange(ok.Value);
                        break;
                    case DirectoryAnswer<IReadOnlyList<LdapEntry>>.Partial partial:
                        found.AddRange(partial.Value);
                        missing = partial.Why;
                        break;
                    case DirectoryAnswer<IReadOnlyList<LdapEntry>>.Failed failed:
                        return failed;
                    default:
                        throw new InvalidOperationException("Unreachable: the hierarchy is closed.");
                }
            }
        }

        return Of<LdapEntry>(found, missing);
    }

    public static DirectoryError.AccessDenied Unreadable(string name) => new() { Detail = Texts.Format("Read.Unreadable"), ServerText = name };

    /// <summary>Why a search may have found less than there is; null when it is whole.</summary>
    public static DirectoryError? WhyIncomplete(LdapSearchAnswer answer) => answer.Answer switch
    {
        LdapAnswer.Answered { Result.IsSuccess: true } => null,
        LdapAnswer.Answered { Result: { Code: LdapResultCode.SizeLimitExceeded or LdapResultCode.TimeLimitExceeded or LdapResultCode.AdminLimitExceeded } result } =>
            DirectoryErrors.Of(result) with { Detail = Texts.Format("Read.LimitReached") },
        LdapAnswer.Answered { Result: { Code: LdapResultCode.Referral } result } => DirectoryErrors.Of(result) with { Detail = Texts.Format("Read.Elsewhere") },
        LdapAnswer.Answered answered => DirectoryErrors.Of(answered.Result),
        LdapAnswer.NotSent notSent => DirectoryErrors.Of(notSent.Fault),
        LdapAnswer.Unknown unknown => DirectoryErrors.Of(unknown.Fault),
        _ => throw new InvalidOperationException("Unreachable: the hierarchy is closed."),
    };

    private static DirectoryAnswer<IReadOnlyList<LdapEntry>> Of(LdapSearchAnswer answer) => Of<LdapEntry>(answer.Entries, WhyIncomplete(answer));

    private static bool IsTooMuchAtOnce(LdapAnswer answer) => answer is
        LdapAnswer.Answered { Result.Code: LdapResultCode.SizeLimitExceeded } or LdapAnswer.Unknown { Fault.Kind: LdapFaultKind.TooLarge };

    /// <summary>Something of it is a part; nothing of it is not even that.</summary>
    private static DirectoryAnswer<IReadOnlyList<T>> Of<T>(IReadOnlyList<T> found, DirectoryError? missing) => missing switch
    {
        null => DirectoryAnswer.Ok(found),
        _ when found.Count > 0 => new DirectoryAnswer<IReadOnlyList<T>>.Partial(found, missing),
        _ => missing,
    };

    /// <summary>Other domains' entries are never asked for, so that no answer is a list of other servers.</summary>
    private static LdapSearch Bounded(LdapSearch search) => search with { Controls = [.. search.Controls, LdapControls.DomainScope] };
}
