using System.IO.Pipelines;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace GroupPortal.Web.Api.Writing;

/// <summary>Writes answers, field by field as the samples show them, straight to the response.</summary>
internal sealed class WireWriter(PipeWriter output) : IAsyncDisposable
{
    private const int FlushAt = 32 * 1024;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    private readonly Utf8JsonWriter _json = new(output, Options);

    public Utf8JsonWriter Json => _json;

    public static async Task WriteAsync(HttpContext context, int httpStatus, WireEnvelope envelope)
    {
        await using var writer = Begin(context, httpStatus);
        await writer.EnvelopeAsync(envelope, context.RequestAborted);
    }

    /// <summary>Sets what every answer of the API has and begins its body.</summary>
    public static WireWriter Begin(HttpContext context, int httpStatus)
    {
        context.Response.StatusCode = httpStatus;
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        return new WireWriter(context.Response.BodyWriter);
    }

    /// <summary>What is left goes out with the end of the response: a flush of its own would be a packet of its own.</summary>
    public ValueTask DisposeAsync() => _json.DisposeAsync();

    /// <summary>Passes on what has been written once it is worth a packet, and waits where the client reads slowly.</summary>
    public async ValueTask BreatheAsync(CancellationToken cancellation)
    {
        if (_json.BytesPending >= FlushAt)
        {
            await _json.FlushAsync(cancellation);
            await output.FlushAsync(cancellation);
        }
    }

    private async Task EnvelopeAsync(WireEnvelope envelope, CancellationToken cancellation)
    {
        _json.WriteStartObject();
        if (envelope.Shape == WireShape.EntraCreate)
        {
            _json.WriteString("name", envelope.Name);
            Verdict(envelope);
            await PayloadAsync(envelope, cancellation);
            await DetailsAsync(envelope, envelope.Shape, cancellation);
            _json.WriteString("currentDirectoryServer", envelope.Server);
            _json.WriteString("errorCode", envelope.ErrorCode);
            Exceptions(envelope, emptyAsObject: true);
            _json.WriteBoolean("isResyncAble", value: true);
        }
        else
        {
            _json.WriteString("currentDirectoryServer", envelope.Server);
            Exceptions(envelope, emptyAsObject: false);
            await PayloadAsync(envelope, cancellation);
            _json.WriteString("name", envelope.Name);
            _json.WriteString("errorCode", envelope.ErrorCode);
            await DetailsAsync(envelope, envelope.Shape, cancellation);
            _json.WriteNumber("type", envelope.Type);
            _json.WriteString("message", envelope.Message);
            _json.WriteNumber("status", (int)envelope.Status);
        }

        envelope.Beside?.Invoke(_json);
        _json.WriteEndObject();
    }

    private async Task DetailsAsync(WireNode parent, WireShape shape, CancellationToken cancellation)
    {
        _json.WriteStartArray("details");
        foreach (var node in parent.Details)
        {
            _json.WriteStartObject();
            if (shape == WireShape.EntraCreate)
            {
                _json.WriteString("name", node.Name);
                Verdict(node);
                Nothing("data", "identityStoreObject");
                await DetailsAsync(node, shape, cancellation);
                Nothing("currentDirectoryServer");
                _json.WriteString("errorCode", node.ErrorCode);
                Exceptions(node, emptyAsObject: false);
                _json.WriteBoolean("isResyncAble", value: true);
            }
            else
            {
                Nothing("currentDirectoryServer");
                Exceptions(node, emptyAsObject: false);
                Nothing("data", "identityStoreObject");
                _json.WriteString("name", node.Name);
                _json.WriteString("errorCode", node.ErrorCode);
                await DetailsAsync(node, shape, cancellation);
                _json.WriteNumber("type", node.Type);
                _json.WriteString("message", node.Message);
                _json.WriteNumber("status", (int)node.Status);
            }

            _json.WriteEndObject();
            await BreatheAsync(cancellation);
        }

        _json.WriteEndArray();
    }

    private void Verdict(WireNode node)
    {
        _json.WriteNumber("type", node.Type);
        _json.WriteNumber("status", (int)node.Status);
        _json.WriteString("message", node.Message);
    }

    private async Task PayloadAsync(WireEnvelope envelope, CancellationToken cancellation)
    {
        if (envelope.TaskId is { } task)
        {
            _json.WriteNumber("data", task);
        }
        else if (envelope.Data is { } data)
        {
            _json.WriteString("data", data);
        }
        else
        {
            _json.WriteNull("data");
        }

        _json.WritePropertyName("identityStoreObject");
        if (envelope.IdentityStoreObject is { } write)
        {
            await write(this, cancellation);
        }
        else
        {
            _json.WriteNullValue();
        }
    }

    private void Nothing(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            _json.WriteNull(name);
        }
    }

    private void Exceptions(WireNode node, bool emptyAsObject)
    {
        if (node.Exceptions.Count == 0 && !emptyAsObject)
        {
            _json.WriteNull("exceptionMessagesAttributeWise");
            return;
        }

        _json.WriteStartObject("exceptionMessagesAttributeWise");
        foreach (var exception in node.Exceptions)
        {
            _json.WriteString(exception.Attribute, exception.Message);
        }

        _json.WriteEndObject();
    }
}
