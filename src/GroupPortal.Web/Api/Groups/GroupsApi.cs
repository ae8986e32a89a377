using GroupPortal.Web.Api.Writing;

namespace GroupPortal.Web.Api.Groups;

/// <summary>The addresses of the groups API.</summary>
internal static class GroupsApi
{
    private static readonly string[] Read = [HttpMethods.Get];
    private static readonly string[] Patch = [HttpMethods.Patch];
    private static readonly string[] Delete = [HttpMethods.Delete];

    public static void Map(IEndpointRouteBuilder endpoints, IEndpointRouteBuilder root)
    {
        // Bodies are read from the request itself: binding would not take one with GET, or without a Content-Type.
        endpoints.MapPost("/StaticGroup", (HttpContext context, GroupWriteApi api, string identityStoreId) =>
            api.CreateAsync(context, identityStoreId)).WithName("CreateStaticGroup");

        endpoints.MapMethods("/{groupIdentity}", Read, (HttpContext context, GroupReadApi api, string identityStoreId, string groupIdentity) =>
            api.GetAsync(context, identityStoreId, groupIdentity)).WithName("GetGroup");
        endpoints.MapPost("/{groupIdentity}/query", (HttpContext context, GroupReadApi api, string identityStoreId, string groupIdentity) =>
            api.GetAsync(context, identityStoreId, groupIdentity)).WithName("QueryGroup");
        endpoints.MapMethods("/", Read, (HttpContext context, GroupReadApi api, string identityStoreId) =>
            api.GetManyAsync(context, identityStoreId)).WithName("GetGroups");
        endpoints.MapPost("/query", (HttpContext context, GroupReadApi api, string identityStoreId) =>
            api.GetManyAsync(context, identityStoreId)).WithName("QueryGroups");

        endpoints.MapMethods("/{groupIdentity}", Patch, (HttpContext context, GroupWriteApi api, string identityStoreId, string groupIdentity) =>
            api.UpdateAsync(context, identityStoreId, groupIdentity)).WithName("UpdateGroup");
        endpoints.MapMethods("/", Patch, (HttpContext context, ManyGroupsWriteApi api, string identityStoreId) =>
            api.UpdateAsync(context, identityStoreId)).WithName("UpdateGroups");

        endpoints.MapMethods("/{groupIdentity}", Delete, (HttpContext context, GroupWriteApi api, string identityStoreId, string groupIdentity) =>
            api.DeleteAsync(context, identityStoreId, groupIdentity)).WithName("DeleteGroup");
        endpoints.MapMethods("/", Delete, (HttpContext context, ManyGroupsWriteApi api, string identityStoreId) =>
            api.DeleteAsync(context, identityStoreId)).WithName("DeleteGroups");
        endpoints.MapPost("/delete", (HttpContext context, ManyGroupsWriteApi api, string identityStoreId) =>
            api.DeleteAsync(context, identityStoreId)).WithName("DeleteGroupsByPost");

        endpoints.MapPost("/DynamicGroup", (HttpContext context, GroupWriteApi api, string identityStoreId) =>
            api.CreateByRuleAsync(context, identityStoreId)).WithName("CreateDynamicGroup");
        endpoints.MapPost("/SmartGroups/Update", (HttpContext context, SmartGroupsApi api, string identityStoreId) =>
            api.UpdateManyAsync(context, identityStoreId)).WithName("UpdateSmartGroups");
        endpoints.MapPost("/SmartGroups/{groupIdentity}/Update", (HttpContext context, SmartGroupsApi api, string identityStoreId, string groupIdentity) =>
            api.UpdateAsync(context, identityStoreId, groupIdentity)).WithName("UpdateSmartGroup");
        root.MapGet(ApiPaths.Tasks, (HttpContext context, TaskApi api, string identityStoreId, string taskId) =>
            api.GetAsync(context, identityStoreId, taskId)).WithName("GetTask");

        MapRest(endpoints, root);
    }

    /// <summary>What is no operation is said in the envelope too, and only to those with a token.</summary>
    private static void MapRest(IEndpointRouteBuilder endpoints, IEndpointRouteBuilder root)
    {
        var wrongVerb = new ApiError(StatusCodes.Status405MethodNotAllowed, ErrorCode: null, "This address has no such method: GET, PATCH or DELETE.");
        Task RefuseAsync(HttpContext context)
        {
            context.Response.Headers.Allow = "GET, PATCH, DELETE";
            return Answers.WriteAsync(context, wrongVerb);
        }

        endpoints.Map("/", RefuseAsync);
        endpoints.Map("/{groupIdentity}", RefuseAsync);
        root.Map("/GroupIDDataService/{**rest}", context => Answers.WriteAsync(
            context, new ApiError(StatusCodes.Status404NotFound, ErrorCode: null, "There is no operation at this address.")));
    }
}
