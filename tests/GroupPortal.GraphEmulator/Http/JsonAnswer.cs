using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace GroupPortal.GraphEmulation.Http;

internal static class JsonAnswer
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>An object whose content is written by the caller.</summary>
    public static GraphResponse Of(int status, Action<Utf8JsonWriter> content)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            writer.WriteStartObject();
            content(writer);
            writer.WriteEndObject();
        }

        return new GraphResponse(status, buffer.WrittenMemory);
    }

    public static GraphResponse Of(GraphError error, DateTimeOffset now, string requestId, string? clientRequestId)
    {
        var response = Of(error.Status, writer =>
        {
            writer.WriteStartObject("error");
            writer.WriteString("code", error.Code);
            writer.WriteString("message", error.Message);
            if (error.Details.Count > 0)
            {
                writer.WriteStartArray("details");
                foreach (var (target, code, message) in error.Details)
                {
                    writer.WriteStartObject();
                    writer.WriteString("target", target);
                    writer.WriteString("code", code);
                    writer.WriteString("message", message);
                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
            }

            writer.WriteStartObject("innerError");
            writer.WriteString("date", now.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss", System.Globalization.CultureInfo.InvariantCulture));
            writer.WriteString("request-id", requestId);
            writer.WriteString("client-request-id", clientRequestId ?? requestId);
            writer.WriteEndObject();
            writer.WriteEndObject();
        });
        foreach (var (name, value) in error.Headers)
        {
            response.With(name, value);
        }

        return response;
    }
}
