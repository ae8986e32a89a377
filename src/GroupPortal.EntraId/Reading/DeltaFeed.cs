using GroupPortal.Core.Criteria;
using GroupPortal.Core.Directories;

namespace GroupPortal.EntraId.Reading;

/// <summary>What Graph tells of the changes of one kind of object, and what it is asked to tell.</summary>
internal sealed record DeltaFeed(ObjectKinds Kind, IReadOnlyList<string> Select)
{
    private const string Manager = "manager";

    /// <summary>When a group was made.</summary>
    public const string Created = "createdDateTime";

    /// <summary>What of the vocabulary groups and contacts have; the rest of it is about people and devices.</summary>
    private static readonly string[] OfGroups = ["displayName", "mail", "mailNickName", "proxyAddresses"];

    private static readonly string[] OfContacts = [.. OfGroups, "givenName", "surname", "department", "jobTitle", "companyName"];

    /// <summary>What contacts have in a list of addresses, and in one of telephones by their types.</summary>
    private static readonly Dictionary<string, (string Property, string Inner)> InLists = new(StringComparer.Ordinal)
    {
        ["physicalDeliveryOfficeName"] = ("addresses", "officeLocation"),
        ["city"] = ("addresses", "city"),
        ["state"] = ("addresses", "state"),
        ["streetAddress"] = ("addresses", "street"),
        ["postalCode"] = ("addresses", "postalCode"),
        ["country"] = ("addresses", "countryOrRegion"),
        ["telephoneNumber"] = ("phones", "business"),
        ["mobile"] = ("phones", "mobile"),
        ["facsimileTelephoneNumber"] = ("phones", "businessFax"),
    };

    /// <summary>In the order in which they are loaded: whom a manager or a member leads to is mostly known by then.</summary>
    public static IReadOnlyList<DeltaFeed> All { get; } =
    [
        Of(ObjectKind.User, Manager),
        Of(ObjectKind.Group, "isAssignableToRole", Created, "members"),
        // extensionAttributes of devices are in /beta only, and rules ask for them.
        Of(ObjectKind.Device) with { IsBeta = true },
        Of(ObjectKind.Contact),
        Of(ObjectKind.ServicePrincipal, "displayName"),
    ];

    public bool IsBeta { get; init; }

    /// <summary>The vocabulary's attributes that this kind has, each with the place of its value in the answer.</summary>
    public required IReadOnlyList<(CriteriaAttribute Attribute, string Property, string? Inner)> Attributes { get; init; }

    public bool HasManagers => Kind.Kind == ObjectKind.User;

    public bool HasMembers => Kind.Kind == ObjectKind.Group;

    /// <param name="query">What follows the question mark of the link that the last answer gave; empty begins.</param>
    public GraphQuery Ask(string query, int take)
    {
        var ask = new GraphQuery($"{Kind.Collection}/delta") { IsBeta = IsBeta, PageSize = Math.Clamp(take, 1, GraphReader.MostRows) };
        return query.Length > 0 ? ask with { Verbatim = query } : ask with { Select = Select };
    }

    private static DeltaFeed Of(ObjectKind kind, params IReadOnlyList<string> more)
    {
        var attributes = CriteriaVocabulary.For(StoreKind.EntraId).Attributes
            .Where(attribute => attribute is { IsReplicated: true, Graph: not null, Syntax: not CriteriaSyntaxes.Reference } && Has(kind, attribute))
            .Select(attribute => PathOf(kind, attribute))
            .ToList();
        return new DeltaFeed(
            ObjectKinds.Of(kind), [.. attributes.Select(attribute => attribute.Property).Prepend("id").Concat(more).Distinct(StringComparer.Ordinal)])
        {
            Attributes = attributes,
        };
    }

    private static bool Has(ObjectKind kind, CriteriaAttribute attribute) => kind switch
    {
        ObjectKind.User => attribute.Entra is not null,
        ObjectKind.Device => attribute.EntraDevice is not null,
        ObjectKind.Group => OfGroups.Contains(attribute.Name, StringComparer.Ordinal),
        ObjectKind.Contact => OfContacts.Contains(attribute.Name, StringComparer.Ordinal) || InLists.ContainsKey(attribute.Name),
        _ => attribute.Name == "displayName",
    };

    private static (CriteriaAttribute Attribute, string Property, string? Inner) PathOf(ObjectKind kind, CriteriaAttribute attribute)
    {
        if (kind == ObjectKind.Contact && InLists.TryGetValue(attribute.Name, out var place))
        {
            return (attribute, place.Property, place.Inner);
        }

        var parts = attribute.Graph!.Split('/');
        return (attribute, kind == ObjectKind.Device && parts.Length > 1 ? "extensionAttributes" : parts[0], parts.ElementAtOrDefault(1));
    }
}
