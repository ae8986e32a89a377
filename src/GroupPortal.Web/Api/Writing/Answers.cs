using System.Globalization;
using GroupPortal.Web.Api.Groups;

namespace GroupPortal.Web.Api.Writing;

/// <summary>Answers that are errors and nothing else.</summary>
internal static class Answers
{
    /// <param name="type">The operation's own top <c>type</c>.</param>
    public static Task WriteAsync(HttpContext context, ApiError error, int type = 0, WireShape shape = WireShape.Classic)
    {
        SetRetryAfter(context, error);
        return WireWriter.WriteAsync(context, error.Http, new WireEnvelope(null, type, WireStatus.Failed)
        {
            Shape = shape,
            Message = error.Message,
            ErrorCode = error.ErrorCode,
            Exceptions = error.Exceptions,
        });
    }

    public static void SetRetryAfter(HttpContext context, ApiError? error)
    {
        if (error?.RetryAfter is { } after)
        {
            context.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(after.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }
    }
}
