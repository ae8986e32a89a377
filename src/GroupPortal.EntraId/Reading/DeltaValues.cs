using System.Globalization;
using System.Text.Json;
using GroupPortal.Core.Criteria;

namespace GroupPortal.EntraId.Reading;

/// <summary>The values of an object of a delta, in the vocabulary's names and forms.</summary>
internal static class DeltaValues
{
    private const string Synchronised = "dirSyncEnabled";

    public static IEnumerable<KeyValuePair<string, IReadOnlyList<string>>> Of(JsonElement item, DeltaFeed feed)
    {
        foreach (var (attribute, property, inner) in feed.Attributes)
        {
            var values = inner is null ? ValuesOf(item, property, attribute) : Inner(item, property, inner);
            if (values.Count > 0)
            {
                yield return KeyValuePair.Create(attribute.Name, attribute.IsMultiValued || values.Count == 1 ? values : [values[0]]);
            }
        }
    }

    private static IReadOnlyList<string> ValuesOf(JsonElement item, string property, CriteriaAttribute attribute)
    {
        if (attribute.Fields.Count > 0)
        {
            return [.. item.Items(property).Select(plan => Written(plan, attribute.Fields)).Where(text => text.Length > 0)];
        }

        return attribute.Syntax switch
        {
            CriteriaSyntaxes.Boolean => item.Flag(property) switch
            {
                true => ["TRUE"],
                false => ["FALSE"],
                // Whoever was never synchronised has no value, and the rule language takes that for false.
                null => attribute.Name == Synchronised ? ["FALSE"] : [],
            },
            CriteriaSyntaxes.Time => item.Time(property) is { } time
                ? [time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)]
                : [],
            _ => item.Text(property) is { } text ? [text] : item.Texts(property),
        };
    }

    /// <summary>Of an object a value; of a list of telephones the first of a type, of another list the first that has the value.</summary>
    private static IReadOnlyList<string> Inner(JsonElement item, string property, string inner)
    {
        var text = !item.Has(property) ? null
            : item.GetProperty(property).ValueKind == JsonValueKind.Object ? item.GetProperty(property).Text(inner)
            : item.Items(property).Select(one => property == "phones" ? (one.Text("type") == inner ? one.Text("number") : null) : one.Text(inner)).FirstOrDefault(value => value is not null);
        return text is null ? [] : [text];
    }

    private static string Written(JsonElement plan, IReadOnlyList<string> fields) =>
        string.Join(';', fields.Select(field => (Field: field, Value: plan.Text(field))).Where(pair => pair.Value is not null).Select(pair => $"{pair.Field}={pair.Value}"));
}
