using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using GroupPortal.Core.Directories;

namespace GroupPortal.EntraId.Reading;

/// <summary>
/// Any page of a list, although Graph skips nothing: it gives a link to the next page, and that is all. The links of pages that
/// somebody looked at are kept for a while, so that leafing on costs one request a page. Whoever jumps far gets there by ids
/// alone, a thousand to a request, which are kept as well; the rows are then read for the page alone.
/// </summary>
internal sealed class ListPages(GraphReader graph, TimeProvider clock)
{
    private const int MaximumLists = 32;
    private const int MaximumIds = 500_000;

    private static readonly TimeSpan MaximumAge = TimeSpan.FromMinutes(2);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, KnownList> _lists = new(StringComparer.Ordinal);
    private (string Key, IReadOnlyList<Guid>? Ids, long Made)? _order;

    /// <summary>Goes up with each <see cref="Forget"/>: what was asked before it is not kept after it.</summary>
    private long _generation;

    private long Generation => Volatile.Read(ref _generation);

    /// <summary>What we wrote ourselves is seen at once.</summary>
    public void Forget()
    {
        lock (_gate)
        {
            _generation++;
            _lists.Clear();
            _order = null;
        }
    }

    /// <param name="query">Advanced, so that the number is known; without $top.</param>
    public async Task<DirectoryAnswer<Page<JsonElement>>> PageAsync(GraphQuery query, int skip, int take, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var generation = Generation;
        if (skip == 0 && take <= GraphReader.MostRows)
        {
            return await FirstAsync(query, take, generation, cancellation);
        }

        if (TryGet(query, out var known))
        {
            if (skip >= known.Total)
            {
                return DirectoryAnswer.Ok(new Page<JsonElement>([], known.Total));
            }

            if (known.Links.TryGetValue((skip, take), out var link) && await NextAsync(query, known, link, skip, take, cancellation) is { } page)
            {
                return page;
            }
        }

        return await FarAsync(query, known, skip, take, generation, cancellation);
    }

    /// <summary>
    /// The ids of a list in an order that Graph does not sort by: read whole with its first page and kept for those that follow.
    /// Null when it is too long for that, which is kept as well.
    /// </summary>
    public async Task<DirectoryAnswer<IReadOnlyList<Guid>?>> OrderAsync(
        string key, bool isFirst, Func<Task<DirectoryAnswer<IReadOnlyList<Guid>?>>> read)
    {
        lock (_gate)
        {
            if (!isFirst && _order is { } kept && kept.Key == key && clock.GetElapsedTime(kept.Made) < MaximumAge)
            {
                return DirectoryAnswer.Ok(kept.Ids);
            }
        }

        var generation = Generation;
        var answer = await read();
        if (answer is DirectoryAnswer<IReadOnlyList<Guid>?>.Ok(var ids))
        {
            lock (_gate)
            {
                _order = generation == _generation ? (key, ids, clock.GetTimestamp()) : _order;
            }
        }

        return answer;
    }

    private async Task<DirectoryAnswer<Page<JsonElement>>> FirstAsync(GraphQuery query, int take, long generation, CancellationToken cancellation)
    {
        var answer = await graph.GetAsync(query with { Top = take }, cancellation);
        if (answer is not DirectoryAnswer<JsonElement>.Ok(var page))
        {
            return answer.WhyNot();
        }

        var list = new KnownList(page.Number("@odata.count") ?? page.Items().Count(), clock.GetTimestamp());
        var rows = await FillAsync(query, list, page, 0, take, cancellation);
        Keep(query, list, generation);
        return rows.Map(some => new Page<JsonElement>(some, list.Total));
    }

    /// <summary>Null when the link is too old: then the long way.</summary>
    private async Task<DirectoryAnswer<Page<JsonElement>>?> NextAsync(
        GraphQuery query, KnownList list, string link, int skip, int take, CancellationToken cancellation)
    {
        switch (await graph.FollowAsync(link, query, cancellation))
        {
            case DirectoryAnswer<JsonElement>.Ok(var page):
                var rows = await FillAsync(query, list, page, skip, take, cancellation);
                return rows.Map(some => new Page<JsonElement>(some, list.Total));
            case DirectoryAnswer<JsonElement>.Failed { Error: DirectoryError.Throttled or DirectoryError.Unavailable or DirectoryError.AccessDenied } failed:
                return failed.Error;
            default:
                return null;
        }
    }

