using System.Globalization;
using System.Text.Json.Nodes;
using GroupPortal.GraphEmulation.Http;
using GroupPortal.GraphEmulation.Members;
using GroupPortal.GraphEmulation.Query;
using GroupPortal.GraphEmulation.Schema;
using GroupPortal.GraphEmulation.Store;

namespace GroupPortal.GraphEmulation.People;

/// <summary>POSTs that only ask.</summary>
internal static class Questions
{
    private const int MostIds = 1000;
    private const int MostGroups = 20;

    public static GraphResponse ByIds(Call call)
    {
        var body = call.Request.Body();
        var ids = Ids(body["ids"], "ids", MostIds);
        var types = (body["types"] as JsonArray ?? []).Select(node => (string?)node ?? "").ToList();
        if (types.Find(name => name != "directoryObject" && Schemas.Named(name) is null) is { } unknown)
        {
            throw Errors.BadRequest($"Invalid value '{unknown}' specified for 'types'.");
        }

        var projection = Projection.Of(call.Request.Query.Select, Schemas.All, isSingle: false, call.Request.IsBeta);
        // What is not there is left out without a word.
        var found = ids.Select(id => call.Store.TryRead(id, out var item) ? item : null)
            .OfType<DirectoryObject>()
            .Where(item => types.Count == 0 || types.Contains("directoryObject") || types.Contains(Schemas.Of(item.Kind).Name, StringComparer.OrdinalIgnoreCase));
        return JsonLists.Of(call, "directoryObjects", found, (writer, item) => projection.Write(writer, item, withType: true, withId: true));
    }

    public static GraphResponse CheckMemberGroups(Call call, DirectoryObject item)
    {
        var wanted = Ids(call.Request.Body()["groupIds"], "groupIds", MostGroups);
        var groups = Transitive.AllGroupsOf(call.Store, item);
        return Answer(call, wanted.Where(groups.Contains));
    }

    public static GraphResponse GetMemberGroups(Call call, DirectoryObject item)
    {
        var onlySecurity = call.Request.Body()["securityEnabledOnly"]?.GetValue<bool>() == true;
        return Answer(call, Transitive.AllGroupsOf(call.Store, item).Where(id => call.Store.TryRead(id, out var group) && (!onlySecurity || group.Is("securityEnabled"))));
    }

    private static GraphResponse Answer(Call call, IEnumerable<Guid> ids) => JsonAnswer.Of(200, writer =>
    {
        writer.WriteString("@odata.context", $"{call.Request.Root}/$metadata#Collection(Edm.String)");
        writer.WriteStartArray("value");
        foreach (var id in ids)
        {
            writer.WriteStringValue(id);
        }

        writer.WriteEndArray();
    });

    private static IReadOnlyList<Guid> Ids(JsonNode? node, string name, int most)
    {
        if (node is not JsonArray array)
        {
            throw Errors.BadRequest($"A value is required for '{name}'.");
        }

        if (array.Count > most)
        {
            throw Errors.BadRequest(string.Create(CultureInfo.InvariantCulture, $"Too many values in '{name}': {array.Count}. The maximum is {most}."));
        }

        return [.. array.Select(item => Guid.TryParse(item?.ToString(), out var id) ? id : throw Errors.BadRequest($"Invalid object identifier '{item}'."))];
    }
}
