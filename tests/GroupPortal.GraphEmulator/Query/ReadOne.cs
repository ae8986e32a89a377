using GroupPortal.GraphEmulation.Http;
using GroupPortal.GraphEmulation.Schema;
using GroupPortal.GraphEmulation.Store;

namespace GroupPortal.GraphEmulation.Query;

/// <summary>One object by its URL.</summary>
internal static class ReadOne
{
    public static GraphResponse Answer(Call call, DirectoryObject item, bool withType = false)
    {
        var type = Schemas.Of(item.Kind);
        var query = call.Request.Query;
        var projection = Projection.Of(query.Select, [type], isSingle: true, call.Request.IsBeta);
        var expand = Expansion.Parse(query.Expand, [type], call.Request.IsBeta);
        return JsonAnswer.Of(200, writer =>
        {
            var names = query.Select is { } select ? $"({string.Join(',', select)})" : "";
            writer.WriteString("@odata.context", $"{call.Request.Root}/$metadata#{(withType ? "directoryObjects" : type.Set)}{names}/$entity");
            projection.Write(writer, item, withType);
            Expansion.Write(writer, call.Store, item, expand);
        });
    }
}
