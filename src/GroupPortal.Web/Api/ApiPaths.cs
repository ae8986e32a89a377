namespace GroupPortal.Web.Api;

/// <summary>Which requests come from programs: they get a status and a body of data, never a page or a redirect to one.</summary>
internal static class ApiPaths
{
    public const string Groups = "/GroupIDDataService/api/IdentityStores/{identityStoreId}/Groups";
    public const string Criteria = "/GroupIDDataService/api/IdentityStores/{identityStoreId}/Criteria";
    public const string Tasks = "/GroupIDDataService/api/IdentityStores/{identityStoreId}/Tasks/{taskId}";
    public const string Token = "/GroupIDSecurityService/connect/token";

    private static readonly PathString[] Roots = ["/GroupIDDataService", "/GroupIDSecurityService", "/openapi", "/health"];

    public static bool IsApi(PathString path) => Roots.Any(root => path.StartsWithSegments(root, StringComparison.OrdinalIgnoreCase));
}
