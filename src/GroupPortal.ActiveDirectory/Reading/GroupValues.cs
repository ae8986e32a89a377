using System.Globalization;
using GroupPortal.ActiveDirectory.Schema;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Ldap;

namespace GroupPortal.ActiveDirectory.Reading;

/// <summary>An entry of a group as the port has it.</summary>
internal static class GroupValues
{
    /// <summary>Not shown as an attribute: references are read apart, and the category is the schema's own name of the class.</summary>
    private static readonly HashSet<string> Apart =
        new(["objectCategory", "objectGUID", "objectSid", "objectClass", "distinguishedName"], StringComparer.OrdinalIgnoreCase);

    public static IReadOnlyList<string> AttributesOf(AttributeCatalog catalog) =>
    [
        .. Shown(catalog).Select(definition => definition.Name)
            .Concat(["objectClass", "uSNChanged", "whenCreated", "whenChanged", "name", "groupType", .. ProtectedGroups.Attributes])
            .Distinct(StringComparer.OrdinalIgnoreCase),
    ];

    /// <summary>
    /// The references of a group, to be read with their ids. Apart from its attributes, as its members would come with ids too,
    /// which only counting them does not need.
    /// </summary>
    public static readonly IReadOnlyList<string> LinkAttributes =
        ["managedBy", "uSNChanged", LinkedNames.FirstRange("memberOf"), .. ProtectedGroups.Attributes];

    public static readonly IReadOnlyList<string> SummaryAttributes =
        ["name", "groupType", "displayName", "description", "mail", "managedBy", "whenChanged", .. ProtectedGroups.Attributes];

    public static bool IsGroup(LdapEntry entry) => ObjectClasses.KindOf(entry.Texts("objectClass")) == ObjectKind.Group;

    public static GroupState State(LdapEntry entry, DomainFacts facts, DirectoryObject? owner, long memberCount, bool isProtected)
    {
        var id = entry.Guid("objectGUID") ?? throw new ArgumentException("The entry was not asked for its identity.", nameof(entry));
        var dn = ExtendedName.Of(entry).Dn;
        var attributes = new List<KeyValuePair<string, IReadOnlyList<string>>>();
        void Add(string name, params IReadOnlyList<string> values)
        {
            if (values.Count > 0)
            {
                attributes.Add(new(name, values));
            }
        }

        foreach (var definition in Shown(facts.Catalog))
        {
            Add(definition.Name, entry.Texts(definition.Name));
        }

        Add("objectGUID", id.ToString());
        Add("objectClass", "group");
        Add("distinguishedName", dn);
        if (SecurityIdentifier.Of(entry.Octets("objectSid")) is { } sid)
        {
            Add("objectSid", sid.ToString());
        }

        return new GroupState(id, dn, new GroupVersion(facts.Version(entry.Number("uSNChanged") ?? 0), 0))
        {
            Attributes = new AttributeValues(attributes),
            Owners = owner is null ? [] : [owner],
            HasPrimaryOwner = owner is not null,
            MemberCount = memberCount,
            IsProtected = isProtected,
            Created = DirectoryTime.Of(entry.Text("whenCreated")),
            Changed = DirectoryTime.Of(entry.Text("whenChanged")),
        };
    }

    /// <param name="owners">The objects of managedBy, by id.</param>
    public static GroupSummary Summary(LdapEntry entry, IReadOnlyDictionary<Guid, DirectoryObject> owners)
    {
        var name = ExtendedName.Of(entry);
        var owner = OwnerOf(entry);
        return new GroupSummary(entry.Guid("objectGUID")!.Value, entry.Text("name") ?? name.Name, name.Dn, GroupTypeOf(entry))
        {
            DisplayName = entry.Text("displayName"),
            Description = entry.Text("description"),
            Mail = entry.Text("mail"),
            OwnerName = owner?.Id is { } id && owners.TryGetValue(id, out var known) ? known.Label : owner?.Name,
            IsProtected = ProtectedGroups.ByEntry(entry),
            Changed = DirectoryTime.Of(entry.Text("whenChanged")),
        };
    }

    public static ExtendedName? OwnerOf(LdapEntry entry) => entry.Text("managedBy") is { } owner ? ExtendedName.Of(owner) : null;

    public static int GroupTypeOf(LdapEntry entry) =>
        int.TryParse(entry.Text("groupType"), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var type) ? type : 0;

    private static IEnumerable<AttributeDefinition> Shown(AttributeCatalog catalog) => catalog.Definitions.Where(definition =>
        definition.KeptBy == KeptBy.Directory && definition.Syntax != AttributeSyntax.Reference && !Apart.Contains(definition.Name));
}
