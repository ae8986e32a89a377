using GroupPortal.Core.Directories;
using GroupPortal.Ldap;

namespace GroupPortal.ActiveDirectory.Reading;

/// <summary>An entry as lists and pickers show it.</summary>
internal static class ObjectValues
{
    private const int Disabled = 2;

    public static readonly IReadOnlyList<string> Attributes =
    [
        "objectClass", "name", "displayName", "sAMAccountName", "userPrincipalName", "mail", "title", "department",
        "physicalDeliveryOfficeName", "userAccountControl", "groupType", .. ProtectedGroups.Attributes,
    ];

    /// <summary>Null for an entry that may not be read.</summary>
    public static DirectoryObject? Read(LdapEntry entry)
    {
        if (entry.Guid("objectGUID") is not { } id || entry["objectClass"] is null)
        {
            return null;
        }

        var name = ExtendedName.Of(entry);
        var kind = ObjectClasses.KindOf(entry.Texts("objectClass"));
        return new DirectoryObject(id, kind, entry.Text("name") is { Length: > 0 } own ? own : name.Name, name.Dn)
        {
            DisplayName = entry.Text("displayName"),
            AccountName = entry.Text("sAMAccountName"),
            UserPrincipalName = entry.Text("userPrincipalName"),
            Mail = entry.Text("mail"),
            Title = entry.Text("title"),
            Department = entry.Text("department"),
            Office = entry.Text("physicalDeliveryOfficeName"),
            Enabled = ((entry.Number("userAccountControl") ?? 0) & Disabled) == 0,
            GroupType = kind == ObjectKind.Group && entry.Number("groupType") is { } type ? unchecked((int)type) : null,
            IsProtected = kind == ObjectKind.Group && ProtectedGroups.ByEntry(entry),
        };
    }

    /// <summary>
    /// Of an object of which only the name is known: one that may not be read, or stands in another domain. Left out, it would
    /// look as if it were not there.
    /// </summary>
    public static DirectoryObject Stub(Guid id, ExtendedName name) => new(id, ObjectKind.Contact, name.Name, name.Dn);

    /// <summary>In the order in which lists show them.</summary>
    public static IEnumerable<DirectoryObject> ByName(IEnumerable<DirectoryObject> objects) => objects
        .OrderBy(item => Folding.ActiveDirectory.Fold(item.Name), StringComparer.Ordinal)
        .ThenBy(item => item.Id);
}
