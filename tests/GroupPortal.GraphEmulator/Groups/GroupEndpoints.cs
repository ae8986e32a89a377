using GroupPortal.GraphEmulation.Http;

namespace GroupPortal.GraphEmulation.Groups;

internal static class GroupEndpoints
{
    public static void Map(Routes routes)
    {
        routes.Map("POST", "groups", CreateGroup.Answer);
        routes.Map("PATCH", "groups/{id}", UpdateGroup.Answer);
        routes.Map("DELETE", "groups/{id}", Delete);
    }

    private static GraphResponse Delete(Call call)
    {
        var group = call.Group();
        call.Tenant.Rights.NeedWrite(call.Caller, group);
        if (group.IsReadOnly())
        {
            throw Errors.Denied();
        }

        call.Store.Delete(group, permanently: !group.IsUnified() && !call.Tenant.Options.RestoresSecurityGroups);
        return GraphResponse.NoContent();
    }
}
