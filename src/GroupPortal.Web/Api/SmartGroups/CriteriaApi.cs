namespace GroupPortal.Web.Api.SmartGroups;

/// <summary>The addresses of what reads and shows rules; those that change something stand with the groups.</summary>
internal static class CriteriaApi
{
    private static readonly string[] Read = [HttpMethods.Get];

    public static void Map(IEndpointRouteBuilder groups, IEndpointRouteBuilder criteria)
    {
        groups.MapMethods("/SmartGroups/Members", Read, (HttpContext context, PreviewApi api, string identityStoreId) =>
            api.MembersAsync(context, identityStoreId)).WithName("PreviewMembers");
        groups.MapPost("/SmartGroups/Members", (HttpContext context, PreviewApi api, string identityStoreId) =>
            api.MembersAsync(context, identityStoreId)).WithName("PreviewMembersByPost");
        groups.MapPost("/SmartGroups/Preview", (HttpContext context, PreviewApi api, string identityStoreId) =>
            api.PreviewAsync(context, identityStoreId)).WithName("PreviewSmartGroup");
        criteria.MapPost("/Translate", (HttpContext context, TranslateApi api, string identityStoreId) =>
            api.TranslateAsync(context, identityStoreId)).WithName("TranslateCriteria");
    }
}
