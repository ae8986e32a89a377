using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using GroupPortal.GraphEmulation.Dynamic;
using GroupPortal.GraphEmulation.Http;
using GroupPortal.GraphEmulation.Schema;
using GroupPortal.GraphEmulation.Store;

namespace GroupPortal.GraphEmulation.Query;

/// <summary>Which properties of an object are answered, and how they are written.</summary>
internal sealed class Projection
{
    private readonly Dictionary<ObjectKind, IReadOnlyList<Property>> _properties = [];

    private Projection()
    {
    }

    /// <summary>The names as they were selected; null: the default set.</summary>
    public IReadOnlyList<string>? Names { get; private init; }

    /// <param name="select">Null: the default set.</param>
    /// <param name="isSingle">One object is asked, not a list: what lies outside the main store may be selected.</param>
    /// <param name="relations">Names that may be selected and are no properties: members of a delta.</param>
    public static Projection Of(
        IReadOnlyList<string>? select, IReadOnlyList<ResourceType> types, bool isSingle, bool isBeta, IReadOnlyCollection<string>? relations = null)
    {
        var projection = new Projection { Names = select };
        foreach (var type in types)
        {
            projection._properties[type.Kind] = select is null || select.Contains("*") ? type.Defaults : Selected(type, select, isBeta);
        }

        foreach (var name in select ?? [])
        {
            var root = name.Split('/')[0];
            if (root == "*" || relations?.Contains(root, StringComparer.OrdinalIgnoreCase) == true)
            {
                continue;
            }

            var found = types.Select(type => type.Find(root)).FirstOrDefault(property => property is not null && (isBeta || !property.Has(PropertyTraits.Beta)))
                ?? throw Errors.BadUrl(
                    $"Parsing OData Select and Expand failed: Could not find a property named '{root}' on type 'microsoft.graph.{(types.Count == 1 ? types[0].Name : "directoryObject")}'.");
            if (found.Has(PropertyTraits.Exchange) && !isSingle)
            {
                throw Errors.UnsupportedQuery($"Property '{found.Name}' can only be selected when a single group is read.");
            }
        }

        return projection;
    }

    /// <summary>What the caller may not read: type and id, the rest null.</summary>
    public void WriteLimited(Utf8JsonWriter writer, DirectoryObject item)
    {
        writer.WriteString("@odata.type", Schemas.Of(item.Kind).ODataType);
        writer.WriteString("id", item.IdText);
        foreach (var property in PropertiesOf(item.Kind).Where(property => property.Name != "id"))
        {
            writer.WriteNull(property.Name);
        }
    }

    public void Write(Utf8JsonWriter writer, DirectoryObject item, bool withType = false, bool withId = false, Func<Property, bool>? only = null)
    {
        if (withType)
        {
            writer.WriteString("@odata.type", Schemas.Of(item.Kind).ODataType);
        }

        // A selection without id is answered without it.
        if (withId || Names is null || Names.Contains("id", StringComparer.OrdinalIgnoreCase) || Names.Contains("*"))
        {
            writer.WriteString("id", item.IdText);
        }

        foreach (var property in _properties.GetValueOrDefault(item.Kind) ?? [])
        {
            if (property.Name != "id" && only?.Invoke(property) != false)
            {
                writer.WritePropertyName(property.Name);
                // The one value that is worked out when asked.
                var value = property.Name == "membershipRuleProcessingStatus" ? DynamicEndpoints.Status(item) : item[property.Name];
                WriteValue(writer, value, property);
            }
        }
    }

    public IReadOnlyList<Property> PropertiesOf(ObjectKind kind) => _properties.GetValueOrDefault(kind) ?? [];

    private static IReadOnlyList<Property> Selected(ResourceType type, IReadOnlyList<string> select, bool isBeta) =>
        [.. select.Select(name => type.Find(name.Split('/')[0])).OfType<Property>().Where(property => isBeta || !property.Has(PropertyTraits.Beta)).Distinct()];

    private static void WriteValue(Utf8JsonWriter writer, object? value, Property property)
    {
        switch (value)
        {
            case null when property.Type is PropertyType.Texts or PropertyType.Complexes:
                writer.WriteStartArray();
                writer.WriteEndArray();
                break;
            case null:
                writer.WriteNullValue();
                break;
            case string text:
                writer.WriteStringValue(text);
                break;
            case bool truth:
                writer.WriteBooleanValue(truth);
                break;
            case long number:
                writer.WriteNumberValue(number);
                break;
            case DateTimeOffset time:
                writer.WriteStringValue(Instant(time));
                break;
            case string[] texts:
                writer.WriteStartArray();
                foreach (var text in texts)
                {
                    writer.WriteStringValue(text);
                }

                writer.WriteEndArray();
                break;
            case JsonNode node:
                node.WriteTo(writer);
                break;
            default:
                throw new InvalidOperationException($"{property.Name} holds a {value.GetType()}.");
        }
    }

    public static string Instant(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
