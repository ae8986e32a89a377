using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using GroupPortal.Core.Directories;

namespace GroupPortal.Application.Storage;

/// <summary>JSON in columns: read by later versions too, so names stay, unknown ones are ignored, and enums are words.</summary>
internal static class StateJson
{
    public static readonly JsonSerializerOptions Options = new()
    {
        // Never sent to a browser as it is; names stay readable in the file.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // Worked-out properties (a problem's sentence) are not stored.
        IgnoreReadOnlyProperties = true,
        PropertyNameCaseInsensitive = true,
        Converters = { new JsonStringEnumConverter(), new DirectoryErrorJson() },
    };

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    public static string? WriteOptional<T>(T? value)
        where T : class => value is null ? null : JsonSerializer.Serialize(value, Options);

    public static T Read<T>(string json) =>
        JsonSerializer.Deserialize<T>(json, Options) ?? throw new JsonException("The column holds null.");

    public static T? ReadOptional<T>(string? json)
        where T : class => json is null ? null : JsonSerializer.Deserialize<T>(json, Options);

    /// <summary>The closed set of errors, told apart by their code.</summary>
    private sealed class DirectoryErrorJson : JsonConverter<DirectoryError>
    {
        public override DirectoryError Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var stored = JsonSerializer.Deserialize<StoredError>(ref reader, options) ?? throw new JsonException("No error.");
            DirectoryError error = stored.Code switch
            {
                nameof(DirectoryError.NotFound) => new DirectoryError.NotFound(),
                nameof(DirectoryError.AlreadyExists) => new DirectoryError.AlreadyExists(),
                nameof(DirectoryError.AccessDenied) => new DirectoryError.AccessDenied { Attributes = stored.Attributes ?? [] },
                nameof(DirectoryError.InvalidValue) => new DirectoryError.InvalidValue(),
                nameof(DirectoryError.UnknownAttribute) => new DirectoryError.UnknownAttribute(),
                nameof(DirectoryError.ReadOnlyAttribute) => new DirectoryError.ReadOnlyAttribute(),
                nameof(DirectoryError.Conflict) => new DirectoryError.Conflict(stored.Expected ?? [], stored.Found ?? []),
                nameof(DirectoryError.Throttled) => new DirectoryError.Throttled(stored.After ?? TimeSpan.Zero),
                nameof(DirectoryError.Unavailable) => new DirectoryError.Unavailable(),
                nameof(DirectoryError.Unsupported) => new DirectoryError.Unsupported(),
                nameof(DirectoryError.PolicyBlocked) => new DirectoryError.PolicyBlocked(),
                _ => new DirectoryError.Other(stored.Raw ?? stored.Code),
            };
            return error with { Attribute = stored.Attribute, ServerText = stored.ServerText, RequestId = stored.RequestId, Detail = stored.Detail };
        }

        public override void Write(Utf8JsonWriter writer, DirectoryError value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, new StoredError(value.Code)
            {
                Attribute = value.Attribute,
                ServerText = value.ServerText,
                RequestId = value.RequestId,
                Detail = value.Detail,
                Expected = (value as DirectoryError.Conflict)?.Expected,
                Found = (value as DirectoryError.Conflict)?.Found,
                Attributes = value is DirectoryError.AccessDenied { Attributes: { Count: > 0 } denied } ? denied : null,
                After = (value as DirectoryError.Throttled)?.After,
                Raw = (value as DirectoryError.Other)?.Raw,
            }, options);
    }

    private sealed record StoredError(string Code)
    {
        public string? Attribute { get; init; }

        public string? ServerText { get; init; }

        public string? RequestId { get; init; }

        public string? Detail { get; init; }

        public IReadOnlyList<string>? Expected { get; init; }

        public IReadOnlyList<string>? Found { get; init; }

        public IReadOnlyList<string>? Attributes { get; init; }

        public TimeSpan? After { get; init; }

        public string? Raw { get; init; }
    }
}
