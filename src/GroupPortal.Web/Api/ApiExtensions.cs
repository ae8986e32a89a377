using System.Threading.RateLimiting;
using GroupPortal.Web.Api.Description;
using GroupPortal.Web.Api.Groups;
using GroupPortal.Web.Api.SmartGroups;
using GroupPortal.Web.Api.Tokens;
using GroupPortal.Web.Api.Writing;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;

namespace GroupPortal.Web.Api;

/// <summary>The REST API: the groups API, its tokens and its documentation.</summary>
internal static class ApiExtensions
{
    private const string PerAccount = "per-account";
    private const int MostAtOnce = 100;

    public static IServiceCollection AddPortalApi(this IServiceCollection services)
    {
        services.AddSingleton<GroupTargets>();
        services.AddSingleton<GroupWrites>();
        services.AddSingleton<GroupReadApi>();
        services.AddSingleton<GroupWriteApi>();
        services.AddSingleton<ManyGroupsWriteApi>();
        services.AddSingleton<PreviewApi>();
        services.AddSingleton<TranslateApi>();
        services.AddSingleton<SmartGroupsApi>();
        services.AddSingleton<TaskApi>();
        services.AddSingleton<TokenApi>();
        services.AddOpenApi(options =>
        {
            options.ShouldInclude = operation => ApiPaths.IsApi("/" + operation.RelativePath);
            options.AddDocumentTransformer<ApiDescription>();
        });
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, BearerTokens>(BearerTokens.SchemeName, configureOptions: null);
        services.AddRateLimiter(limits =>
        {
            limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limits.OnRejected = async (rejected, _) => await Answers.WriteAsync(rejected.HttpContext, new ApiError(
                StatusCodes.Status429TooManyRequests, "Throttled", "Too many requests of this account at once.") { RetryAfter = TimeSpan.FromSeconds(1) });
            limits.AddPolicy(PerAccount, context => RateLimitPartition.GetConcurrencyLimiter(
                context.User.Identity?.Name ?? string.Empty, _ => new ConcurrencyLimiterOptions { PermitLimit = MostAtOnce }));
        });
        return services;
    }

    public static void UseApiFailures(this IApplicationBuilder app) =>
        app.UseWhen(context => ApiPaths.IsApi(context.Request.Path), api => api.UseMiddleware<ApiFailures>());

    /// <summary>The page over the OpenAPI document. Its scripts are files, as the content security policy wants them.</summary>
    public static void UseApiPage(this IApplicationBuilder app) =>
        app.UseSwaggerUI(page =>
        {
            page.DocumentTitle = "GroupPortal API";
            page.SwaggerEndpoint(ApiDescription.Address, "GroupPortal");
        });

    public static void MapPortalApi(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapOpenApi().AllowAnonymous();
        TokenApi.Map(endpoints);
        var bearer = new AuthorizationPolicyBuilder(BearerTokens.SchemeName).RequireAuthenticatedUser().Build();
        var root = endpoints.MapGroup(string.Empty).RequireAuthorization(bearer).RequireRateLimiting(PerAccount).DisableAntiforgery();
        CriteriaApi.Map(root.MapGroup(ApiPaths.Groups), root.MapGroup(ApiPaths.Criteria));
        GroupsApi.Map(root.MapGroup(ApiPaths.Groups), root);
    }
}
