using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using GroupPortal.Core.Directories;

namespace GroupPortal.EntraId.Reading;

/// <summary>
/// The tenant by delta queries. A load reads one feed after the other; from then on a page is what all feeds have, in one batch. Graph
/// guarantees that what changes during a load comes after it. People and devices come whole; of a group's members only what
/// changed comes, so the list of a group that changed is read whole, and what the deltas said is put to it: they may know of a
/// change that the list does not show yet.
/// </summary>
internal sealed class ReplicaReader(Tenant tenant, GraphReader graph)
{
    /// <summary>People in one filter.</summary>
    private const int MostValues = 15;

    /// <summary>How often a page is put off for a group whose members are not found.</summary>
    internal const int MostMisses = 5;

    /// <summary>Longer than a new group takes to be known everywhere.</summary>
    private static readonly TimeSpan Youth = TimeSpan.FromMinutes(10);

    private readonly ToldMembers _told = new(tenant.Clock);

    /// <summary>By group; empty but for those of the last page.</summary>
    private readonly ConcurrentDictionary<Guid, int> _misses = new();

    public async Task<DirectoryAnswer<ReplicaPage>> PageAsync(string? text, int take, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (text is null)
        {
            _told.Clear();
        }

        var cookie = text is null ? ReplicaCookie.Start : ReplicaCookie.Read(text);
        return cookie switch
        {
            null => DirectoryError.Conflict.Unknown,
            { Loading: { } feed } => await LoadAsync(cookie, feed, take, cancellation),
            _ => await ChangesAsync(cookie, take, cancellation),
        };
    }

    private async Task<DirectoryAnswer<ReplicaPage>> LoadAsync(ReplicaCookie cookie, int number, int take, CancellationToken cancellation)
    {
        var feed = DeltaFeed.All[number];
        var answer = await graph.GetAsync(feed.Ask(cookie.Queries[number], take), cancellation);
        if (answer is not DirectoryAnswer<JsonElement>.Ok(var page))
        {
            return ErrorOf(feed, answer.WhyNot(), cookie.Queries[number]);
        }

        if (Next(page) is not { } next)
        {
            return NoLink();
        }

        var objects = await ObjectsAsync([(feed, page)], isLoad: true, cancellation);
        return objects.Map(found =>
        {
            var after = cookie.With(number, next.Query) with { Loading = next.HasMore ? number : number + 1 < DeltaFeed.All.Count ? number + 1 : null };
            // What changed since the first feed was begun waits behind the last.
            return new ReplicaPage(found.Objects, found.Deleted, after.ToString(), HasMore: true);
        });
    }

    private async Task<DirectoryAnswer<ReplicaPage>> ChangesAsync(ReplicaCookie cookie, int take, CancellationToken cancellation)
    {
        var answers = await graph.BatchAsync([.. DeltaFeed.All.Select((feed, number) => feed.Ask(cookie.Queries[number], take))], cancellation);
        var pages = new List<(DeltaFeed Feed, JsonElement Page)>();
        var hasMore = false;
        for (var number = 0; number < answers.Count; number++)
        {
            if (answers[number] is not DirectoryAnswer<JsonElement>.Ok(var page))
            {
                return ErrorOf(DeltaFeed.All[number], answers[number].WhyNot(), cookie.Queries[number]);
            }

            if (Next(page) is not { } next)
            {
                return NoLink();
            }

            pages.Add((DeltaFeed.All[number], page));
            cookie = cookie.With(number, next.Query);
            hasMore |= next.HasMore;
        }

        var objects = await ObjectsAsync(pages, isLoad: false, cancellation);
        return objects.Map(found => new ReplicaPage(found.Objects, found.Deleted, cookie.ToString(), hasMore));
    }

    /// <summary>
    /// What is wrong with a token Graph says in several ways, 410 among them, and all of them mean: begin again. What only delays is
    /// told as it is.
    /// </summary>
    private static DirectoryError ErrorOf(DeltaFeed feed, DirectoryError error, string query) =>
        query.Length == 0 || error is DirectoryError.Throttled or DirectoryError.Unavailable or DirectoryError.AccessDenied
            ? feed.Kind.Explain(error)
            : DirectoryError.Conflict.Unknown with { ServerText = error.ServerText, RequestId = error.RequestId };

