using GroupPortal.ActiveDirectory.Schema;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Resources;
using GroupPortal.Ldap;

namespace GroupPortal.ActiveDirectory.Reading;

/// <summary>
/// The replica's feed: one reading of everything, then what changed since, by DirSync for an account that is allowed to, else by
/// uSNChanged, which any account may follow. While the server's own highest number stays, nothing is searched at all. Other
/// servers count differently, so a cookie says whose it is.
/// </summary>
internal sealed class ReplicaReader(Domain domain, DomainSearch searches, LinkedNames links, NestingReader nesting) : IAsyncDisposable
{
    private const string HighestNumber = "highestCommittedUSN";

    /// <summary>
    /// An account that may not see deleted objects never hears of deletions (by default only administrators may). It reads
    /// everything again as often as this.
    /// </summary>
    private static readonly TimeSpan LongestBlind = TimeSpan.FromMinutes(15);

    private readonly ReplicaGroups _groups = new(searches, links);
    private readonly ReplicaSync _sync = new(domain);
    private readonly SemaphoreSlim _turn = new(1, 1);
    private ReplicaLoad? _load;

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
        if (answer is not DirectoryAnswer<(DomainFacts, long)>.Ok(var (facts, number)))
        {
            return answer.WhyNot();
        }

        var begun = await _sync.BeginAsync(facts.Server, cancellation);
        if (begun is not DirectoryAnswer<string?>.Ok(var sync))
        {
            return begun.WhyNot();
        }

        var seen = sync is null ? await SeesDeletedAsync(cancellation) : DirectoryAnswer.Ok(true);
        if (seen is not DirectoryAnswer<bool>.Ok(var seesDeleted))
        {
            return seen.WhyNot();
        }

        _load = new ReplicaLoad(domain, facts, searches, _groups);
        var cookie = new ReplicaCookie(facts.InvocationId, number, seesDeleted ? null : domain.Clock.GetUtcNow().UtcTicks) { Sync = sync };
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

        // Read from two servers, it would be of neither.
        var factsAnswer = await domain.Facts.GetAsync(cancellation);
        if (factsAnswer is not DirectoryAnswer<DomainFacts>.Ok(var facts))
        {
            return factsAnswer.WhyNot();
        }

        if (facts.InvocationId != cookie.Server)
        {
            return Elsewhere();
        }

        var next = isLast ? cookie with { Load = null, Page = 0 } : cookie with { Load = load.Id, Page = load.Pages };
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
        if (answer is not DirectoryAnswer<(DomainFacts, long)>.Ok(var (facts, number)))
        {
            return answer.WhyNot();
        }

        // A lower number is a server that was put back to an earlier day.
        if (facts.InvocationId != cookie.Server || number < cookie.Number)
        {
            return Elsewhere();
        }

        if (cookie.BlindSince is { } since && domain.Clock.GetUtcNow().UtcTicks - since > LongestBlind.Ticks)
        {
            return DirectoryError.Conflict.Unknown;
        }

        if (number == cookie.Number)
        {
            return DirectoryAnswer.Ok(new ReplicaPage([], [], cookie.ToString(), HasMore: false));
        }

        // Only this server: another's numbers mean other changes.
        var changes = new ReplicaChanges(domain, new DomainSearch(domain, facts.Server), _groups, nesting);
        if (cookie.Sync is { } sync)
        {
            return await SyncedAsync(changes, cookie, sync, facts, number, cancellation);
        }

        var found = await changes.ReadAsync(facts, cookie.Number, number, take, cancellation);
        return found.Map(page => new ReplicaPage(page.Objects, page.Deleted, (cookie with { Number = page.Upto }).ToString(), page.Upto < number));
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

    /// <summary>The server that answers, and its highest number: what is searched for afterwards has all changes up to it.</summary>
    private async Task<DirectoryAnswer<(DomainFacts Facts, long Number)>> NowAsync(CancellationToken cancellation)
    {
        var answer = await searches.EntryAsync(LdapName.RootDse, [HighestNumber], cancellation);
        if (answer is not DirectoryAnswer<LdapEntry?>.Ok(var root))
        {
            return answer.WhyNot();
        }

        if (root?.Number(HighestNumber) is not { } number)
        {
            return new DirectoryError.Unsupported { ServerText = HighestNumber };
        }

        var facts = await domain.Facts.GetAsync(cancellation);
        return facts.Map(one => (one, number));
    }

    private async Task<DirectoryAnswer<bool>> SeesDeletedAsync(CancellationToken cancellation)
    {
        var name = Domain.NameOf(domain.Base.Child("CN", "Deleted Objects"));
        return await searches.EntryAsync(name, [], cancellation, LdapControls.ShowDeleted) switch
        {
            DirectoryAnswer<LdapEntry?>.Ok(var entry) => DirectoryAnswer.Ok(entry is not null),
            DirectoryAnswer<LdapEntry?>.Failed { Error: DirectoryError.AccessDenied or DirectoryError.NotFound } => DirectoryAnswer.Ok(false),
            var other => other.WhyNot(),
        };
    }
}
