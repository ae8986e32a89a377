using System.Text.Json;
using GroupPortal.Core.Directories;

namespace GroupPortal.EntraId.Reading;

/// <summary>
/// Pages of groups with their number. All groups, or those of a name or type: by Graph, sorted by name. Those of an owner or a member
/// are few; they are read whole, which a search index need not have caught up with. Graph sorts by no time of a group, so a small
/// tenant's groups are sorted here, and in a large one the order by change is the order of names.
/// </summary>
internal sealed class GroupListReader(Tenant tenant, GraphReader graph, NestingReader nesting, ListPages pages)
{
    /// <summary>So many groups are read to sort them by time: ten requests.</summary>
    private const int MostSorted = 10 * GraphReader.MostRows;

    private static readonly IReadOnlyList<string> Selected =
    [
        "id", "displayName", "description", "mail", .. ObjectKinds.OfGroupType, "isAssignableToRole", "onPremisesSyncEnabled", "createdDateTime",
        "renewedDateTime",
    ];

    private static readonly IReadOnlyList<string> ToSort = ["id", "displayName", "createdDateTime", "renewedDateTime"];

    public async Task<DirectoryAnswer<Page<GroupSummary>>> FindAsync(GroupQuery query, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var answer = query.Owner is null && query.Member is null
            ? await OfAllAsync(query, cancellation)
            : await OfSomebodyAsync(query, cancellation);
        if (answer is not DirectoryAnswer<Page<JsonElement>>.Ok(var page))
        {
            return answer.WhyNot();
        }

        var owners = await OwnersAsync(page.Items, cancellation);
        return DirectoryAnswer.Ok(new Page<GroupSummary>([.. page.Items.Select(row => Summary(row, owners))], page.Total, page.TotalIsExact));
    }

    private async Task<DirectoryAnswer<Page<JsonElement>>> OfAllAsync(GroupQuery query, CancellationToken cancellation)
    {
        var ask = new GraphQuery("/groups")
        {
            Select = Selected,
            Filter = GroupFilter.Of(query.GroupTypes),
            OrderBy = query.Descending && query.Sort == GroupSort.Name ? "displayName desc" : "displayName",
            IsAdvanced = true,
        };
        if (!string.IsNullOrWhiteSpace(query.Text))
        {
            if (NameSearch.Of(query.Text, ["mail"]) is { } search)
            {
                ask = ask with { Search = search };
            }
            else
            {
                var begins = $"startsWith(displayName,{GraphQuery.Quote(query.Text.Trim())})";
                ask = ask with { Filter = ask.Filter is null ? begins : $"({ask.Filter}) and {begins}" };
            }
        }

        var (skip, take) = Range(query);
        if (query.Sort == GroupSort.Name)
        {
            return await pages.PageAsync(ask, skip, take, cancellation);
        }

        var sorted = await pages.OrderAsync($"{ask.Url} {query.Descending}", skip == 0, () => ByChangeAsync(ask, query, cancellation));
        return sorted switch
        {
            DirectoryAnswer<IReadOnlyList<Guid>?>.Ok { Value: null } => await pages.PageAsync(ask, skip, take, cancellation),
            DirectoryAnswer<IReadOnlyList<Guid>?>.Ok { Value: { } ids } => await RowsAsync([.. ids.Skip(skip).Take(take)], ids.Count, cancellation),
            _ => sorted.WhyNot(),
        };
    }

    /// <summary>The ids of all matching groups in the order of their times; null when there are too many.</summary>
    private async Task<DirectoryAnswer<IReadOnlyList<Guid>?>> ByChangeAsync(GraphQuery ask, GroupQuery query, CancellationToken cancellation)
    {
        var first = ask with { Select = ToSort, Top = GraphReader.MostRows };
        var begun = await graph.GetAsync(first, cancellation);
        if (begun is not DirectoryAnswer<JsonElement>.Ok(var page))
        {
            return begun.WhyNot();
        }

        if (page.Number("@odata.count") > MostSorted)
        {
            return DirectoryAnswer.Ok<IReadOnlyList<Guid>?>(null);
        }

        var all = await graph.RestAsync(begun, first, cancellation);
        return all.Map<IReadOnlyList<Guid>?>(rows => [.. Sorted(rows, query).Select(row => row.Id()).OfType<Guid>()]);
    }