    private static DirectoryError.Other NoLink() => new("DeltaWithoutLink") { ServerText = "The answer has neither a nextLink nor a deltaLink." };

    private static (string Query, bool HasMore)? Next(JsonElement page) =>
        ReplicaCookie.QueryOf(GraphReader.NextLink(page)) is { } next ? (next, true)
        : ReplicaCookie.QueryOf(page.Text("@odata.deltaLink")) is { } delta ? (delta, false)
        : null;

    private async Task<DirectoryAnswer<(List<ReplicaObject> Objects, List<Guid> Deleted)>> ObjectsAsync(
        IReadOnlyList<(DeltaFeed Feed, JsonElement Page)> pages, bool isLoad, CancellationToken cancellation)
    {
        var (objects, deleted) = (new List<ReplicaObject>(), new List<Guid>());
        foreach (var (feed, page) in pages)
        {
            // The same object may come twice on one page, its members in pieces.
            var byId = page.Items().Where(item => item.Id() is not null).GroupBy(item => item.Id()!.Value).ToList();
            var present = byId.Where(items => !IsRemoved(items.Last())).ToDictionary(items => items.Key, items => items.ToList());
            deleted.AddRange(byId.Select(items => items.Key).Where(id => !present.ContainsKey(id)));
            var managers = await ManagersAsync(feed, present, isLoad, cancellation);
            if (managers is not DirectoryAnswer<IReadOnlyDictionary<Guid, Guid>>.Ok(var known))
            {
                return managers.WhyNot();
            }

            var members = await MembersAsync(feed, present, cancellation);
            if (members is not DirectoryAnswer<IReadOnlyDictionary<Guid, IReadOnlyList<Guid>>>.Ok(var ofGroups))
            {
                return members.WhyNot();
            }

            // Of a group whose members nobody knows what was known stays.
            objects.AddRange(present.Where(one => !feed.HasMembers || ofGroups.ContainsKey(one.Key)).Select(one => Read(feed, one.Key, one.Value[^1], known, ofGroups.GetValueOrDefault(one.Key))));
        }

        return DirectoryAnswer.Ok((objects, deleted));
    }

    private ReplicaObject Read(
        DeltaFeed feed, Guid id, JsonElement item, IReadOnlyDictionary<Guid, Guid> managers, IReadOnlyList<Guid>? members)
    {
        var values = DeltaValues.Of(item, feed).ToList();
        if (managers.TryGetValue(id, out var manager))
        {
            values.Add(KeyValuePair.Create<string, IReadOnlyList<string>>("manager", [manager.ToString("D")]));
        }

        return new ReplicaObject(id, feed.Kind.Kind, tenant.DnOf(id).ToString(), values, members)
        {
            IsProtected = feed.HasMembers && ObjectValues.IsProtected(item),
        };
    }

    private static bool IsRemoved(JsonElement item) => item.Has("@removed");

    /// <summary>A manager comes with the delta when it changed, and of everybody in a load; of others who changed it is asked.</summary>
    private async Task<DirectoryAnswer<IReadOnlyDictionary<Guid, Guid>>> ManagersAsync(
        DeltaFeed feed, Dictionary<Guid, List<JsonElement>> people, bool isLoad, CancellationToken cancellation)
    {
        var managers = new Dictionary<Guid, Guid>();
        if (!feed.HasManagers)
        {
            return DirectoryAnswer.Ok<IReadOnlyDictionary<Guid, Guid>>(managers);
        }

        var unknown = new List<Guid>();
        foreach (var (id, items) in people)
        {
            if (items.FindLast(item => item.Has("manager@delta")) is { ValueKind: JsonValueKind.Object } told)
            {
                if (told.Items("manager@delta").Where(link => !IsRemoved(link)).Select(link => link.Id()).LastOrDefault(link => link is not null) is { } manager)
                {
                    managers[id] = manager;
                }
            }
            else if (!isLoad)
            {
                unknown.Add(id);
            }
        }

        if (unknown.Count == 0)
        {
            return DirectoryAnswer.Ok<IReadOnlyDictionary<Guid, Guid>>(managers);
        }

        var answers = await graph.BatchAsync(
            [
                .. unknown.Chunk(MostValues).Select(chunk => new GraphQuery(feed.Kind.Collection)
                {
                    Select = ["id"],
                    Filter = $"id in ({string.Join(',', chunk.Select(id => GraphQuery.Quote(id.ToString("D"))))})",
                    Expand = "manager($select=id)",
                }),
            ],
            cancellation);
        foreach (var answer in answers)
        {
            if (answer is not DirectoryAnswer<JsonElement>.Ok(var page))
            {
                return answer.WhyNot();
            }

            foreach (var person in page.Items())
            {
                if (person.Id() is { } id && person.Has("manager") && person.GetProperty("manager").Id() is { } manager)
                {
                    managers[id] = manager;
                }
            }
        }

        return DirectoryAnswer.Ok<IReadOnlyDictionary<Guid, Guid>>(managers);
    }

