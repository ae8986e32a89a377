using GroupPortal.GraphEmulation.Inspection;
using GroupPortal.GraphEmulation.Tokens;
using Microsoft.AspNetCore.Http.Features;

namespace GroupPortal.GraphEmulation.Http;

/// <summary>Kestrel on the loopback address, in front of the pipeline.</summary>
internal static class GraphServer
{
    public static async Task<WebApplication> StartAsync(Tenant tenant, Pipeline pipeline, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(System.Net.IPAddress.Loopback, tenant.Options.Port);
            kestrel.AddServerHeader = false;
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        var app = builder.Build();
        app.Run(context => AnswerAsync(context, tenant, pipeline));
        await app.StartAsync(cancellationToken);
        return app;
    }

    private static async Task AnswerAsync(HttpContext context, Tenant tenant, Pipeline pipeline)
    {
        var path = context.Request.Path.Value ?? "/";
        if (path.EndsWith("/oauth2/v2.0/token", StringComparison.OrdinalIgnoreCase) && HttpMethods.IsPost(context.Request.Method))
        {
            await TokenEndpoint.AnswerAsync(context, tenant);
            return;
        }

        var response = path.StartsWith(InspectionEndpoints.Root, StringComparison.OrdinalIgnoreCase)
            ? await InspectionEndpoints.AnswerAsync(context, tenant)
            : await pipeline.AnswerAsync(await ReadAsync(context), null, context.RequestAborted);
        if (response is null)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = response.Status;
        foreach (var (name, value) in response.Headers)
        {
            context.Response.Headers[name] = value;
        }

        context.Response.Headers.CacheControl = "no-cache";
        if (response.Body.Length > 0)
        {
            context.Response.ContentType = response.ContentType == "application/json"
                ? "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8"
                : response.ContentType;
            context.Response.ContentLength = response.Body.Length;
            await context.Response.Body.WriteAsync(response.Body, context.RequestAborted);
        }
    }

    private static async Task<Incoming> ReadAsync(HttpContext context)
    {
        var request = context.Request;
        var headers = request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        using var reader = new StreamReader(request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        // The target as it came: ASP.NET would unescape the path.
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        // Links say https when a proxy in front of us speaks it.
        var scheme = headers.GetValueOrDefault("X-Forwarded-Proto") is "https" ? "https" : request.Scheme;
        return new Incoming(request.Method, target, $"{scheme}://{request.Host}", headers, body);
    }
}
