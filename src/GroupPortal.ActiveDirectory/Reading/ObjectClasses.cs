using GroupPortal.Core.Directories;
using GroupPortal.Ldap;

namespace GroupPortal.ActiveDirectory.Reading;

/// <summary>The port's kinds of object as classes of the directory, both ways.</summary>
internal static class ObjectClasses
{
    /// <summary>What "any kind" means in a search: all but organisational units.</summary>
    private static readonly ObjectKind[] Usual = [ObjectKind.User, ObjectKind.Contact, ObjectKind.Group, ObjectKind.Computer];

    /// <summary>
    /// The kind by the object's classes. What is none of the port's kinds, such as another vendor's, is listed as a contact: it
    /// has a name and cannot sign in.
    /// </summary>
    public static ObjectKind KindOf(IReadOnlyList<string> classes)
    {
        bool Is(string name) => classes.Contains(name, StringComparer.OrdinalIgnoreCase);
        return Is("computer") ? ObjectKind.Computer
            : Is("user") ? ObjectKind.User
            : Is("group") ? ObjectKind.Group
            : Is("foreignSecurityPrincipal") ? ObjectKind.ServicePrincipal
            : IsContainer(classes) ? ObjectKind.OrganizationalUnit
            : ObjectKind.Contact;
    }

    /// <summary>Whether groups can stand below it (the superiors that the schema allows a group).</summary>
    public static bool IsContainer(IReadOnlyList<string> classes) =>
        classes.Any(name => name is "organizationalUnit" or "container" or "domainDNS" or "builtinDomain");

    /// <summary>The kinds that a directory of this kind has; none wanted means the usual ones.</summary>
    public static IReadOnlyCollection<ObjectKind> Wanted(IReadOnlyCollection<ObjectKind> kinds) => kinds.Count == 0
        ? Usual
        : [.. kinds.Distinct().Where(kind => kind is not (ObjectKind.Device or ObjectKind.ServicePrincipal))];

    /// <summary>Objects of these kinds, by indexed attributes.</summary>
    public static LdapFilter Filter(IReadOnlyCollection<ObjectKind> kinds) => LdapFilter.Or([.. kinds.Select(Filter)]);

    private static LdapFilter Filter(ObjectKind kind) => kind switch
    {
        ObjectKind.User => LdapFilter.And(LdapFilter.Equal("objectCategory", "person"), LdapFilter.Equal("objectClass", "user")),
        ObjectKind.Contact => LdapFilter.And(LdapFilter.Equal("objectCategory", "person"), LdapFilter.Equal("objectClass", "contact")),
        ObjectKind.Group => LdapFilter.Equal("objectClass", "group"),
        ObjectKind.Computer => LdapFilter.Equal("objectClass", "computer"),
        ObjectKind.OrganizationalUnit => LdapFilter.Equal("objectClass", "organizationalUnit"),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, message: null),
    };
}
