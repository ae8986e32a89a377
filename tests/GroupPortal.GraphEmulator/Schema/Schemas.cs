using GroupPortal.GraphEmulation.Store;
using static GroupPortal.GraphEmulation.Schema.PropertyTraits;
using static GroupPortal.GraphEmulation.Schema.PropertyType;

namespace GroupPortal.GraphEmulation.Schema;

/// <summary>The properties of each kind of object, after Microsoft's metadata; with what each can be asked.</summary>
internal static class Schemas
{
    public static ResourceType Group { get; } = new(ObjectKind.Group, "group", "groups",
    [
        .. Of(Text, Default | Filter | ReadOnly, "id"),
        .. Of(Time, Default | ReadOnly, "deletedDateTime"),
        .. Of(Text, Default | Filter | Order | Search, "displayName"),
        .. Of(Text, Default | Filter | Search, "description"),
        .. Of(Text, Default | Filter, "mailNickname", "membershipRule", "membershipRuleProcessingState", "classification", "preferredLanguage", "theme", "preferredDataLocation"),
        .. Of(Text, Default | Filter | ReadOnly, "mail", "onPremisesSamAccountName", "onPremisesSecurityIdentifier", "securityIdentifier"),
        .. Of(Text, Default | ReadOnly, "onPremisesDomainName", "onPremisesNetBiosName"),
        .. Of(PropertyType.Boolean, Default | Filter, "mailEnabled", "securityEnabled"),
        .. Of(PropertyType.Boolean, Default | Filter | CreateOnly, "isAssignableToRole"),
        .. Of(PropertyType.Boolean, Default | Filter | ReadOnly, "onPremisesSyncEnabled"),
        .. Of(Text, Default | CreateOnly | Filter, "uniqueName"),
        .. Of(Text, Default, "visibility"),
        .. Of(Texts, Default | Filter, "groupTypes"),
        .. Of(Texts, Default | CreateOnly, "resourceBehaviorOptions"),
        .. Of(Texts, Default | Filter, "resourceProvisioningOptions"),
        .. Of(Texts, Default | Filter | ReadOnly, "proxyAddresses"),
        .. Of(Texts, Default | ReadOnly, "creationOptions"),
        .. Of(Time, Default | Filter | ReadOnly, "createdDateTime", "renewedDateTime", "expirationDateTime", "onPremisesLastSyncDateTime"),
        .. Of(Complexes, Default | ReadOnly, "onPremisesProvisioningErrors", "serviceProvisioningErrors"),
        .. Of(Complexes, Filter | ReadOnly, "assignedLicenses"),
        .. Of(Complexes, None, "assignedLabels"),
        .. Of(Complex, ReadOnly, "licenseProcessingState", "onPremisesExtensionAttributes"),
        .. Of(Texts, ReadOnly, "infoCatalogs"),
        .. Of(Text, ReadOnly, "organizationId"),
        .. Of(PropertyType.Boolean, FilterOnly | ReadOnly, "hasMembersWithLicenseErrors"),
        .. Of(PropertyType.Boolean, ReadOnly, "isManagementRestricted"),
        .. Of(PropertyType.Boolean, Exchange, "allowExternalSenders", "autoSubscribeNewMembers", "hideFromAddressLists", "hideFromOutlookClients", "isSubscribedByMail", "isFavorite", "welcomeMessageEnabled"),
        .. Of(PropertyType.Boolean, Exchange | ReadOnly, "isArchived"),
        .. Of(Text, Exchange, "accessType"),
        .. Of(Number, Exchange | ReadOnly, "unseenConversationsCount", "unseenCount", "unseenMessagesCount"),
        .. Of(Complex, Exchange | ReadOnly | Beta, "membershipRuleProcessingStatus", "cloudLicensing"),
    ]);

    public static ResourceType User { get; } = new(ObjectKind.User, "user", "users",
    [
        .. Of(Text, Default | Filter | ReadOnly, "id"),
        .. Of(Time, ReadOnly, "deletedDateTime"),
        .. Of(Text, Default | Filter | Order | Search, "displayName", "userPrincipalName"),
        .. Of(Text, Default | Filter, "givenName", "surname", "jobTitle", "mail", "mobilePhone", "officeLocation", "preferredLanguage"),
        .. Of(Texts, Default | Filter, "businessPhones"),
        .. Of(Text, Filter, "department", "companyName", "city", "state", "country", "postalCode", "streetAddress", "usageLocation",
            "employeeId", "employeeType", "mailNickname", "faxNumber", "userType", "creationType", "externalUserState", "ageGroup",
            "preferredDataLocation"),
        .. Of(Text, None, "passwordPolicies", "aboutMe", "mySite", "preferredName", "consentProvidedForMinor", "legalAgeGroupClassification"),
        .. Of(Text, ReadOnly, "onPremisesDistinguishedName", "onPremisesDomainName", "securityIdentifier", "onPremisesUserPrincipalName"),
        .. Of(Text, Filter | ReadOnly, "onPremisesSecurityIdentifier", "onPremisesSamAccountName"),
        .. Of(Text, Filter, "onPremisesImmutableId"),
        .. Of(Texts, Filter, "otherMails", "imAddresses", "proxyAddresses"),
        .. Of(PropertyType.Boolean, Filter, "accountEnabled", "isResourceAccount", "showInAddressList"),
        .. Of(PropertyType.Boolean, Filter | ReadOnly, "onPremisesSyncEnabled"),
        .. Of(Time, Filter, "employeeHireDate", "employeeLeaveDateTime"),
        .. Of(Time, Filter | ReadOnly, "createdDateTime", "onPremisesLastSyncDateTime"),
        .. Of(Time, ReadOnly, "lastPasswordChangeDateTime", "signInSessionsValidFromDateTime", "externalUserStateChangeDateTime"),
        .. Of(Complexes, Filter | ReadOnly, "assignedLicenses", "assignedPlans", "identities"),
        .. Of(Complexes, ReadOnly, "licenseAssignmentStates", "provisionedPlans", "onPremisesProvisioningErrors", "serviceProvisioningErrors"),
        .. Of(Complex, Filter, "onPremisesExtensionAttributes", "employeeOrgData"),
        .. Of(Complex, None, "passwordProfile", "signInActivity"),
    ]);

