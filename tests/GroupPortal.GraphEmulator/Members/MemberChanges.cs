using System.Globalization;
using System.Text.Json.Nodes;
using GroupPortal.GraphEmulation.Groups;
using GroupPortal.GraphEmulation.Http;
using GroupPortal.GraphEmulation.Store;

namespace GroupPortal.GraphEmulation.Members;

/// <summary>Members and owners come and go. <c>links</c> is one of the two words.</summary>
internal static class MemberChanges
{
    private const int MostAtOnce = 20;
    private const int MostOwners = 100;

    /// <summary>All or nothing, as Graph does.</summary>
    public static void AddMany(Call call, JsonNode references, string links)
    {
        var ids = Bodies.Bound(references);
        if (ids.Count > MostAtOnce)
        {
            throw Errors.BadRequest(string.Create(
                CultureInfo.InvariantCulture, $"The number of references in '{links}@odata.bind' is {ids.Count}; the maximum is {MostAtOnce}."));
        }

        if (ids.Distinct().Count() < ids.Count)
        {
            throw Errors.BadRequest($"The reference of '{links}' can only be present once as an add/remove change.");
        }

        Add(call, ids, links);
    }

    public static GraphResponse AddOne(Call call, string links)
    {
        Add(call, Bodies.Bound(call.Request.Body()["@odata.id"] ?? throw Errors.BadRequest("A value is required for '@odata.id'.")), links);
        return GraphResponse.NoContent();
    }

    public static GraphResponse Remove(Call call, string links)
    {
        var group = call.Group();
        var id = call.Id("member");
        Allow(call, group, links);
        var set = Links(group, links);
        if (!set.Contains(id))
        {
            throw call.Store.TryRead(id, out _) ? Errors.AlreadyGone(links) : Errors.NotFound(id.ToString());
        }

        if (links == "members")
        {
            call.Store.RemoveMember(group, id);
            return GraphResponse.NoContent();
        }

        var isPerson = call.Store.Find(id)?.Kind == ObjectKind.User;
        if (isPerson && !set.Ids.Any(other => other != id && call.Store.Find(other)?.Kind == ObjectKind.User))
        {
            throw Errors.BadRequest("The group must have at least one owner, hence this owner cannot be removed.");
        }

        call.Store.RemoveOwner(group, id);
        return GraphResponse.NoContent();
    }

    /// <summary>
    /// <c>DELETE /groups/{id}/members/{member}</c> without <c>/$ref</c> is no removal: Graph deletes the member itself, the
    /// person.
    /// </summary>
    public static GraphResponse DeleteObject(Call call, string links)
    {
        var group = call.Group();
        var id = call.Id("member");
        if (!Links(group, links).Contains(id) || !call.Store.TryRead(id, out var member))
        {
            throw Errors.NotFound(id.ToString());
        }

        call.Tenant.Rights.NeedDirectoryWrite(call.Caller);
        call.Store.Delete(member);
        return GraphResponse.NoContent();
    }

    public static LinkSet Links(DirectoryObject group, string links) => links == "members" ? group.Group!.Members : group.Group!.Owners;

    private static void Add(Call call, IReadOnlyList<Guid> ids, string links)
    {
        var group = Target(call);
        Allow(call, group, links);
        var set = Links(group, links);
        List<DirectoryObject> found = [.. ids.Select(id => links == "members" ? MemberKinds.Member(call.Store, id, group.IsUnified()) : MemberKinds.Owner(call.Store, id))];
        if (found.Any(item => set.Contains(item.Id)))
        {
            throw Errors.AlreadyThere(links);
        }

        if (found.Any(item => item.Id == group.Id))
        {
            throw Errors.BadRequest("A group can not be a member of itself.");
        }

        if (links == "owners" && set.Count + found.Count > MostOwners)
        {
            throw Errors.QuotaExceeded(set.Count + found.Count, MostOwners, "owners");
        }

        foreach (var item in found)
        {
            _ = links == "members" ? call.Store.AddMember(group, item) : call.Store.AddOwner(group, item);
        }
    }

    /// <summary>A group that has not arrived everywhere is told of in a 400, not a 404.</summary>
    private static DirectoryObject Target(Call call) =>
        Guid.TryParse(call["id"], out var id) && call.Store.Find(id) is { } young && !call.Store.IsVisible(young)
            ? throw Errors.SourceOrReferenceMissing()
            : call.Group();

    private static void Allow(Call call, DirectoryObject group, string links)
    {
        call.Tenant.Rights.NeedWrite(call.Caller, group);
        if (group.IsReadOnly() || (links == "members" && group.IsDynamic()))
        {
            throw Errors.Denied();
        }
    }
}
