using GroupPortal.GraphEmulation.Http;
using GroupPortal.GraphEmulation.Query;
using GroupPortal.GraphEmulation.Schema;
using GroupPortal.GraphEmulation.Store;

namespace GroupPortal.GraphEmulation.People;

/// <summary>Reading of every kind of object, one and many, and what belongs to people.</summary>
internal static class ObjectEndpoints
{
    public static void Map(Routes routes)
    {
        foreach (var type in Schemas.All)
        {
            routes.Map("GET", type.Set, call => List(call, type));
            routes.Map("GET", $"{type.Set}/$count", call => Listing.Count(call, Listing.InStore(call.Store, type.Kind), isLinks: false, type));
            routes.Map("GET", $"{type.Set}/{{id}}", call =>
            {
                call.Tenant.Rights.NeedRead(call.Caller, type.Kind);
                return ReadOne.Answer(call, type.Kind == ObjectKind.Group ? call.Group() : call.Object(type.Kind));
            });
        }

        routes.Map("GET", "directoryObjects/{id}", call => ReadOne.Answer(call, Any(call), withType: true));
        routes.Map("GET", "me", call => ReadOne.Answer(call, Self(call)));
        routes.Map("GET", "users/{id}/manager", Manager);
        routes.Map("PUT", "users/{id}/manager/$ref", ChangePerson.SetManager);
        routes.Map("DELETE", "users/{id}/manager/$ref", ChangePerson.RemoveManager);
        routes.Map("PATCH", "users/{id}", ChangePerson.Update);
        routes.Map("GET", "users/{id}/directReports", call =>
        {
            var id = call.Object(ObjectKind.User).Id;
            var all = Listing.InStore(call.Store, ObjectKind.User);
            return Listing.OfLinks(call, after => all(after).Where(link => link.Item.Manager == id));
        });
        routes.Map("POST", "directoryObjects/getByIds", Questions.ByIds);
        routes.Map("GET", "users/{id}/licenseDetails", call => JsonLists.Of(call, "licenseDetails", Array.Empty<object>(), (_, _) => { }));
        foreach (var set in Schemas.All.Select(type => type.Set).Append("directoryObjects"))
        {
            routes.Map("POST", $"{set}/{{id}}/checkMemberGroups", call => Questions.CheckMemberGroups(call, Any(call)));
            routes.Map("POST", $"{set}/{{id}}/getMemberGroups", call => Questions.GetMemberGroups(call, Any(call)));
        }

        foreach (var set in new[] { "users", "devices", "directoryObjects" })
        {
            routes.Map("DELETE", $"{set}/{{id}}", Delete);
        }
    }

    private static GraphResponse List(Call call, ResourceType type)
    {
        if (type.Kind == ObjectKind.Group)
        {
            call.Tenant.Rights.NeedGroupRead(call.Caller);
        }

        call.Tenant.Rights.NeedRead(call.Caller, type.Kind);
        return Listing.OfKind(call, type);
    }

    private static GraphResponse Manager(Call call)
    {
        var person = call.Object(ObjectKind.User);
        return person.Manager is { } id && call.Store.TryRead(id, out var manager)
            ? ReadOne.Answer(call, manager, withType: true)
            : throw Errors.NotFound("manager");
    }

    private static GraphResponse Delete(Call call)
    {
        var item = Any(call);
        call.Tenant.Rights.NeedDirectoryWrite(call.Caller);
        call.Store.Delete(item);
        return GraphResponse.NoContent();
    }

    private static DirectoryObject Self(Call call) =>
        call.Caller.Person is { } id && call.Store.Find(id) is { } person
            ? person
            : throw Errors.BadUrl("/me request is only valid with delegated authentication flow.");

    private static DirectoryObject Any(Call call)
    {
        if (Guid.TryParse(call["id"], out var id))
        {
            return call.Store.TryRead(id, out var item) ? item : throw Errors.NotFound(call["id"]);
        }

        return call.Object(ObjectKind.User);
    }
}
