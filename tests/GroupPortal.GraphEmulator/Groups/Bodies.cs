using System.Globalization;
using System.Text.Json.Nodes;
using GroupPortal.GraphEmulation.Http;
using GroupPortal.GraphEmulation.Schema;

namespace GroupPortal.GraphEmulation.Groups;

/// <summary>Values out of request bodies, by the type of their property.</summary>
internal static class Bodies
{
    public static object? Value(Property property, ResourceType type, JsonNode? node)
    {
        if (node is null)
        {
            return null;
        }

        try
        {
            return property.Type switch
            {
                PropertyType.Text => node.GetValue<string>(),
                PropertyType.Boolean => node.GetValue<bool>(),
                PropertyType.Number => node.GetValue<long>(),
                PropertyType.Time => DateTimeOffset.Parse(node.GetValue<string>(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
                PropertyType.Texts => node.AsArray().Select(item => item!.GetValue<string>()).ToArray(),
                PropertyType.Complex => node.AsObject().DeepClone(),
                _ => node.AsArray().DeepClone(),
            };
        }
        catch (Exception wrong) when (wrong is InvalidOperationException or FormatException or NullReferenceException)
        {
            throw Errors.InvalidValue(property.Name, type.Title);
        }
    }

    /// <summary>The ids of <c>members@odata.bind</c> or of an <c>@odata.id</c>: the last segment of each URL.</summary>
    public static IReadOnlyList<Guid> Bound(JsonNode? node) => node switch
    {
        null => [],
        JsonArray array => [.. array.Select(One)],
        _ => [One(node)],
    };

    private static Guid One(JsonNode? node)
    {
        var url = node is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";
        var last = url.TrimEnd('/').Split('/', '\'', '(')[^1].TrimEnd(')');
        if (url.Contains("('", StringComparison.Ordinal))
        {
            last = url[(url.LastIndexOf("('", StringComparison.Ordinal) + 2)..].TrimEnd(')', '\'');
        }

        return Uri.TryCreate(url, UriKind.Absolute, out _) && Guid.TryParse(last, out var id)
            ? id
            : throw Errors.BadRequest($"Invalid URL format specified in @odata.bind: '{url}'.");
    }
}
