using GroupPortal.GraphEmulation.Http;
using GroupPortal.GraphEmulation.Query;
using GroupPortal.GraphEmulation.Schema;
using GroupPortal.GraphEmulation.Store;

namespace GroupPortal.GraphEmulation.Members;

internal static class MemberEndpoints
{
    public static void Map(Routes routes)
    {
        foreach (var links in new[] { "members", "owners" })
        {
            routes.Map("GET", $"groups/{{id}}/{links}", call => Listing.OfLinks(call, Direct(call, links)));
            routes.Map("GET", $"groups/{{id}}/{links}/$count", call => Listing.Count(call, Direct(call, links), isLinks: true, [.. Schemas.All]));
            routes.Map("GET", $"groups/{{id}}/{links}/$ref", call => References(call, Direct(call, links)));
            routes.Map("POST", $"groups/{{id}}/{links}/$ref", call => MemberChanges.AddOne(call, links));
            routes.Map("DELETE", $"groups/{{id}}/{links}/{{member}}/$ref", call => MemberChanges.Remove(call, links));
            routes.Map("DELETE", $"groups/{{id}}/{links}/{{member}}", call => MemberChanges.DeleteObject(call, links));
            routes.Map("POST", $"groups/{{id}}/{links}", _ => throw Errors.NotContained());
            routes.Map("PATCH", $"groups/{{id}}/{links}/{{member}}", _ => throw Errors.NotContained());
            routes.Map("GET", $"groups/{{id}}/{links}/{{member}}", call => One(call, links));
        }

        routes.Map("GET", "groups/{id}/transitiveMembers", call => Listing.OfLinks(call, Indirect(call)));
        routes.Map("GET", "groups/{id}/transitiveMembers/$count", call => Listing.Count(call, Indirect(call), isLinks: true, [.. Schemas.All]));
        foreach (var type in Schemas.All)
        {
            DirectoryObject Self(Call call) => type.Kind == ObjectKind.Group ? call.Group() : call.Object(type.Kind);
            routes.Map("GET", $"{type.Set}/{{id}}/memberOf", call => Listing.OfLinks(call, Transitive.GroupsOf(call.Store, Self(call), isDirect: true)));
            routes.Map("GET", $"{type.Set}/{{id}}/memberOf/$count", call => Listing.Count(call, Transitive.GroupsOf(call.Store, Self(call), isDirect: true), isLinks: true, Schemas.Group));
            routes.Map("GET", $"{type.Set}/{{id}}/transitiveMemberOf", call => Listing.OfLinks(call, Transitive.GroupsOf(call.Store, Self(call), isDirect: false)));
            routes.Map("GET", $"{type.Set}/{{id}}/transitiveMemberOf/$count", call => Listing.Count(call, Transitive.GroupsOf(call.Store, Self(call), isDirect: false), isLinks: true, Schemas.Group));
            routes.Map("GET", $"{type.Set}/{{id}}/ownedObjects", call => Listing.OfLinks(call, Transitive.OwnedBy(call.Store, Self(call))));
        }
    }

    private static ListSource Direct(Call call, string links)
    {
        call.Tenant.Rights.NeedGroupRead(call.Caller);
        var group = call.Group();
        if (links == "members")
        {
            call.Tenant.Rights.NeedMembers(call.Caller, group);
        }

        var set = MemberChanges.Links(group, links);
        var store = call.Store;
        // v1.0 leaves service principals out of members: a known issue of Graph's.
        var leavesOut = links == "members" && !call.Request.IsBeta;
        return after => Links(store, set, after, leavesOut);
    }

    private static ListSource Indirect(Call call)
    {
        var group = call.Group();
        call.Tenant.Rights.NeedMembers(call.Caller, group);
        return Transitive.MembersOf(call.Store, group);
    }

    private static IEnumerable<(long Place, DirectoryObject Item)> Links(DirectoryStore store, LinkSet set, long after, bool leavesOut)
    {
        foreach (var (place, id) in set.After(after).ToArray())
        {
            if (store.TryRead(id, out var item) && !(leavesOut && item.Kind == ObjectKind.ServicePrincipal))
            {
                yield return (place, item);
            }
        }
    }

    private static GraphResponse References(Call call, ListSource source) => JsonAnswer.Of(200, writer =>
    {
        writer.WriteString("@odata.context", $"{call.Request.Root}/$metadata#Collection($ref)");
        writer.WriteStartArray("value");
        foreach (var (_, item) in source(-1).Take(call.Request.Query.Top ?? call.Tenant.Options.PageSize))
        {
            writer.WriteStartObject();
            writer.WriteString("@odata.id", $"{call.Request.Root}/directoryObjects/{item.Id}");
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });

    private static GraphResponse One(Call call, string links)
    {
        var id = call.Id("member");
        return MemberChanges.Links(call.Group(), links).Contains(id) && call.Store.TryRead(id, out var item)
            ? ReadOne.Answer(call, item, withType: true)
            : throw Errors.NotFound(id.ToString());
    }
}
