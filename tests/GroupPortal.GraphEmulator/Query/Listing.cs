using GroupPortal.GraphEmulation.Http;
using GroupPortal.GraphEmulation.Schema;
using GroupPortal.GraphEmulation.Store;

namespace GroupPortal.GraphEmulation.Query;

/// <summary>What a list is made of: its objects after a place, in order of places.</summary>
internal delegate IEnumerable<(long Place, DirectoryObject Item)> ListSource(long after);

/// <summary>Lists and their counts: the query options, their rules, pages.</summary>
internal static class Listing
{
    /// <summary>All objects of one kind.</summary>
    public static GraphResponse OfKind(Call call, ResourceType type) => Answer(call, InStore(call.Store, type.Kind), [type], isLinks: false);

    public static ListSource InStore(DirectoryStore store, ObjectKind kind) =>
        after => store.All(kind).Where(item => item.Creation > after && store.IsVisible(item)).Select(item => (item.Creation, item));

    /// <summary>Objects that a group links to, or that link to an object: of any kind, or of the cast's.</summary>
    public static GraphResponse OfLinks(Call call, ListSource source)
    {
        if (call.Request.Cast() is not { } cast)
        {
            return Answer(call, source, Schemas.All, isLinks: true);
        }

        var query = call.Request.Query;
        if (!IsAdvanced(call.Request) && (query.Select ?? (object?)query.Filter ?? query.Search ?? query.OrderBy ?? query.Expand ?? query["count"] ?? query["top"]) is not null)
        {
            throw Errors.UnsupportedQuery($"The cast segment 'microsoft.graph.{cast.Name}' with query options needs the header 'ConsistencyLevel: eventual' and $count=true.");
        }

        return Answer(call, after => source(after).Where(link => link.Item.Kind == cast.Kind), [cast], isLinks: true);
    }

    /// <summary>A list of one kind that is not the whole of it.</summary>
    public static GraphResponse Plain(Call call, ListSource source, ResourceType type) => Answer(call, source, [type], isLinks: false);

    /// <summary><c>/$count</c>: a number as plain text.</summary>
    public static GraphResponse Count(Call call, ListSource source, bool isLinks, params IReadOnlyList<ResourceType> types)
    {
        if (!call.Request.IsEventual)
        {
            throw Errors.BadRequest("$count is not currently supported.");
        }

        if (call.Request.Cast() is { } cast)
        {
            types = [cast];
        }

        var kinds = types.Select(type => type.Kind).ToHashSet();
        var items = Narrow(call.Request, source(-1).Select(link => link.Item).Where(item => kinds.Contains(item.Kind)), types, isLinks, isAdvanced: true);
        var text = items.Count().ToString(System.Globalization.CultureInfo.InvariantCulture);
        return new GraphResponse(200, System.Text.Encoding.ASCII.GetBytes(text)) { ContentType = "text/plain" };
    }

