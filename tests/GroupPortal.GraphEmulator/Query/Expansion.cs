using System.Text.Json;
using GroupPortal.GraphEmulation.Http;
using GroupPortal.GraphEmulation.Schema;
using GroupPortal.GraphEmulation.Store;

namespace GroupPortal.GraphEmulation.Query;

/// <summary>$expand of one relation, with a $select of its own; lists are cut after 20 as Graph does.</summary>
internal sealed record Expansion(string Relation, Projection Projection)
{
    private const int Most = 20;

    public static IReadOnlyList<Expansion> Parse(string? text, IReadOnlyList<ResourceType> types, bool isBeta)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return [];
        }

        if (types.Count > 1)
        {
            throw Errors.UnsupportedQuery("$expand is not supported on this collection.");
        }

        var (name, inside) = text.IndexOf('(', StringComparison.Ordinal) is var bracket and > 0 && text.EndsWith(')')
            ? (text[..bracket], text[(bracket + 1)..^1])
            : (text, "");
        var relation = (types[0].Kind, name.ToUpperInvariant()) switch
        {
            (ObjectKind.User, "MANAGER") => "manager",
            (ObjectKind.User, "DIRECTREPORTS") => "directReports",
            (ObjectKind.Group, "MEMBERS") => "members",
            (ObjectKind.Group, "OWNERS") => "owners",
            (_, "MEMBEROF") => "memberOf",
            _ when text.Contains(',', StringComparison.Ordinal) && inside.Length == 0 => throw Errors.UnsupportedQuery("The query specified in the URI is not valid. $expand supports one relation."),
            _ => throw Errors.BadUrl($"Parsing OData Select and Expand failed: Could not find a property named '{name}' on type 'microsoft.graph.{types[0].Name}'."),
        };
        return [new Expansion(relation, Projection.Of(QueryOptions.Parse(inside).Select, Schemas.All, isSingle: false, isBeta))];
    }

    public static void Write(Utf8JsonWriter writer, DirectoryStore store, DirectoryObject item, IReadOnlyList<Expansion> expansions)
    {
        foreach (var expansion in expansions)
        {
            if (expansion.Relation == "manager")
            {
                if (item.Manager is { } id && store.Find(id) is { } manager)
                {
                    writer.WriteStartObject("manager");
                    expansion.Projection.Write(writer, manager, withType: true);
                    writer.WriteEndObject();
                }

                continue;
            }

            var others = expansion.Relation switch
            {
                "members" => item.Group!.Members.Ids,
                "owners" => item.Group!.Owners.Ids,
                "memberOf" => item.MemberOf,
                _ => store.All(ObjectKind.User).Where(person => person.Manager == item.Id).Select(person => person.Id),
            };
            writer.WriteStartArray(expansion.Relation);
            foreach (var other in others.Select(store.Find).OfType<DirectoryObject>().Take(Most))
            {
                writer.WriteStartObject();
                expansion.Projection.Write(writer, other, withType: true);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }
    }
}
