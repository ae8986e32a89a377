using System.Globalization;
using GroupPortal.GraphEmulation.Http;
using GroupPortal.GraphEmulation.Query;
using GroupPortal.GraphEmulation.Schema;
using GroupPortal.GraphEmulation.Store;

namespace GroupPortal.GraphEmulation.Delta;

/// <summary><c>GET /groups/delta</c> and its like.</summary>
internal static class DeltaEndpoints
{
    private const int MostIds = 50;

    private static readonly Dictionary<ObjectKind, string[]> Relations = new()
    {
        [ObjectKind.Group] = ["members", "owners"],
        [ObjectKind.User] = ["manager"],
    };

    public static void Map(Routes routes)
    {
        foreach (var type in Schemas.All)
        {
            routes.Map("GET", $"{type.Set}/delta", call => Answer(call, type));
        }
    }

    private static GraphResponse Answer(Call call, ResourceType type)
    {
        var query = call.Request.Query;
        var url = $"{call.Request.Root}/{type.Set}/delta";
        var tokens = call.Tenant.DeltaTokens;
        if (query.SkipToken is { Length: > 0 } page)
        {
            var (run, start) = tokens.Page(page, url + "?$deltatoken=");
            return Page(call, run, page[..page.LastIndexOf('.')], start, url);
        }

        var (scope, since) = query.DeltaToken is { Length: > 0 } token and not "latest"
            ? tokens.Round(token, url + "?$deltatoken=")
            : (Scope(call, type), -1);
        if (query.DeltaToken == "latest")
        {
            return Empty(call, scope, url);
        }

        var begun = new DeltaRun(scope, since, call.Store.Change, DeltaChanges.Since(call.Store, scope, since, call.Tenant.Options.DeltaPageSize));
        return Page(call, begun, null, 0, url);
    }

    private static DeltaScope Scope(Call call, ResourceType type)
    {
        var query = call.Request.Query;
        if (query.Search is not null || query.OrderBy is not null || query["count"] is not null)
        {
            throw Errors.UnsupportedQuery("Change tracking supports $select, $expand and a filter by id only.");
        }

        var select = query.Select;
        if (query.Expand is { } expand)
        {
            select = [.. select ?? type.Defaults.Select(property => property.Name), .. expand.Split(',', StringSplitOptions.TrimEntries).Select(name => name.Split('(')[0])];
        }

        // An unknown name is refused as everywhere, and what lies outside the main store is not tracked.
        Projection.Of(select, [type], isSingle: false, call.Request.IsBeta, Relations.GetValueOrDefault(type.Kind) ?? []);
        return new DeltaScope(type, select, query.Filter is { } filter ? Ids(filter) : null, call.Request.IsBeta);
    }

    private static HashSet<Guid> Ids(string filter)
    {
        var ids = new HashSet<Guid>();
        foreach (var clause in filter.Split(" or ", StringSplitOptions.TrimEntries))
        {
            var words = clause.Trim('(', ')').Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words is not [("id" or "ID" or "Id"), "eq", var value] || !Guid.TryParse(value.Trim('\''), out var id))
            {
                throw Errors.UnsupportedQuery("Change tracking supports a filter by id only: id eq '…' or id eq '…'.");
            }

            ids.Add(id);
        }

        return ids.Count <= MostIds
            ? ids
            : throw Errors.BadRequest(string.Create(CultureInfo.InvariantCulture, $"The filter names {ids.Count} ids; the maximum is {MostIds}."));
    }

    private static GraphResponse Empty(Call call, DeltaScope scope, string url) => JsonAnswer.Of(200, writer =>
    {
        writer.WriteString("@odata.context", $"{call.Request.Root}/$metadata#{scope.Type.Set}");
        writer.WriteString("@odata.deltaLink", $"{url}?$deltatoken={call.Tenant.DeltaTokens.Issue(scope, call.Store.Change)}");
        writer.WriteStartArray("value");
        writer.WriteEndArray();
    });

    private static GraphResponse Page(Call call, DeltaRun run, string? name, int start, string url)
    {
        var end = start;
        for (var weight = 0; end < run.Entries.Count && (end == start || weight + run.Entries[end].Weight <= call.Tenant.Options.DeltaPageSize); end++)
        {
            weight += run.Entries[end].Weight;
        }

        string link;
        if (end < run.Entries.Count)
        {
            name ??= call.Tenant.DeltaTokens.Issue(run);
            link = string.Create(CultureInfo.InvariantCulture, $"{url}?$skiptoken={name}.{end}");
        }
        else
        {
            link = $"{url}?$deltatoken={call.Tenant.DeltaTokens.Issue(run.Scope, run.Until)}";
        }

        var writing = new DeltaWriter(call.Store, run, call.Request.Header("Prefer")?.Contains("return=minimal", StringComparison.OrdinalIgnoreCase) == true);
        return JsonAnswer.Of(200, writer =>
        {
            writer.WriteString("@odata.context", $"{call.Request.Root}/$metadata#{run.Scope.Type.Set}");
            writer.WriteString(end < run.Entries.Count ? "@odata.nextLink" : "@odata.deltaLink", link);
            writer.WriteStartArray("value");
            for (var index = start; index < end; index++)
            {
                writing.Write(writer, run.Entries[index]);
            }

            writer.WriteEndArray();
        });
    }
}