    private static GraphResponse Answer(Call call, ListSource source, IReadOnlyList<ResourceType> types, bool isLinks)
    {
        var request = call.Request;
        var query = request.Query;
        var isAdvanced = IsAdvanced(request);
        var projection = Projection.Of(query.Select, types, isSingle: false, request.IsBeta);
        var expand = Expansion.Parse(query.Expand, types, request.IsBeta);
        if (isAdvanced && expand.Count > 0)
        {
            throw Errors.UnsupportedQuery("$expand is not supported together with advanced query capabilities.");
        }

        var top = Top(call);
        var token = PageToken.Parse(query.SkipToken);
        var page = new List<DirectoryObject>();
        PageToken? next = null;
        int? count = null;
        if (query.OrderBy is { } order)
        {
            if (!isAdvanced && (isLinks || query.Filter is not null || query.Search is not null))
            {
                throw Errors.UnsupportedQuery("Sorting not supported for current query.");
            }

            var sorted = OrderBy.Apply(Narrow(request, source(-1).Select(link => link.Item), types, isLinks, isAdvanced), order, types, isAdvanced).ToList();
            var start = token.IsOffset ? (int)token.Place : 0;
            page = [.. sorted.Skip(start).Take(top)];
            next = start + page.Count < sorted.Count ? new PageToken(IsOffset: true, start + page.Count) : null;
            count = sorted.Count;
        }
        else
        {
            var matches = Matcher(request, types, isLinks, isAdvanced);
            var last = token.Place;
            foreach (var (place, item) in source(token.Place))
            {
                if (matches?.Invoke(item) == false)
                {
                    continue;
                }

                if (page.Count == top)
                {
                    next = new PageToken(IsOffset: false, last);
                    break;
                }

                page.Add(item);
                last = place;
            }
        }

        if (request.IsEventual && query.Count && query.SkipToken is null)
        {
            count ??= Narrow(request, source(-1).Select(link => link.Item), types, isLinks, isAdvanced).Count();
        }
        else
        {
            count = null;
        }

        return JsonAnswer.Of(200, writer =>
        {
            var set = types.Count == 1 ? types[0].Set : "directoryObjects";
            var names = query.Select is { } select ? $"({string.Join(',', select)})" : "";
            writer.WriteString("@odata.context", $"{request.Root}/$metadata#{set}{names}");
            if (count is { } number)
            {
                writer.WriteNumber("@odata.count", number);
            }

            if (next is { } more)
            {
                writer.WriteString("@odata.nextLink", NextLink(request, more.ToString()));
            }

            writer.WriteStartArray("value");
            foreach (var item in page)
            {
                writer.WriteStartObject();
                if (isLinks && !call.Caller.IsDelegated && call.Tenant.Rights.Unreadable.Contains(item.Kind))
                {
                    projection.WriteLimited(writer, item);
                    writer.WriteEndObject();
                    continue;
                }

                projection.Write(writer, item, withType: types.Count > 1);
                Expansion.Write(writer, call.Store, item, expand);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        });
    }

    public static string NextLink(GraphRequest request, string token, string name = "skiptoken") =>
        $"{request.Root}/{request.Path.Text}?{request.Query.With(name, token)}";

    /// <summary>ConsistencyLevel: eventual, and with $filter, $orderby or a cast also $count=true.</summary>
    private static bool IsAdvanced(GraphRequest request) =>
        request.IsEventual && (request.Query.Count || request.Query.Search is not null || request.Path.Segments[^1] == "$count");

    private static int Top(Call call)
    {
        var most = call.Tenant.Options.MostPerPage;
        return call.Request.Query.Top switch
        {
            null => call.Tenant.Options.PageSize,
            { } top when top >= 1 && top <= most => top,
            { } top => throw Errors.BadRequest(
                string.Create(System.Globalization.CultureInfo.InvariantCulture, $"Invalid page size specified: '{top}'. Must be between 1 and {most} inclusive.")),
        };
    }

    private static IEnumerable<DirectoryObject> Narrow(
        GraphRequest request, IEnumerable<DirectoryObject> items, IReadOnlyList<ResourceType> types, bool isLinks, bool isAdvanced) =>
        Matcher(request, types, isLinks, isAdvanced) is { } matches ? items.Where(matches) : items;

    private static Func<DirectoryObject, bool>? Matcher(GraphRequest request, IReadOnlyList<ResourceType> types, bool isLinks, bool isAdvanced)
    {
        Func<DirectoryObject, bool>? matches = null;
        if (request.Query.Filter is { } filter)
        {
            if (isLinks && !isAdvanced)
            {
                throw Errors.UnsupportedQuery("The specified filter to the reference property query is currently not supported.");
            }

            matches = Filter.Compile(filter, types, isAdvanced);
        }

        if (request.Query.Search is not { } search)
        {
            return matches;
        }

        if (!request.IsEventual)
        {
            throw Errors.UnsupportedQuery(
                "Request with $search query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'");
        }

        var finds = Search.Compile(search, types);
        return matches is null ? finds : item => matches(item) && finds(item);
    }
}
