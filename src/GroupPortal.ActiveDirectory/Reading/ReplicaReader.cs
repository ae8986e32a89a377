using GroupPortal.ActiveDirectory.Schema;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Resources;
using GroupPortal.Ldap;

namespace GroupPortal.ActiveDirectory.Reading;

/// <summary>
/// The replica's feed: one reading of everything, then what changed since, by DirSync for an account that is allowed to, else by
/// uSNChanged, which any account may follow. While the server's own highest number stays, nothing is searched at all. Other
/// servers count differently, and a restored one begins to count anew, so a cookie says whose it is; also one of DirSync, for the
/// number beside it.
/// </summary>
internal sealed class ReplicaReader(Domain domain, ObjectReader objects) : IAsyncDisposable
{
    private const string HighestNumber = "highestCommittedUSN";

    private const string SettingsName = "dsServiceName";

    /// <summary>
    /// An account that may not see deleted objects never hears of deletions (by default only administrators may). It reads
    /// everything again after so long, counted from the end of the load.
    /// </summary>
    private static readonly TimeSpan ShortestBlind = TimeSpan.FromMinutes(15);

    /// <summary>Or after so many times what the load took: a large domain is not read all day long.</summary>
    private const int BlindLoads = 4;

    /// <summary>However long it took: a machine may have slept meanwhile.</summary>
    private static readonly TimeSpan LongestBlind = TimeSpan.FromDays(1);

    private readonly ReplicaSync _sync = new(domain);
    private readonly SemaphoreSlim _turn = new(1, 1);
    private ReplicaLoad? _load;
    private volatile ReplicaContainers? _containers;

    public async Task<DirectoryAnswer<ReplicaPage>> PageAsync(string? text, int take, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (text is null)
        {
            return await InTurnAsync(token => BeginAsync(take, token), cancellation);
        }

        return ReplicaCookie.Read(text) switch
        {
            null => Elsewhere(),
            { Load: not null } cookie => await InTurnAsync(token => GoOnAsync(cookie, take, token), cancellation),
            var cookie => await ChangesAsync(cookie, take, cancellation),
        };
    }

    public async ValueTask DisposeAsync()
    {
        if (_load is { } load)
        {
            _load = null;
            await load.DisposeAsync();
        }

        _turn.Dispose();
    }

    private static DirectoryError Elsewhere() => DirectoryError.Conflict.Unknown with { Detail = Texts.Format("Read.FeedOfAnotherServer") };

