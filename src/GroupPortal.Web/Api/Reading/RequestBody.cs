using System.Buffers;
using System.IO.Pipelines;

namespace GroupPortal.Web.Api.Reading;

/// <summary>
/// The bytes of a request's body, whatever its method and Content-Type: clients of this API send bodies with GET and DELETE,
/// and not all of them say what it is.
/// </summary>
internal static class RequestBody
{
    public const int MaximumBytes = 10 * 1024 * 1024;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>The body; null when it is larger than <see cref="MaximumBytes"/>.</summary>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpRequest request)
    {
        if (request.ContentLength > MaximumBytes)
        {
            return null;
        }

        var buffer = new ArrayBufferWriter<byte>(Math.Max((int)(request.ContentLength ?? 0), 256));
        try
        {
            while (true)
            {
                var read = await request.BodyReader.ReadAsync(request.HttpContext.RequestAborted);
                foreach (var segment in read.Buffer)
                {
                    if (buffer.WrittenCount + segment.Length > MaximumBytes)
                    {
                        return null;
                    }

                    buffer.Write(segment.Span);
                }

                request.BodyReader.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted)
                {
                    break;
                }
            }
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return null;
        }

        var body = buffer.WrittenMemory;
        return body.Span.StartsWith(ByteOrderMark) ? body[ByteOrderMark.Length..] : body;
    }
}
