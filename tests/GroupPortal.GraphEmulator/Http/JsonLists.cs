using System.Text.Json;

namespace GroupPortal.GraphEmulation.Http;

/// <summary>Lists of things that are no directory objects.</summary>
internal static class JsonLists
{
    public static GraphResponse Of<T>(Call call, string context, IEnumerable<T> items, Action<Utf8JsonWriter, T> content) => JsonAnswer.Of(200, writer =>
    {
        writer.WriteString("@odata.context", $"{call.Request.Root}/$metadata#{context}");
        writer.WriteStartArray("value");
        foreach (var item in items)
        {
            writer.WriteStartObject();
            content(writer, item);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });
}
