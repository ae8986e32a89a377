using System.Diagnostics.CodeAnalysis;
using GroupPortal.Core.Criteria.Columns;
using GroupPortal.Core.Directories;
using Microsoft.Extensions.Logging;

namespace GroupPortal.Application.Replica;

/// <summary>
/// The copy of one store that rules are answered from. A directory that cannot be read leaves the last table as it is, with its
/// age: it never becomes emptier by an error. Safe for any number of readers beside the one that keeps it.
/// </summary>
public sealed class StoreReplica : IDisposable
{
    /// <summary>A feed that says "begin again" while it is being read from the beginning does not mean it for ever.</summary>
    private const int LoadAttempts = 3;

    private static readonly TimeSpan BetweenSaves = TimeSpan.FromMinutes(5);

    /// <summary>So long a loss is doubted; whoever is hidden by mistake is missed by then.</summary>
    private static readonly TimeSpan DoubtLasts = TimeSpan.FromDays(7);

    /// <summary>
    /// A directory forgets in time what was deleted (AD keeps it for months, and may be told to keep it for days): a table that is
    /// older would keep for ever what has gone meanwhile, so everything is read anew.
    /// </summary>
    private static readonly TimeSpan Oldest = TimeSpan.FromDays(7);

    /// <summary>Of a directory that is read anew, fewer than every so many may be missing; and these few in any.</summary>
    private const int DoubtedShare = 20;

    private const int FewMissing = 10;

    private readonly IDirectory _directory;
    private readonly FeedReader _feed;
    private readonly ReplicaFile _file;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;

    /// <summary>Never disposed of: it has no timer, and a host may dispose of this while others still stop it or read.</summary>
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _gate = new();

    private volatile Copy? _copy;
    private ReplicaStatus _status = new(ReplicaPhase.Loading, 0, AsOf: null, IsStale: false, Error: null);

    private Task<DirectoryAnswer<DateTimeOffset>>? _running;
    private Task<DirectoryAnswer<DateTimeOffset>>? _waiting;
    private volatile bool _isBehind;
    private volatile bool _isChanged;
    private DateTimeOffset? _saved;
    private DateTimeOffset _notBefore;

    private volatile ReplicaLoss? _loss;

    internal StoreReplica(IDirectory directory, string folder, TimeProvider clock, ILogger logger)
    {
        (_directory, _clock, _logger) = (directory, clock, logger);
        _feed = new FeedReader(directory, clock, logger);
        _file = new ReplicaFile(folder, directory.Store);
    }

    public int StoreId => _directory.Store.Id;

    public ReplicaStatus Status => Volatile.Read(ref _status);

    /// <summary>
    /// Looks into the table while nobody changes it. Keep it short: changes wait for it. False when there is no table yet;
    /// <see cref="Status"/> says why.
    /// </summary>
    /// <param name="read">Gets the table and its <see cref="ReplicaStatus.AsOf"/>. As in <see cref="ReplicaTable.Read"/>, the view is not for keeping.</param>
    public bool TryRead<T>(Func<ReplicaView, DateTimeOffset, T> read, [MaybeNullWhen(false)] out T result)
    {
        ArgumentNullException.ThrowIfNull(read);
        // The age first: the table may be younger than it says, never older.
        if (Status.AsOf is not { } asOf || _copy is not { } copy)
        {
            result = default;
            return false;
        }

        result = copy.Table.Read(view => read(view, asOf));
        return true;
    }

    /// <summary>
    /// Reads the feed to its end now, before a write is worked out: the answer is the <see cref="ReplicaStatus.AsOf"/>, not before
    /// the call. Several callers share one reading, as long as it began after all of them asked. The first call loads everything.
    /// </summary>
    /// <exception cref="OperationCanceledException">Cancelled; the reading goes on for the others.</exception>
    public Task<DirectoryAnswer<DateTimeOffset>> BringUpToDateAsync(CancellationToken cancellation)
    {
        Task<DirectoryAnswer<DateTimeOffset>> turn;
        lock (_gate)
        {
            if (_waiting is null)
            {
                var before = _running;
                _waiting = Task.Run(() => TakeTurnAsync(before), CancellationToken.None);
            }

            turn = _waiting;
        }

        return turn.WaitAsync(cancellation);
    }

    /// <summary>
    /// Something was written through the portal. Nothing is read for it before somebody looks, so that thousands of writes in a row
    /// cost no more than one.
    /// </summary>
    public void FallBehind() => _isBehind = true;

