using System.Globalization;
using GroupPortal.Core.Directories;
using static GroupPortal.Core.Criteria.CriteriaSyntaxes;

namespace GroupPortal.Core.Criteria;

/// <summary>
/// What rules can ask of each kind of store. Entra's names are those of the rule language (reference entra.md 1.3), which keeps
/// the old Azure AD Graph names; Graph's beside them.
/// </summary>
internal static class CriteriaVocabularies
{
    /// <summary>What everybody may see of everybody (<see cref="CriteriaAttribute.IsOpen"/>), by the names of either store. A new attribute is not open until it stands here.</summary>
    private static readonly HashSet<string> Open =
    [
        "displayName", "cn", "givenName", "sn", "surname", "sAMAccountName", "userPrincipalName", "mail", "mailNickname", "mailNickName", "proxyAddresses",
        "department", "title", "jobTitle", "company", "companyName", "division", "description", "physicalDeliveryOfficeName", "l", "city", "st", "state",
        "c", "co", "country", "telephoneNumber", "facsimileTelephoneNumber", "operatingSystem", "distinguishedName", "onPremisesDistinguishedName",
        "objectGUID", "objectId", "objectClass", "objectCategory", "groupType", "manager", "managedBy", "memberOf", "userType",
        "deviceCategory", "deviceManufacturer", "deviceModel", "deviceOSType", "deviceOSVersion", "deviceOwnership", "deviceTrustType", "managementType",
    ];

    public static CriteriaVocabulary ActiveDirectory { get; } = Of(StoreKind.ActiveDirectory,
    [
        Ad("displayName", "displayName", indexed: true) with { IsNearlyUnique = true },
        Ad("cn") with { IsNearlyUnique = true, IsIndexed = true, Label = "commonName" },
        Ad("givenName", "givenName", indexed: true),
        Ad("sn", "surname", indexed: true) with { Label = "surname" },
        Ad("sAMAccountName", indexed: true) with { IsNearlyUnique = true, Label = "accountName", Graph = "onPremisesSamAccountName" },
        Ad("userPrincipalName", "userPrincipalName", indexed: true) with { IsNearlyUnique = true },
        Ad("mail", "mail", indexed: true) with { IsNearlyUnique = true },
        Ad("mailNickname", "mailNickName", indexed: true) with { IsNearlyUnique = true, Graph = "mailNickname" },
        Ad("proxyAddresses", "proxyAddresses", indexed: true) with { IsMultiValued = true, IsNearlyUnique = true },
        Ad("department", "department"),
        Ad("title", "jobTitle") with { Label = "jobTitle" },
        Ad("company", "companyName") with { Label = "companyName" },
        Ad("division"),
        Ad("description"),
        Ad("physicalDeliveryOfficeName", "physicalDeliveryOfficeName", indexed: true) with { Label = "office", Graph = "officeLocation", IsSelfWritable = true },
        Ad("l", "city", indexed: true) with { Label = "city", IsSelfWritable = true },
        Ad("st", "state") with { Label = "state", IsSelfWritable = true },
        Ad("streetAddress", "streetAddress") with { IsSelfWritable = true },
        Ad("postalCode", "postalCode") with { IsSelfWritable = true },
        Ad("c", "country") with { Label = "country", IsSelfWritable = true },
        Ad("co") with { Label = "countryName", IsSelfWritable = true },
        Ad("employeeID", "employeeId") with { IsNearlyUnique = true, Label = "employeeId" },
        Ad("employeeNumber"),
        Ad("employeeType") with { Graph = "employeeType" },
        Ad("telephoneNumber", "telephoneNumber") with { IsNearlyUnique = true, Graph = "businessPhones", IsSelfWritable = true },
        Ad("mobile", "mobile") with { IsNearlyUnique = true, Graph = "mobilePhone", IsSelfWritable = true },
        Ad("facsimileTelephoneNumber", "facsimileTelephoneNumber") with { Graph = "faxNumber", IsSelfWritable = true },
        Ad("preferredLanguage", "preferredLanguage"),
        Ad("homeMDB") with { Label = "mailboxStore" },
        Ad("targetAddress") with { Label = "externalAddress", IsNearlyUnique = true },
        Ad("operatingSystem"),
        Ad("operatingSystemVersion"),
        Ad("dNSHostName") with { IsNearlyUnique = true },
        Ad("distinguishedName", "onPremisesDistinguishedName") with { IsReplicated = false, IsNearlyUnique = true },
        Ad("objectGUID") with { IsReplicated = false, IsNearlyUnique = true, IsIndexed = true, Label = "objectId", Entra = "objectId", Graph = "id" },
        Ad("objectClass") with { IsMultiValued = true, IsReplicated = false, IsIndexed = true },
        Ad("objectCategory") with { IsReplicated = false, IsIndexed = true },
        Ad("userAccountControl", syntax: Flags),
        Ad("groupType", syntax: Flags),
        Ad("primaryGroupID", syntax: Number) with { Label = "primaryGroup" },
        Ad("adminCount", syntax: Number),
        Ad("manager", syntax: Reference) with { IsIndexed = false },
        Ad("managedBy", syntax: Reference),
        Ad("memberOf", "memberOf", syntax: Reference) with { IsMultiValued = true, Graph = "memberOf" },
        Ad("whenCreated", syntax: Time) with { Graph = "createdDateTime" },
        Ad("accountExpires", syntax: Time) with { TimeForm = TimeForm.FileTime },
        Ad("lastLogonTimestamp", syntax: Time) with { TimeForm = TimeForm.FileTime },
        Ad("pwdLastSet", syntax: Time) with { TimeForm = TimeForm.FileTime, Graph = "lastPasswordChangeDateTime" },
        .. Extensions((name, number) => Ad(name, name) with { Graph = ExtensionPath(number) }),
    ]);

