using System.Text.Json;
using GroupPortal.Core.Directories;

namespace GroupPortal.EntraId.Reading;

/// <summary>People, groups and whatever else a group can hold: a request for each kind, all in one batch.</summary>
internal sealed class ObjectReader(Tenant tenant, GraphReader graph)
{
    private const int MostLookedThrough = 200;

    public async Task<DirectoryAnswer<Page<DirectoryObject>>> FindAsync(ObjectQuery query, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var limit = Math.Clamp(query.Limit, 1, 200);
        var kinds = ObjectKinds.Of(query.Kinds);
        if (kinds.Count == 0)
        {
            return DirectoryAnswer.Ok(Page<DirectoryObject>.Empty);
        }

        // What Graph could not be told has to be looked for among more than are shown.
        var looksThrough = NameSearch.LeavesOut(query.Text);
        var answers = await graph.BatchAsync([.. kinds.Select(kind => Search(kind, query.Text, looksThrough ? MostLookedThrough : limit))], cancellation);
        var isExact = true;
        var (found, total, missing) = (new List<DirectoryObject>(), 0L, new List<DirectoryError>());
        foreach (var (kind, answer) in kinds.Zip(answers))
        {
            if (answer is not DirectoryAnswer<JsonElement>.Ok(var page))
            {
                missing.Add(kind.Explain(answer.WhyNot()));
                continue;
            }

            var items = page.Items().Select(item => ObjectValues.Of(item, tenant, kind.Kind)).OfType<DirectoryObject>().ToList();
            if (looksThrough)
            {
                items.RemoveAll(item => !NameSearch.Matches(query.Text, item.Name, item.Mail, item.UserPrincipalName));
                isExact &= GraphReader.NextLink(page) is null;
            }

            found.AddRange(items);
            total += looksThrough ? items.Count : page.Number("@odata.count") ?? items.Count;
        }

        var shown = new Page<DirectoryObject>([.. found.ByName().Take(limit)], total, isExact && missing.Count == 0);
        // One kind that the app may not read hides no others.
        return missing switch
        {
            [] => DirectoryAnswer.Ok(shown),
            [var why, ..] when missing.Count < kinds.Count && missing.TrueForAll(error => error is DirectoryError.AccessDenied) =>
                new DirectoryAnswer<Page<DirectoryObject>>.Partial(shown, why),
            [var error, ..] => error,
        };
    }

    /// <summary>Those of the ids that lead somewhere.</summary>
    public async Task<DirectoryAnswer<IReadOnlyDictionary<Guid, DirectoryObject>>> ByIdsAsync(IEnumerable<Guid> ids, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var answer = await graph.ByIdsAsync(ids, ObjectKinds.Types, ObjectKinds.SelectOfAny, cancellation);
        return answer.Map<IReadOnlyDictionary<Guid, DirectoryObject>>(rows => rows
            .Select(row => ObjectValues.Of(row, tenant))
            .OfType<DirectoryObject>()
            .DistinctBy(item => item.Id)
            .ToDictionary(item => item.Id));
    }

    /// <summary>The kind of an object; null when there is none of that id.</summary>
    public async Task<DirectoryAnswer<ObjectKinds?>> KindOfAsync(Guid id, CancellationToken cancellation)
    {
        var answer = await graph.ByIdsAsync([id], ObjectKinds.Types, ["id"], cancellation);
        return answer.Map(rows => rows is [var row, ..] ? ObjectKinds.Of(row) : null);
    }

    private static GraphQuery Search(ObjectKinds kind, string text, int limit)
    {
        var query = new GraphQuery(kind.Collection) { Select = kind.Select, OrderBy = "displayName", Top = limit, IsAdvanced = true };
        if (string.IsNullOrWhiteSpace(text))
        {
            return query;
        }

        return NameSearch.Of(text, kind.Select.Intersect(["mail", "userPrincipalName"], StringComparer.Ordinal)) is { } search
            ? query with { Search = search }
            : query with { Filter = $"startsWith(displayName,{GraphQuery.Quote(text.Trim())})" };
    }
}
