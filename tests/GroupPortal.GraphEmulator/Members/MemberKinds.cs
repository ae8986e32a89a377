using GroupPortal.GraphEmulation.Groups;
using GroupPortal.GraphEmulation.Http;
using GroupPortal.GraphEmulation.Store;

namespace GroupPortal.GraphEmulation.Members;

/// <summary>What can be in what: Microsoft 365 groups hold people, security groups everything but Microsoft 365 groups.</summary>
internal static class MemberKinds
{
    public static DirectoryObject Member(DirectoryStore store, Guid id, bool isUnified)
    {
        var member = store.TryRead(id, out var found) ? found : throw Errors.NotFound(id.ToString());
        var fits = member.Kind switch
        {
            ObjectKind.User => true,
            ObjectKind.Group => !isUnified && !member.IsUnified() && member.Is("securityEnabled"),
            _ => !isUnified,
        };
        return fits
            ? member
            : throw Errors.BadRequest($"Invalid object type for member: an object of type '{Schema.Schemas.Of(member.Kind).Title}' cannot be added to this group.");
    }

    public static DirectoryObject Owner(DirectoryStore store, Guid id)
    {
        var owner = store.TryRead(id, out var found) ? found : throw Errors.NotFound(id.ToString());
        return owner.Kind is ObjectKind.User or ObjectKind.ServicePrincipal
            ? owner
            : throw Errors.BadRequest("The reference target is of an invalid type for the 'owners' reference: users and service principals only.");
    }
}
