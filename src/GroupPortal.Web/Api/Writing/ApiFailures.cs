using GroupPortal.Web.Api.Groups;

namespace GroupPortal.Web.Api.Writing;

/// <summary>The last resort of the API: a program gets the envelope, never the page for people.</summary>
internal sealed class ApiFailures(RequestDelegate next, ILogger<ApiFailures> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is left to answer; what was started goes on.
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            var error = exception switch
            {
                BadHttpRequestException bad => new ApiError(bad.StatusCode, ErrorCode: null, "The request is no valid HTTP."),
                OperationCanceledException => new ApiError(
                    StatusCodes.Status503ServiceUnavailable, "Unavailable", "The portal is stopping. What was started goes on after its restart; read the group before asking again."),
                _ => new ApiError(StatusCodes.Status500InternalServerError, "Other", $"The portal failed. Its log says more, under {context.TraceIdentifier}."),
            };
            if (error.Http == StatusCodes.Status500InternalServerError)
            {
                logger.LogError(exception, "{Method} {Path} failed, {TraceId}.", context.Request.Method, context.Request.Path, context.TraceIdentifier);
            }

            context.Response.Clear();
            await Answers.WriteAsync(context, error);
        }
    }
}