    public static CriteriaVocabulary EntraId { get; } = Of(StoreKind.EntraId,
    [
        Entra("displayName", ldap: "displayName", device: "displayName") with { IsNearlyUnique = true },
        Entra("givenName", ldap: "givenName"),
        Entra("surname", ldap: "sn"),
        Entra("userPrincipalName", ldap: "userPrincipalName") with { IsNearlyUnique = true },
        Entra("mail", ldap: "mail") with { IsNearlyUnique = true },
        Entra("mailNickName", ldap: "mailNickname", graph: "mailNickname") with { IsNearlyUnique = true },
        Entra("proxyAddresses", ldap: "proxyAddresses") with { IsMultiValued = true, IsNearlyUnique = true },
        Entra("otherMails") with { IsMultiValued = true, IsNearlyUnique = true, IsSelfWritable = true },
        Entra("department", ldap: "department"),
        Entra("jobTitle", ldap: "title"),
        Entra("companyName", ldap: "company"),
        Entra("physicalDeliveryOfficeName", ldap: "physicalDeliveryOfficeName", graph: "officeLocation") with { Label = "office" },
        Entra("city", ldap: "l"),
        Entra("state", ldap: "st"),
        Entra("streetAddress", ldap: "streetAddress"),
        Entra("postalCode", ldap: "postalCode"),
        Entra("country", ldap: "c"),
        Entra("usageLocation"),
        Entra("employeeId", ldap: "employeeID") with { IsNearlyUnique = true },
        Entra("telephoneNumber", ldap: "telephoneNumber", graph: "businessPhones") with { IsNearlyUnique = true, IsSelfWritable = true },
        Entra("mobile", ldap: "mobile", graph: "mobilePhone") with { IsNearlyUnique = true, IsSelfWritable = true },
        Entra("facsimileTelephoneNumber", ldap: "facsimileTelephoneNumber", graph: "faxNumber"),
        Entra("preferredLanguage", ldap: "preferredLanguage") with { IsSelfWritable = true },
        Entra("passwordPolicies"),
        Entra("sipProxyAddress", graph: "imAddresses") with { IsNearlyUnique = true },
        Entra("userType"),
        Entra("onPremisesDistinguishedName", ldap: "distinguishedName") with { IsNearlyUnique = true },
        Entra("onPremisesSecurityIdentifier") with { IsNearlyUnique = true },
        Entra("objectId", ldap: "objectGUID", device: "objectId", graph: "id") with { IsReplicated = false, IsNearlyUnique = true, IsIndexed = true },
        Entra("accountEnabled", device: "accountEnabled", syntax: CriteriaSyntaxes.Boolean),
        Entra("dirSyncEnabled", graph: "onPremisesSyncEnabled", syntax: CriteriaSyntaxes.Boolean),
        Entra("employeeHireDate", syntax: Time) with { TimeForm = TimeForm.Iso },
        Entra("assignedPlans") with { IsMultiValued = true, Fields = ["capabilityStatus", "service", "servicePlanId"] },
        Entra("memberOf", ldap: "memberOf", device: "memberOf", syntax: Reference) with { IsMultiValued = true },
        // Not in the rule language but for direct reports; the portal's own rules can ask it.
        new("manager", Reference) { Ldap = "manager", Graph = "manager/id" },
        Device("deviceCategory"),
        Device("deviceId"),
        Device("deviceManagementAppId", "mdmAppId"),
        Device("deviceManufacturer", "manufacturer"),
        Device("deviceModel", "model"),
        Device("deviceOSType", "operatingSystem"),
        Device("deviceOSVersion", "operatingSystemVersion"),
        Device("deviceOwnership"),
        Device("devicePhysicalIds", "physicalIds") with { IsMultiValued = true, IsNearlyUnique = true },
        Device("deviceTrustType", "trustType"),
        Device("enrollmentProfileName"),
        Device("isRooted") with { Syntax = CriteriaSyntaxes.Boolean },
        Device("managementType"),
        Device("profileType"),
        Device("systemLabels") with { IsMultiValued = true },
        .. Extensions((name, number) => Entra(name, ldap: name, device: name, graph: ExtensionPath(number))),
    ]);

    private static CriteriaVocabulary Of(StoreKind kind, IReadOnlyList<CriteriaAttribute> attributes) =>
        new(kind, [.. attributes.Select(attribute => attribute with { IsOpen = Open.Contains(attribute.Name) })]);

    private static CriteriaAttribute Ad(string name, string? entra = null, bool indexed = false, CriteriaSyntaxes syntax = Text) =>
        new(name, syntax) { Ldap = name, Entra = entra, Graph = entra, IsIndexed = indexed };

    private static CriteriaAttribute Entra(
        string name, string? ldap = null, string? device = null, string? graph = null, CriteriaSyntaxes syntax = Text) =>
        new(name, syntax) { Ldap = ldap, Entra = name, EntraDevice = device, Graph = graph ?? name };

    private static CriteriaAttribute Device(string name, string? graph = null) => new(name) { EntraDevice = name, Graph = graph ?? name };

    private static IEnumerable<CriteriaAttribute> Extensions(Func<string, int, CriteriaAttribute> make) =>
        Enumerable.Range(1, 15).Select(number => make(string.Create(CultureInfo.InvariantCulture, $"extensionAttribute{number}"), number));

    private static string ExtensionPath(int number) =>
        string.Create(CultureInfo.InvariantCulture, $"onPremisesExtensionAttributes/extensionAttribute{number}");
}
