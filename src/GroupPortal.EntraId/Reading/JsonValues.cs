using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;

namespace GroupPortal.EntraId.Reading;

/// <summary>
/// The values of what Graph answers. Whatever is absent, null or of another type is as if it were not there: an app without the
/// permission for a kind of object gets nothing of it but type and id.
/// </summary>
internal static class JsonValues
{
    public static string? Text(this JsonElement item, string name) =>
        item.TryFind(name, JsonValueKind.String, out var value) && value.GetString() is { Length: > 0 } text ? text : null;

    public static IReadOnlyList<string> Texts(this JsonElement item, string name) =>
        item.TryFind(name, JsonValueKind.Array, out var values)
            ? [.. values.EnumerateArray().Where(value => value.ValueKind == JsonValueKind.String).Select(value => value.GetString()!).Where(text => text.Length > 0)]
            : [];

    public static bool? Flag(this JsonElement item, string name) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out var value)
            ? value.ValueKind switch
            {
                JsonValueKind.True => true,
                JsonValueKind.False => false,
                _ => null,
            }
            : null;

    public static long? Number(this JsonElement item, string name) =>
        item.TryFind(name, JsonValueKind.Number, out var value) && value.TryGetInt64(out var number) ? number : null;

    public static DateTimeOffset? Time(this JsonElement item, string name) =>
        item.Text(name) is { } text && DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : null;

    public static Guid? Id(this JsonElement item) => Guid.TryParse(item.Text("id"), out var id) ? id : null;

    public static IEnumerable<JsonElement> Items(this JsonElement item, string name = "value") =>
        item.TryFind(name, JsonValueKind.Array, out var values) ? values.EnumerateArray() : [];

    public static bool Has(this JsonElement item, string name) => item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out _);

    private static bool TryFind(this JsonElement item, string name, JsonValueKind kind, [MaybeNullWhen(false)] out JsonElement value)
    {
        value = default;
        return item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out value) && value.ValueKind == kind;
    }
}
