using System.Text.Json;
using GroupPortal.Core.Directories;

namespace GroupPortal.EntraId.Reading;

/// <summary>
/// Who is in a group. Members are asked of /beta: v1.0 leaves service principals out of the list (a known issue, with this as
/// Microsoft's own way around), and a list that lacks somebody would have him removed or added again.
/// </summary>
internal sealed class MemberReader(Tenant tenant, GraphReader graph, ListPages pages)
{
    /// <summary>Ids in one filter.</summary>
    private const int MostValues = 15;

    /// <summary>Filters in one batch.</summary>
    private const int MostFilters = 20;

    public static GraphQuery Members(Guid group) => new($"/groups/{group:D}/members") { Select = ["id"], IsBeta = true };

    public async Task<DirectoryAnswer<Page<DirectoryObject>>> PageAsync(MemberQuery query, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var ask = Members(query.Group) with { Select = ObjectKinds.SelectOfAny, OrderBy = "displayName", IsAdvanced = true };
        if (!string.IsNullOrWhiteSpace(query.Text))
        {
            ask = NameSearch.Of(query.Text, []) is { } search
                ? ask with { Search = search }
                : ask with { Filter = $"startsWith(displayName,{GraphQuery.Quote(query.Text.Trim())})" };
        }

        var answer = await pages.PageAsync(ask, Math.Max(0, query.Skip), Math.Clamp(query.Take, 1, 1000), cancellation);
        return answer.Map(page => new Page<DirectoryObject>(
            [.. page.Items.Select(row => ObjectValues.Of(row, tenant)).OfType<DirectoryObject>()], page.Total, page.TotalIsExact));
    }

    /// <summary>All of them, or an error: never a part.</summary>
    public async Task<DirectoryAnswer<IReadOnlySet<Guid>>> IdsAsync(Guid group, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var answer = await graph.AllAsync(Members(group) with { Top = GraphReader.MostRows }, cancellation);
        return answer.Map<IReadOnlySet<Guid>>(rows => rows.Select(row => row.Id()).OfType<Guid>().ToHashSet());
    }

    /// <summary>Which of some are members, by the list itself; null where the group has more than fit on one page.</summary>
    public async Task<DirectoryAnswer<IReadOnlySet<Guid>?>> WhichOnPageAsync(Guid group, IReadOnlyCollection<Guid> candidates, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var answer = await graph.GetAsync(Members(group) with { Top = GraphReader.MostRows }, cancellation);
        return answer.Map<IReadOnlySet<Guid>?>(page =>
            GraphReader.NextLink(page) is null ? page.Items().Select(row => row.Id()).OfType<Guid>().Intersect(candidates).ToHashSet() : null);
    }

    /// <summary>
    /// Most groups fit on one page, which is the surest answer. Of a larger one Graph is asked for the candidates themselves, as long
    /// as that is fewer requests than reading on.
    /// </summary>
    public async Task<DirectoryAnswer<IReadOnlySet<Guid>>> WhichAsync(Guid group, IReadOnlyCollection<Guid> candidates, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var first = Members(group) with { Top = GraphReader.MostRows };
        var answer = await graph.GetAsync(first, cancellation);
        if (answer is not DirectoryAnswer<JsonElement>.Ok(var page))
        {
            return answer.WhyNot();
        }

        var open = candidates.ToHashSet();
        var found = page.Items().Select(row => row.Id()).OfType<Guid>().Where(open.Contains).ToHashSet();
        open.ExceptWith(found);
        if (open.Count == 0 || GraphReader.NextLink(page) is null)
        {
            return DirectoryAnswer.Ok<IReadOnlySet<Guid>>(found);
        }

        if (open.Count > MostValues * MostFilters)
        {
            var rest = await graph.RestAsync(answer, first, cancellation);
            return rest.Map<IReadOnlySet<Guid>>(rows => rows.Select(row => row.Id()).OfType<Guid>().Where(candidates.ToHashSet().Contains).ToHashSet());
        }

        var answers = await graph.BatchAsync(
            [
                .. open.Chunk(MostValues).Select(chunk => Members(group) with
                {
                    Filter = $"id in ({string.Join(',', chunk.Select(id => GraphQuery.Quote(id.ToString("D"))))})", IsAdvanced = true,
                }),
            ],
            cancellation);
        foreach (var one in answers)
        {
            if (one is not DirectoryAnswer<JsonElement>.Ok(var rows))
            {
                return one.WhyNot();
            }

            found.UnionWith(rows.Items().Select(row => row.Id()).OfType<Guid>());
        }

        return DirectoryAnswer.Ok<IReadOnlySet<Guid>>(found);
    }
}