    /// <summary>Before a preview: what was written through the portal is read first; nothing is where nothing was.</summary>
    /// <returns>Null, or why it could not be read; the table is then as it was.</returns>
    public async Task<DirectoryError?> CatchUpAsync(CancellationToken cancellation) =>
        _isBehind && Status.Phase == ReplicaPhase.Ready
            && await BringUpToDateAsync(cancellation) is DirectoryAnswer<DateTimeOffset>.Failed failed
            ? failed.Error
            : null;

    /// <summary>Takes what an earlier process saved, where it can be believed. Before the first reading.</summary>
    internal void Restore()
    {
        try
        {
            if (_file.Read(_directory.Vocabulary) is not { } saved)
            {
                return;
            }

            if (IsTooOld(saved.AsOf))
            {
                // How much there was is worth knowing all the same: what is missing now is doubted.
                _loss = saved.Loss ?? new ReplicaLoss(saved.Table.Count, _clock.GetUtcNow());
                _logger.ReplicaFileTooOld(StoreId, _file.Path, saved.AsOf);
                return;
            }

            _loss = saved.Loss;
            Replace(saved.Table, saved.Cookie, saved.AsOf);
            (_isChanged, _saved) = (false, _clock.GetUtcNow());
            _logger.ReplicaRestored(StoreId, saved.Table.Count, saved.AsOf);
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            _logger.ReplicaFileIgnored(StoreId, _file.Path, fault.Message);
        }
    }

    /// <summary>Saves what changed: at once after a load, then every few minutes at most.</summary>
    /// <param name="isLast">The portal stops: now or never.</param>
    internal void SaveIfDue(bool isLast)
    {
        var now = _clock.GetUtcNow();
        if (!_isChanged || (!isLast && _saved is { } saved && now - saved < BetweenSaves))
        {
            return;
        }

        // Before it is looked at, so that what changes from here on is due again.
        _isChanged = false;
        if (Snapshot() is not { } copy)
        {
            return;
        }

        var image = _file.Image(copy.Table, copy.Cookie, copy.AsOf, copy.Loss);
        _saved = now;
        try
        {
            _file.Write(image);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Without it the next start reads everything: slower, not wrong.
            _logger.ReplicaNotSaved(StoreId, _file.Path, fault.Message);
        }
    }

    /// <summary>
    /// What there is to save; null before there is a table. The age first, as for readers; and the cookie was taken before the table
    /// is: what is read once more does no harm, what is left out would.
    /// </summary>
    internal SavedReplica? Snapshot() =>
        Status.AsOf is { } asOf && _copy is { } copy ? new SavedReplica(copy.Table, copy.Cookie, asOf, _loss) : null;

