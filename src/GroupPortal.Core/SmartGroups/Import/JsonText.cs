using System.Text.Json;

namespace GroupPortal.Core.SmartGroups.Import;

/// <summary>Texts and names out of JSON that somebody else wrote, half of a surrogate pair included.</summary>
internal static class JsonText
{
    /// <summary>Null for what is no single value.</summary>
    public static string? Of(JsonElement? element) => element switch
    {
        { ValueKind: JsonValueKind.String } text => TextOf(text),
        { ValueKind: JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False } value => value.GetRawText(),
        _ => null,
    };

    public static IEnumerable<(string Name, JsonElement Value)> Properties(JsonElement element)
    {
        foreach (var property in element.EnumerateObject())
        {
            if (NameOf(property) is { } name)
            {
                yield return (name, property.Value);
            }
        }
    }

    private static string? NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string TextOf(JsonElement element)
    {
        try
        {
            return element.GetString() ?? string.Empty;
        }
        catch (InvalidOperationException)
        {
            return element.GetRawText().Trim('"');
        }
    }
}