    private async Task<DirectoryAnswer<Page<JsonElement>>> RowsAsync(IReadOnlyList<Guid> ids, long total, CancellationToken cancellation)
    {
        var answer = await graph.ByIdsAsync(ids, [ObjectKinds.Of(ObjectKind.Group).Type], Selected, cancellation);
        return answer.Map(rows =>
        {
            var byId = rows.Where(row => row.Id() is not null).DistinctBy(row => row.Id()).ToDictionary(row => row.Id()!.Value);
            return new Page<JsonElement>([.. ids.Where(byId.ContainsKey).Select(id => byId[id])], total);
        });
    }

    private async Task<DirectoryAnswer<Page<JsonElement>>> OfSomebodyAsync(GroupQuery query, CancellationToken cancellation)
    {
        List<JsonElement>? found = null;
        foreach (var (id, relation) in new[] { (query.Owner, "ownedObjects"), (query.Member, "memberOf") })
        {
            if (id is not { } somebody)
            {
                continue;
            }

            var answer = await nesting.GroupsOfAsync(somebody, relation, Selected, cancellation);
            if (answer is not DirectoryAnswer<IReadOnlyList<JsonElement>>.Ok(var groups))
            {
                return answer.WhyNot();
            }

            var ids = groups.Select(group => group.Id()).ToHashSet();
            found = found is null ? [.. groups] : [.. found.Where(group => ids.Contains(group.Id()))];
        }

        var matching = Sorted(
            found!.Where(group =>
                (query.GroupTypes is not { Count: > 0 } types || types.Contains((int)ObjectValues.GroupTypeOf(group)))
                && NameSearch.Matches(query.Text, group.Text("displayName"), group.Text("mail"))),
            query).ToList();
        var (skip, take) = Range(query);
        return DirectoryAnswer.Ok(new Page<JsonElement>([.. matching.Skip(skip).Take(take)], matching.Count));
    }

    private static IEnumerable<JsonElement> Sorted(IEnumerable<JsonElement> groups, GroupQuery query)
    {
        var named = groups.Where(group => group.Id() is not null).ByName(group => group.Text("displayName") ?? string.Empty, group => group.Id()!.Value);
        var sorted = query.Sort == GroupSort.Changed ? named.OrderBy(ObjectValues.ChangedOf) : named;
        return query.Descending ? sorted.Reverse() : sorted;
    }

    private static (int Skip, int Take) Range(GroupQuery query) => (Math.Max(0, query.Skip), Math.Clamp(query.Take, 1, 200));

    /// <summary>An owner for each row, twenty groups to a request. A list without them is a list all the same.</summary>
    private async Task<Dictionary<Guid, string>> OwnersAsync(IReadOnlyList<JsonElement> rows, CancellationToken cancellation)
    {
        var groups = rows.Select(row => row.Id()).OfType<Guid>().ToList();
        if (groups.Count == 0)
        {
            return [];
        }

        var answers = await graph.BatchAsync(
            [.. groups.Select(id => new GraphQuery($"/groups/{id:D}/owners") { Select = ["id", "displayName"], Top = 1 })], cancellation);
        return groups.Zip(answers)
            .Select(pair => (
                Group: pair.First,
                Name: pair.Second is DirectoryAnswer<JsonElement>.Ok(var page) ? page.Items().Select(owner => owner.Text("displayName")).FirstOrDefault() : null))
            .Where(pair => pair.Name is not null)
            .ToDictionary(pair => pair.Group, pair => pair.Name!);
    }

    private GroupSummary Summary(JsonElement row, Dictionary<Guid, string> owners)
    {
        var group = ObjectValues.Of(row, tenant, ObjectKind.Group)!;
        return new GroupSummary(group.Id, group.Name, group.Dn, group.GroupType ?? 0)
        {
            DisplayName = group.DisplayName,
            Description = row.Text("description"),
            Mail = group.Mail,
            OwnerName = owners.GetValueOrDefault(group.Id),
            IsProtected = group.IsProtected,
            IsDynamic = ObjectValues.IsDynamic(row),
            Authority = ObjectValues.AuthorityOf(row),
            Changed = ObjectValues.ChangedOf(row),
        };
    }
}