    /// <summary>Graph may give fewer rows than asked for and go on after them: then the next ones come to them.</summary>
    private async Task<DirectoryAnswer<IReadOnlyList<JsonElement>>> FillAsync(
        GraphQuery query, KnownList list, JsonElement page, int skip, int take, CancellationToken cancellation)
    {
        var (rows, trail) = (new List<JsonElement>(page.Items()), new LinkTrail());
        var link = GraphReader.NextLink(page);
        while (rows.Count < take && link is not null)
        {
            var answer = trail.WhyNot(link) is { } endless ? endless : await graph.FollowAsync(link, query, cancellation);
            if (answer is not DirectoryAnswer<JsonElement>.Ok(var more))
            {
                return answer.WhyNot();
            }

            rows.AddRange(more.Items());
            link = GraphReader.NextLink(more);
        }

        if (link is not null && rows.Count == take)
        {
            list.Links[(skip + take, take)] = link;
        }

        return DirectoryAnswer.Ok<IReadOnlyList<JsonElement>>(rows.Count > take ? rows[..take] : rows);
    }

    private async Task<DirectoryAnswer<Page<JsonElement>>> FarAsync(
        GraphQuery query, KnownList? known, int skip, int take, long generation, CancellationToken cancellation)
    {
        var wanted = skip + take;
        var (ids, total, link) = known?.Walked ?? Walk.None;
        var (walked, trail) = (new List<Guid>(ids), new LinkTrail());
        while (walked.Count < wanted && (walked.Count == 0 || link is not null))
        {
            var first = query with { Select = ["id"], Top = GraphReader.MostRows };
            var answer = link is null ? await graph.GetAsync(first, cancellation)
                : trail.WhyNot(link) is { } endless ? endless
                : await graph.FollowAsync(link, first, cancellation);
            if (answer is not DirectoryAnswer<JsonElement>.Ok(var page))
            {
                Drop(query);
                return answer.WhyNot();
            }

            total = link is null ? page.Number("@odata.count") ?? 0 : total;
            walked.AddRange(page.Items().Select(item => item.Id()).OfType<Guid>());
            link = GraphReader.NextLink(page);
            if (link is null)
            {
                total = walked.Count;
                break;
            }
        }

        known ??= new KnownList(total, clock.GetTimestamp());
        known.Walked = new Walk(walked, total, link);
        Keep(query, known, generation);
        var shown = walked.Skip(skip).Take(take).ToList();
        var rows = await graph.ByIdsAsync(shown, ObjectKinds.Types, query.Select, cancellation);
        return rows.Map(some =>
        {
            var byId = some.Where(row => row.Id() is not null).DistinctBy(row => row.Id()).ToDictionary(row => row.Id()!.Value);
            return new Page<JsonElement>([.. shown.Where(byId.ContainsKey).Select(id => byId[id])], total);
        });
    }

    private bool TryGet(GraphQuery query, [NotNullWhen(true)] out KnownList? list)
    {
        lock (_gate)
        {
            if (_lists.TryGetValue(query.Url, out list) && clock.GetElapsedTime(list.Made) < MaximumAge)
            {
                return true;
            }

            list = null;
            return false;
        }
    }

    private void Keep(GraphQuery query, KnownList list, long generation)
    {
        lock (_gate)
        {
            if (generation != _generation)
            {
                return;
            }

            _lists[query.Url] = list;
            foreach (var old in _lists.Where(one => clock.GetElapsedTime(one.Value.Made) >= MaximumAge).Select(one => one.Key).ToList())
            {
                _lists.Remove(old);
            }

            while (_lists.Count > MaximumLists || (_lists.Count > 1 && _lists.Values.Sum(one => (long)one.Walked.Ids.Count) > MaximumIds))
            {
                _lists.Remove(_lists.MinBy(one => one.Value.Made).Key);
            }
        }
    }

    private void Drop(GraphQuery query)
    {
        lock (_gate)
        {
            _lists.Remove(query.Url);
        }
    }

    private sealed class KnownList(long total, long made)
    {
        public long Total => total;

        public long Made => made;

        /// <summary>By where the page begins and how long it is.</summary>
        public ConcurrentDictionary<(int Skip, int Take), string> Links { get; } = new();

        /// <summary>Replaced whole, so that whoever reads it meanwhile has one that fits together.</summary>
        public Walk Walked { get; set; } = Walk.None;
    }

    /// <summary>Ids from the beginning on, in order, and the link to those that follow.</summary>
    private sealed record Walk(IReadOnlyList<Guid> Ids, long Total, string? Next)
    {
        public static Walk None { get; } = new([], 0, null);
    }
}