    /// <summary>Ends what is being read, and waits for it.</summary>
    internal async Task StopAsync()
    {
        await _stopping.CancelAsync();
        Task?[] turns;
        lock (_gate)
        {
            turns = [_running, _waiting];
        }

        await Task.WhenAll(turns.OfType<Task>()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Ends what is being read, without waiting for it. Stopping after that does no harm.</summary>
    public void Dispose() => _stopping.Cancel();

    private async Task<DirectoryAnswer<DateTimeOffset>> TakeTurnAsync(Task? before)
    {
        if (before is not null)
        {
            await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        lock (_gate)
        {
            // Whoever asks from now on asks too late for this one.
            (_running, _waiting) = (_waiting, null);
        }

        _isBehind = false;
        var known = Status.Error;
        var answer = await ReadAsync();
        if (answer is DirectoryAnswer<DateTimeOffset>.Failed(var error))
        {
            SetStatus(status => status with { Phase = _copy is null ? ReplicaPhase.Failed : ReplicaPhase.Ready, Error = error });
            if (error is DirectoryError.Throttled throttled)
            {
                _notBefore = _clock.GetUtcNow() + throttled.After;
            }

            // Once for each kind of trouble, not every few seconds.
            if (known?.Code != error.Code && !_stopping.IsCancellationRequested)
            {
                _logger.ReplicaUnreadable(StoreId, error.Code, error.ServerText ?? error.Message, Status.AsOf);
            }
        }
        else if (known is not null)
        {
            _logger.ReplicaReadAgain(StoreId);
        }

        return answer;
    }

    private async Task<DirectoryAnswer<DateTimeOffset>> ReadAsync()
    {
        if (_clock.GetUtcNow() < _notBefore && Status.Error is { } busy)
        {
            return busy;
        }

        try
        {
            if (_copy is not { } copy)
            {
                return await LoadAsync();
            }

            if (Status.AsOf is { } last && IsTooOld(last))
            {
                return await BeginAgainAsync();
            }

            var answer = await _feed.ReadAsync(copy.Cookie, page => Apply(page, copy.Table), _stopping.Token);
            switch (answer)
            {
                case DirectoryAnswer<DateTimeOffset>.Ok(var asOf):
                    SetReady(copy.Table, asOf);
                    return answer;
                case DirectoryAnswer<DateTimeOffset>.Failed { Error: DirectoryError.Conflict }:
                    return await BeginAgainAsync();
                default:
                    return answer;
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            return new DirectoryError.Unavailable();
        }
    }

    private Task<DirectoryAnswer<DateTimeOffset>> BeginAgainAsync()
    {
        if (!Status.IsStale)
        {
            _logger.ReplicaBeginsAgain(StoreId);
        }

        SetStatus(status => status with { IsStale = true });
        return LoadAsync();
    }

    private bool IsTooOld(DateTimeOffset asOf) => _clock.GetUtcNow() - asOf > Oldest;

    /// <summary>Into a table of its own, which takes the old one's place when it is whole.</summary>
    private async Task<DirectoryAnswer<DateTimeOffset>> LoadAsync()
    {
        // Minutes of a large directory, whoever has asked first.
        using var priority = CurrentPriority.Begin(WorkPriority.Low);
        for (var attempt = 1; ; attempt++)
        {
            var table = new ReplicaTable(_directory.Vocabulary);
            string? cookie = null;
            SetStatus(status => _copy is null ? status with { Phase = ReplicaPhase.Loading, Loaded = 0 } : status);
            var answer = await _feed.ReadAsync(
                null,
                page =>
                {
                    table.Apply(page);
                    cookie = page.Cookie;
                    SetStatus(status => _copy is null ? status with { Loaded = table.Count } : status);
                },
                _stopping.Token);
            if (answer is DirectoryAnswer<DateTimeOffset>.Ok(var asOf))
            {
                Doubt(table.Count);
                Replace(table, cookie!, asOf);
                _logger.ReplicaLoaded(StoreId, table.Count);
                if (Status.Missing is > 0 and var missing)
                {
                    _logger.ReplicaShrunk(StoreId, table.Count, missing);
                }

                return answer;
            }

            if (answer is not DirectoryAnswer<DateTimeOffset>.Failed { Error: DirectoryError.Conflict } || attempt == LoadAttempts)
            {
                return answer;
            }
        }
    }

    private void Replace(ReplicaTable table, string cookie, DateTimeOffset asOf)
    {
        _saved = null;
        _copy = new Copy(table, cookie);
        // With the status the table is there, and only then there is something to save.
        SetReady(table, asOf);
        _isChanged = true;
    }

    /// <summary>Deletions come by the feed, one by one; what is missing from a reading from the beginning nobody has accounted for.</summary>
    private void Doubt(int count)
    {
        var before = _loss?.Before ?? _copy?.Table.Count ?? 0;
        _loss = IsClearlyLess(count, before) ? new ReplicaLoss(before, _loss?.Since ?? _clock.GetUtcNow()) : null;
    }

    private static bool IsClearlyLess(int count, int before) => before - count > FewMissing && (before - count) * (long)DoubtedShare > before;

    private void SetReady(ReplicaTable table, DateTimeOffset asOf)
    {
        var count = table.Count;
        if (_loss is var (before, since) && (!IsClearlyLess(count, before) || _clock.GetUtcNow() - since >= DoubtLasts))
        {
            _loss = null;
        }

        var missing = _loss is { } loss ? loss.Before - count : 0;
        SetStatus(_ => new ReplicaStatus(ReplicaPhase.Ready, count, asOf, IsStale: false, Error: null) { Missing = missing });
    }

    private void Apply(ReplicaPage page, ReplicaTable table)
    {
        table.Apply(page);
        _copy = new Copy(table, page.Cookie);
        _isChanged |= page.Objects.Count + page.Deleted.Count > 0;
    }

    /// <summary>Only the one whose turn it is sets it.</summary>
    private void SetStatus(Func<ReplicaStatus, ReplicaStatus> change) => Volatile.Write(ref _status, change(Status));

    /// <summary>Both in one, so that nobody sees the table of one reading with the cookie of another.</summary>
    /// <param name="Table">Never disposed of: whoever looks into one that is replaced goes on looking.</param>
    /// <param name="Cookie">The table holds what came before it.</param>
    private sealed record Copy(ReplicaTable Table, string Cookie);
}
