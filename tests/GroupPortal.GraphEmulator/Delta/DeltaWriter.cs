using System.Text.Json;
using GroupPortal.GraphEmulation.Query;
using GroupPortal.GraphEmulation.Schema;
using GroupPortal.GraphEmulation.Store;

namespace GroupPortal.GraphEmulation.Delta;

/// <summary>Writes entries as the objects are by now; what changed since comes again in the next round.</summary>
internal sealed class DeltaWriter(DirectoryStore store, DeltaRun run, bool isMinimal)
{
    private readonly Projection _projection = Projection.Of(DeltaChanges.Properties(run.Scope), [run.Scope.Type], isSingle: true, run.Scope.IsBeta);

    public void Write(Utf8JsonWriter writer, DeltaEntry entry)
    {
        writer.WriteStartObject();
        if (entry.Reason is null && store.Find(entry.Id) is { } item)
        {
            var isWhole = !isMinimal || item.Appeared > run.Since;
            _projection.Write(
                writer, item, withId: true, only: property => item.WasEverSet(property.Name) && (isWhole || item.HasChanged(property.Name, run.Since)));
            foreach (var relation in entry.Links.GroupBy(link => link.Relation))
            {
                Links(writer, relation.Key, relation.Select(link => (link.Id, link.IsGone)));
            }

            if (run.Scope.Follows("manager") && (isWhole || item.HasChanged("manager", run.Since)))
            {
                Manager(writer, item);
            }
        }
        else
        {
            writer.WriteString("id", entry.Id);
            Removed(writer, entry.Reason ?? (store.FindDeleted(entry.Id) is null ? "deleted" : "changed"));
        }

        writer.WriteEndObject();
    }

    private void Manager(Utf8JsonWriter writer, DirectoryObject item)
    {
        var links = new List<(Guid, bool)>();
        if (item.Manager is { } manager)
        {
            links.Add((manager, false));
        }

        if (run.Since >= 0 && item.FormerManager is { } former && former != item.Manager && item.HasChanged("manager", run.Since))
        {
            links.Add((former, true));
        }

        if (links.Count > 0)
        {
            Links(writer, "manager", links);
        }
    }

    private void Links(Utf8JsonWriter writer, string relation, IEnumerable<(Guid Id, bool IsGone)> links)
    {
        writer.WriteStartArray(relation + "@delta");
        foreach (var (id, isGone) in links)
        {
            writer.WriteStartObject();
            writer.WriteString("@odata.type", Schemas.Of(store.KindOf(id)).ODataType);
            writer.WriteString("id", id);
            if (isGone)
            {
                Removed(writer, "deleted");
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Removed(Utf8JsonWriter writer, string reason)
    {
        writer.WriteStartObject("@removed");
        writer.WriteString("reason", reason);
        writer.WriteEndObject();
    }
}
