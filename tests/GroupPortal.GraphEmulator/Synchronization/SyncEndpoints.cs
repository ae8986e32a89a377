using GroupPortal.GraphEmulation.Http;

namespace GroupPortal.GraphEmulation.Synchronization;

/// <summary>Beta: who is the source of authority of a group.</summary>
internal static class SyncEndpoints
{
    public static void Map(Routes routes)
    {
        routes.MapBeta("GET", "groups/{id}/onPremisesSyncBehavior", call =>
        {
            var group = call.Group();
            return JsonAnswer.Of(200, writer =>
            {
                writer.WriteString("@odata.context", $"{call.Request.Root}/$metadata#groups('{group.Id}')/onPremisesSyncBehavior/$entity");
                writer.WriteString("id", group.IdText);
                writer.WriteBoolean("isCloudManaged", group.Group!.IsCloudManaged);
            });
        });
        routes.MapBeta("PATCH", "groups/{id}/onPremisesSyncBehavior", call =>
        {
            var group = call.Group();
            var isCloudManaged = call.Request.Body()["isCloudManaged"]?.GetValue<bool>() ?? throw Errors.BadRequest("A value is required for 'isCloudManaged'.");
            call.Tenant.Rights.NeedDirectoryWrite(call.Caller);
            group.Group!.IsCloudManaged = isCloudManaged;
            return GraphResponse.NoContent();
        });
    }
}