    public static ResourceType Device { get; } = new(ObjectKind.Device, "device", "devices",
    [
        .. Of(Text, Default | Filter | ReadOnly, "id"),
        .. Of(Time, Default | ReadOnly, "deletedDateTime"),
        .. Of(Text, Default | Filter | Order | Search, "displayName"),
        .. Of(Text, Default | Filter, "deviceId", "operatingSystem", "operatingSystemVersion", "mdmAppId", "profileType", "trustType", "deviceCategory", "deviceOwnership", "enrollmentProfileName"),
        .. Of(Text, Default, "deviceMetadata", "enrollmentType", "managementType", "manufacturer", "model"),
        .. Of(Text, ReadOnly, "onPremisesSecurityIdentifier"),
        .. Of(PropertyType.Boolean, Default | Filter, "accountEnabled", "isCompliant", "isManaged", "isRooted"),
        .. Of(PropertyType.Boolean, Default | Filter | ReadOnly, "onPremisesSyncEnabled"),
        .. Of(PropertyType.Boolean, ReadOnly, "isManagementRestricted"),
        .. Of(Number, Default, "deviceVersion"),
        .. Of(Time, Default | Filter | ReadOnly, "approximateLastSignInDateTime", "onPremisesLastSyncDateTime", "createdDateTime"),
        .. Of(Time, Default, "complianceExpirationDateTime", "registrationDateTime"),
        .. Of(Texts, Default | Filter, "physicalIds", "systemLabels"),
        .. Of(Complexes, Default, "alternativeSecurityIds"),
        .. Of(Complex, Filter | Beta, "extensionAttributes"),
    ]);

    public static ResourceType ServicePrincipal { get; } = new(ObjectKind.ServicePrincipal, "servicePrincipal", "servicePrincipals",
    [
        .. Of(Text, Default | Filter | ReadOnly, "id"),
        .. Of(Time, Default | ReadOnly, "deletedDateTime"),
        .. Of(Text, Default | Filter | Order | Search, "displayName"),
        .. Of(Text, Default | Filter, "appId", "appDisplayName", "servicePrincipalType", "homepage", "preferredSingleSignOnMode"),
        .. Of(Text, Default, "description", "appDescription", "notes", "loginUrl", "logoutUrl", "signInAudience", "appOwnerOrganizationId", "applicationTemplateId"),
        .. Of(PropertyType.Boolean, Default | Filter, "accountEnabled", "appRoleAssignmentRequired"),
        .. Of(Time, Default | ReadOnly, "createdDateTime"),
        .. Of(Texts, Default | Filter, "servicePrincipalNames", "alternativeNames", "tags"),
        .. Of(Texts, Default, "replyUrls", "notificationEmailAddresses"),
    ]);

    public static ResourceType Contact { get; } = new(ObjectKind.Contact, "orgContact", "contacts",
    [
        .. Of(Text, Default | Filter | ReadOnly, "id"),
        .. Of(Time, ReadOnly, "deletedDateTime"),
        .. Of(Text, Default | Filter | Order | Search, "displayName"),
        .. Of(Text, Default | Filter, "companyName", "department", "givenName", "jobTitle", "mail", "mailNickname", "surname"),
        .. Of(PropertyType.Boolean, Default | Filter | ReadOnly, "onPremisesSyncEnabled"),
        .. Of(Time, Default | ReadOnly, "onPremisesLastSyncDateTime", "createdDateTime"),
        .. Of(Texts, Default | Filter, "proxyAddresses"),
        .. Of(Complexes, Default, "addresses", "phones", "onPremisesProvisioningErrors"),
    ]);

    public static IReadOnlyList<ResourceType> All { get; } = [User, Group, Device, ServicePrincipal, Contact];

    public static ResourceType Of(ObjectKind kind) => kind switch
    {
        ObjectKind.User => User,
        ObjectKind.Group => Group,
        ObjectKind.Device => Device,
        ObjectKind.ServicePrincipal => ServicePrincipal,
        ObjectKind.Contact => Contact,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    public static ResourceType? Named(string name) =>
        All.FirstOrDefault(type => string.Equals(type.Name, name, StringComparison.OrdinalIgnoreCase));

    public static ResourceType? OfSet(string set) =>
        All.FirstOrDefault(type => string.Equals(type.Set, set, StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<Property> Of(PropertyType type, PropertyTraits traits, params string[] names) =>
        names.Select(name => new Property(name, type, traits));
}