    /// <summary>All members of each group.</summary>
    private async Task<DirectoryAnswer<IReadOnlyDictionary<Guid, IReadOnlyList<Guid>>>> MembersAsync(
        DeltaFeed feed, Dictionary<Guid, List<JsonElement>> groups, CancellationToken cancellation)
    {
        var members = new Dictionary<Guid, IReadOnlyList<Guid>>();
        if (!feed.HasMembers)
        {
            return DirectoryAnswer.Ok<IReadOnlyDictionary<Guid, IReadOnlyList<Guid>>>(members);
        }

        _told.Prune();
        var open = new List<Guid>();
        foreach (var (id, items) in groups)
        {
            if (_told.Tell(id, PieceOf(items)) is { } whole)
            {
                members[id] = whole;
            }
            else
            {
                open.Add(id);
            }
        }

        var queries = open.Select(id => MemberReader.Members(id) with { Top = GraphReader.MostRows }).ToList();
        var answers = queries.Count == 0 ? [] : await graph.BatchAsync(queries, cancellation);
        for (var number = 0; number < open.Count; number++)
        {
            // A group that cannot be found is so new that not every server knows it: then the deltas themselves tell all its members. Or it
            // is gone, which the next page tells, or had back, and all its members with it: nobody leaves it for that.
            var answer = await graph.RestAsync(answers[number], queries[number], cancellation);
            HashSet<Guid> list;
            switch (answer)
            {
                case DirectoryAnswer<IReadOnlyList<JsonElement>>.Ok(var rows):
                    list = rows.Select(row => row.Id()).OfType<Guid>().ToHashSet();
                    break;
                case DirectoryAnswer<IReadOnlyList<JsonElement>>.Failed { Error: DirectoryError.NotFound } when IsNew(groups[open[number]]):
                    list = [];
                    break;
                case DirectoryAnswer<IReadOnlyList<JsonElement>>.Failed { Error: DirectoryError.NotFound missing }:
                    if (_misses.AddOrUpdate(open[number], 1, (_, misses) => misses + 1) <= MostMisses)
                    {
                        return new DirectoryError.Unavailable { ServerText = missing.ServerText, RequestId = missing.RequestId };
                    }

                    continue;
                default:
                    return answer.WhyNot();
            }

            members[open[number]] = _told.Complete(open[number], list, keep: list.Count > GraphReader.MostRows);
        }

        _misses.Clear();
        return DirectoryAnswer.Ok<IReadOnlyDictionary<Guid, IReadOnlyList<Guid>>>(members);
    }

    private bool IsNew(List<JsonElement> items) =>
        DateTimeOffset.TryParse(items[^1].Text(DeltaFeed.Created), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var made)
        && tenant.Clock.GetUtcNow() - made < Youth;

    private static MemberPiece PieceOf(List<JsonElement> items)
    {
        var piece = new MemberPiece();
        foreach (var link in items.SelectMany(item => item.Items("members@delta")))
        {
            if (link.Id() is { } member)
            {
                piece.Add(member, !IsRemoved(link));
            }
        }

        return piece;
    }
}
