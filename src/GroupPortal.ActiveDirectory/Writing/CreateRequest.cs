using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Ldap;

namespace GroupPortal.ActiveDirectory.Writing;

/// <summary>A new group, whole, in one add: what it cannot be with is refused together with it.</summary>
internal static class CreateRequest
{
    public static LdapRequest.Add Of(DirectoryWrite.CreateGroup write, AttributeCatalog catalog)
    {
        var attributes = new List<LdapAttribute> { new("objectClass", "group") };
        attributes.AddRange(write.Attributes
            .Where(attribute => attribute.Values.Count > 0 && !IsName(attribute.Attribute))
            .Select(attribute => new LdapAttribute(attribute.Attribute, WrittenValues.Of(attribute.Attribute, attribute.Values, catalog))));
        AddReferences(attributes, PresentGroup.ManagedBy, write.Owners);
        AddReferences(attributes, "member", write.Members);
        return new LdapRequest.Add(Domain.NameOf(DistinguishedName.Parse(write.Dn)), attributes)
        {
            Limit = write.Members.Count > 0 ? MemberRequest.Limit : null,
        };
    }

    /// <summary>The name stands in the DN; as an attribute the server sets it itself.</summary>
    public static bool IsName(string attribute) =>
        string.Equals(attribute, AttributeNames.Name, StringComparison.OrdinalIgnoreCase) || string.Equals(attribute, "cn", StringComparison.OrdinalIgnoreCase);

    private static void AddReferences(List<LdapAttribute> attributes, string name, IReadOnlyList<ReferenceWrite> references)
    {
        // The same value twice would be refused (68), or stored twice on some servers.
        var ids = references.Where(reference => reference.Add).Select(reference => reference.Id).Distinct().ToList();
        if (ids.Count > 0)
        {
            attributes.Add(new LdapAttribute(name, ids.Select(MemberRequest.ValueOf)));
        }
    }
}
