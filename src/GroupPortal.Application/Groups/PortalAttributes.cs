using GroupPortal.Application.Storage;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;

namespace GroupPortal.Application.Groups;

/// <summary>Puts what the portal keeps beside what the directory holds. Pure.</summary>
internal static class PortalAttributes
{
    public static GroupState Merge(IDirectory directory, GroupState group, PortalGroup? kept, IReadOnlyDictionary<Guid, DirectoryObject> owners)
    {
        var attributes = group.Attributes
            .With(AttributeNames.SecurityType, kept?.SecurityType ?? GroupSecurityType.Private.Wire())
            .With(AttributeNames.ManagedGroupType, kept?.ManagedGroupType ?? "1");
        if (kept?.Information is { Length: > 0 } information && IsPortalKept(directory, AttributeNames.Information))
        {
            attributes = attributes.With(AttributeNames.Information, information);
        }

        foreach (var (name, values) in kept?.Rule ?? RuleColumn.None)
        {
            attributes = attributes.With(name, values);
        }

        // An owner who is gone from the directory owns nothing; his row waits for the next change of owners.
        var additional = (kept?.AdditionalOwners ?? [])
            .Where(id => group.Owners.All(owner => owner.Id != id))
            .Select(id => owners.GetValueOrDefault(id))
            .OfType<DirectoryObject>();
        return group with
        {
            Attributes = attributes,
            Owners = [.. group.Owners, .. additional],
            Version = group.Version with { Portal = kept?.Version ?? 0 },
        };
    }

    public static GroupListItem ListItem(GroupSummary group, PortalGroup? kept) => new(
        group,
        GroupSecurityTypes.TryParse(kept?.SecurityType, out var type) ? type : GroupSecurityType.Private,
        kept?.ManagedGroupType == "2" ? Membership.Smart : group.IsDynamic ? Membership.Dynamic : Membership.Static);

    private static bool IsPortalKept(IDirectory directory, string attribute) =>
        directory.Catalog.TryGet(attribute, out var definition) && definition.KeptBy == KeptBy.Portal;
}
