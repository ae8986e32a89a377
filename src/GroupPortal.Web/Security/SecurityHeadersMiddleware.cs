namespace GroupPortal.Web.Security;

/// <summary>
/// Sets the security headers of every response, also of errors and static files.
/// They are set when the response starts: an exception handler clears whatever was set before it.
/// </summary>
internal sealed class SecurityHeadersMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        context.Response.OnStarting(static state =>
        {
            var started = (HttpContext)state;
            var headers = started.Response.Headers;
            headers.ContentSecurityPolicy = ContentSecurityPolicy(started.Request.Host);
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "same-origin";
            headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            return Task.CompletedTask;
        }, context);
        return next(context);
    }

    // 'unsafe-inline' for styles only: Radzen's popups, dialogs and bars carry style attributes. Safari's 'self' does not
    // cover web sockets, hence the host by name; Kestrel lets no character into a host that could end the directive.
    private static string ContentSecurityPolicy(HostString host) =>
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
        + (host.HasValue ? $"connect-src 'self' ws://{host} wss://{host}; " : "connect-src 'self'; ")
        + "base-uri 'self'; object-src 'none'; form-action 'self'; frame-ancestors 'none'";
}
