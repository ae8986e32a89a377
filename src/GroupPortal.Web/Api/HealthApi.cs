namespace GroupPortal.Web.Api;

internal static class HealthApi
{
    public static void MapHealth(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/health", () => TypedResults.Ok(new Health("ok"))).AllowAnonymous().WithName("Health");

    private sealed record Health(string Status);
}
