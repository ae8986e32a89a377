using GroupPortal.GraphEmulation.Http;
using GroupPortal.GraphEmulation.Query;
using GroupPortal.GraphEmulation.Store;

namespace GroupPortal.GraphEmulation.Deleted;

/// <summary><c>/directory/deletedItems</c>: for 30 days.</summary>
internal static class DeletedItems
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    public static void Map(Routes routes)
    {
        routes.Map("GET", "directory/deletedItems", List);
        routes.Map("GET", "directory/deletedItems/{id}", call => ReadOne.Answer(call, Find(call), withType: true));
        routes.Map("POST", "directory/deletedItems/{id}/restore", Restore);
        routes.Map("DELETE", "directory/deletedItems/{id}", call =>
        {
            var item = Find(call);
            call.Tenant.Rights.NeedDirectoryWrite(call.Caller);
            call.Store.Delete(item, permanently: true);
            return GraphResponse.NoContent();
        });
    }

    private static GraphResponse List(Call call)
    {
        // The cast is part of the URL here, and none of it needs ConsistencyLevel.
        var cast = call.Request.Cast() ?? throw Errors.BadUrl("The type of the deleted items must be told: directory/deletedItems/microsoft.graph.group.");
        List<DirectoryObject> items = [.. call.Store.Deleted.Where(item => item.Kind == cast.Kind && IsKept(call, item)).OrderBy(item => item.Creation)];
        return Listing.Plain(call, after => items.Where(item => item.Creation > after).Select(item => (item.Creation, item)), cast);
    }

    private static GraphResponse Restore(Call call)
    {
        var item = Find(call);
        if (item.Kind == ObjectKind.Group)
        {
            call.Tenant.Rights.NeedWrite(call.Caller, item);
        }
        else
        {
            call.Tenant.Rights.NeedDirectoryWrite(call.Caller);
        }

        call.Store.Restore(item);
        call.Tenant.Dynamic.Schedule(item);
        return ReadOne.Answer(call, item, withType: true);
    }

    private static DirectoryObject Find(Call call) =>
        call.Store.FindDeleted(call.Id()) is { } item && IsKept(call, item) ? item : throw Errors.NotFound(call["id"]);

    private static bool IsKept(Call call, DirectoryObject item) =>
        item["deletedDateTime"] is DateTimeOffset deleted && call.Tenant.Clock.GetUtcNow() - deleted < Kept;
}