    private async Task<DirectoryAnswer<ReplicaPage>> InTurnAsync(
        Func<CancellationToken, Task<DirectoryAnswer<ReplicaPage>>> read, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            var answer = await read(cancellation);
            if (answer is not DirectoryAnswer<ReplicaPage>.Ok)
            {
                await EndLoadAsync();
            }

            return answer;
        }
        catch (OperationCanceledException)
        {
            // What was on its way is lost, and a page of a load cannot be read twice.
            await EndLoadAsync();
            cancellation.ThrowIfCancellationRequested();
            return Elsewhere();
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task EndLoadAsync()
    {
        if (_load is { } load)
        {
            _load = null;
            await load.DisposeAsync();
        }
    }

    private async Task<DirectoryAnswer<ReplicaPage>> BeginAsync(int take, CancellationToken cancellation)
    {
        await EndLoadAsync();
        var answer = await NowAsync(cancellation);
        if (answer is not DirectoryAnswer<Standing>.Ok(var now))
        {
            return answer.WhyNot();
        }

        var begun = await _sync.BeginAsync(now.Facts.Server, cancellation);
        if (begun is not DirectoryAnswer<string?>.Ok(var sync))
        {
            return begun.WhyNot();
        }

        var seen = sync is null ? await SeesDeletedAsync(now, cancellation) : DirectoryAnswer.Ok(true);
        if (seen is not DirectoryAnswer<bool>.Ok(var seesDeleted))
        {
            return seen.WhyNot();
        }

        _load = new ReplicaLoad(domain, now.Facts, now.Searches, now.Groups);
        var cookie = new ReplicaCookie(now.Facts.InvocationId, now.Number, seesDeleted ? null : domain.Clock.GetUtcNow().UtcTicks) { Sync = sync };
        return await NextAsync(_load, cookie, take, cancellation);
    }

    private Task<DirectoryAnswer<ReplicaPage>> GoOnAsync(ReplicaCookie cookie, int take, CancellationToken cancellation) =>
        _load is { } load && load.Id == cookie.Load && load.Pages == cookie.Page
            ? NextAsync(load, cookie, take, cancellation)
            : Task.FromResult(DirectoryAnswer.Failed<ReplicaPage>(Elsewhere()));

    private async Task<DirectoryAnswer<ReplicaPage>> NextAsync(ReplicaLoad load, ReplicaCookie cookie, int take, CancellationToken cancellation)
    {
        var answer = await load.NextAsync(take, cancellation);
        if (answer is not DirectoryAnswer<(IReadOnlyList<ReplicaObject>, bool)>.Ok(var (objects, isLast)))
        {
            return answer.WhyNot();
        }

        var next = isLast ? cookie with { Load = null, Page = 0, Blind = BlindUntil(cookie.Blind) } : cookie with { Load = load.Id, Page = load.Pages };
        if (isLast)
        {
            await EndLoadAsync();
        }

        // What changed while it was read waits behind the last page.
        return DirectoryAnswer.Ok(new ReplicaPage(objects, [], next.ToString(), HasMore: true));
    }

    private async Task<DirectoryAnswer<ReplicaPage>> ChangesAsync(ReplicaCookie cookie, int take, CancellationToken cancellation)
    {
        var answer = await NowAsync(cancellation);
        if (answer is not DirectoryAnswer<Standing>.Ok(var now))
        {
            return answer.WhyNot();
        }

        // A lower number is a server that was put back to an earlier day.
        var (facts, number) = (now.Facts, now.Number);
        if (facts.InvocationId != cookie.Server || number < cookie.Number)
        {
            return Elsewhere();
        }

        if (cookie.Blind is { } until && domain.Clock.GetUtcNow().UtcTicks > until)
        {
            return DirectoryError.Conflict.Unknown;
        }

        // Also while nothing changed: what is known before a change is what tells whether it was a move.
        var containers = await ContainersAsync(now, cancellation);
        if (number == cookie.Number)
        {
            return DirectoryAnswer.Ok(new ReplicaPage([], [], cookie.ToString(), HasMore: false));
        }

        var changes = new ReplicaChanges(domain, now.Searches, now.Groups, now.Nesting, containers);
        if (cookie.Sync is { } sync)
        {
            return await SyncedAsync(changes, cookie, sync, facts, number, cancellation);
        }

        var found = await changes.ReadAsync(facts, cookie.Number, number, take, cancellation);
        return found.Map(page => new ReplicaPage(page.Objects, page.Deleted, (cookie with { Number = page.Upto }).ToString(), page.Upto < number));
    }

    /// <summary>Read once for each server. Null where they cannot be: then each change of one counts as a move.</summary>
    private async Task<ReplicaContainers?> ContainersAsync(Standing now, CancellationToken cancellation)
    {
        if (_containers is { } known && known.Server == now.Facts.InvocationId)
        {
            return known;
        }

        var containers = new ReplicaContainers(now.Facts.InvocationId);
        return await containers.ReadAsync(domain, now.Searches, cancellation) is DirectoryAnswer<IReadOnlyList<string>>.Ok ? _containers = containers : null;
    }

    private async Task<DirectoryAnswer<ReplicaPage>> SyncedAsync(
        ReplicaChanges changes, ReplicaCookie cookie, string sync, DomainFacts facts, long number, CancellationToken cancellation)
    {
        var told = await _sync.NextAsync(facts.Server, ReplicaChanges.Everything, sync, cancellation);
        if (told is not DirectoryAnswer<SyncedChanges?>.Ok(var synced))
        {
            return told.WhyNot();
        }

        if (synced is null)
        {
            return Elsewhere();
        }

        // What is new is told by the number of before, so that stays until the last page.
        var next = cookie with { Sync = synced.Cookie, Number = synced.HasMore ? cookie.Number : number };
        var found = await changes.ReadAsync(facts, cookie.Number, synced.Changed, cancellation);
        return found.Map(objects => new ReplicaPage(objects, synced.Deleted, next.ToString(), synced.HasMore));
    }

    /// <summary>From now on, since what changed during the load, however long it took, is yet to be read.</summary>
    private long? BlindUntil(long? begun)
    {
        var now = domain.Clock.GetUtcNow().UtcTicks;
        return begun is { } then ? now + Math.Clamp(BlindLoads * (now - then), ShortestBlind.Ticks, LongestBlind.Ticks) : null;
    }

    private async Task<DirectoryAnswer<Standing>> NowAsync(CancellationToken cancellation)
    {
        var answer = await StandingAsync(cancellation);
        if (answer is DirectoryAnswer<Standing>.Ok)
        {
            return answer;
        }

        // Whoever asks for one server only does not hear of the next one: that is for a question to any.
        return await new DomainSearch(domain).EntryAsync(LdapName.RootDse, [HighestNumber], cancellation) is DirectoryAnswer<LdapEntry?>.Ok
            ? await StandingAsync(cancellation)
            : answer;
    }

    private async Task<DirectoryAnswer<Standing>> StandingAsync(CancellationToken cancellation)
    {
        var factsAnswer = await domain.Facts.GetAsync(cancellation);
        if (factsAnswer is not DirectoryAnswer<DomainFacts>.Ok(var facts))
        {
            return factsAnswer.WhyNot();
        }

        var searches = new DomainSearch(domain, facts.Server);
        var answer = await searches.EntryAsync(LdapName.RootDse, [HighestNumber, SettingsName, "dnsHostName"], cancellation);
        if (answer is not DirectoryAnswer<LdapEntry?>.Ok(var root))
        {
            return answer.WhyNot();
        }

        if (root?.Number(HighestNumber) is not { } number)
        {
            return new DirectoryError.Unsupported { ServerText = HighestNumber };
        }

        // Each time: nothing else tells that the database was restored, once its number has passed that of the cookie.
        var settings = LdapName.TryFromEscaped(root.Text(SettingsName), out var name) ? name : (LdapName?)null;
        var invocation = await FactsReader.InvocationIdAsync(searches, settings, root.Text("dnsHostName") ?? string.Empty, cancellation);
        return invocation.Map(id => StandingOf(domain.Facts.WithInvocation(facts, id), number, searches));
    }

    private Standing StandingOf(DomainFacts facts, long number, DomainSearch searches)
    {
        var links = new LinkedNames(domain, searches);
        return new Standing(facts, number, searches, new ReplicaGroups(searches, links), new NestingReader(domain, searches, links, objects));
    }

    private async Task<DirectoryAnswer<bool>> SeesDeletedAsync(Standing now, CancellationToken cancellation)
    {
        var name = Domain.NameOf(domain.Base.Child("CN", "Deleted Objects"));
        return await now.Searches.EntryAsync(name, [], cancellation, LdapControls.ShowDeleted) switch
        {
            DirectoryAnswer<LdapEntry?>.Ok(var entry) => DirectoryAnswer.Ok(entry is not null),
            DirectoryAnswer<LdapEntry?>.Failed { Error: DirectoryError.AccessDenied or DirectoryError.NotFound } => DirectoryAnswer.Ok(false),
            var other => other.WhyNot(),
        };
    }

    /// <summary>
    /// The one server that an answer is read from, all of it: another's numbers mean other changes, and what it says of members may
    /// be of yesterday.
    /// </summary>
    /// <param name="Number">Its highest one: what is searched for afterwards has all changes up to it.</param>
    private sealed record Standing(DomainFacts Facts, long Number, DomainSearch Searches, ReplicaGroups Groups, NestingReader Nesting);
}
