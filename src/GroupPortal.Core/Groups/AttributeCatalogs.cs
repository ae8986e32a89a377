using System.Globalization;
using GroupPortal.Core.Criteria;
using GroupPortal.Core.Directories;

namespace GroupPortal.Core.Groups;

/// <summary>
/// The attributes of groups that each kind of store is known to have, before its live schema is asked. Lengths are the
/// schema's rangeUpper (AD, as measured) and Graph's documented maxima.
/// </summary>
public static class AttributeCatalogs
{
    public static AttributeCatalog For(StoreKind kind) => kind == StoreKind.ActiveDirectory ? ActiveDirectory : EntraId;

    public static AttributeCatalog ActiveDirectory { get; } = new(
    [
        new(AttributeNames.Name, "Name", MaximumLength: 64, IsIndexed: true),
        new(AttributeNames.AccountName, "AccountName", MaximumLength: 256, IsIndexed: true) { IsUnique = true },
        new(AttributeNames.DisplayName, "DisplayName", MaximumLength: 256, IsIndexed: true),
        new(AttributeNames.Description, "Description", MaximumLength: 1024),
        new(AttributeNames.GroupType, "GroupType", AttributeSyntax.Number, MaximumLength: 11),
        new(AttributeNames.Mail, "Mail", MaximumLength: 256, IsIndexed: true),
        new(AttributeNames.MailNickname, "MailNickname", MaximumLength: 64, IsIndexed: true) { IsUnique = true },
        new(AttributeNames.Information, "Information", MaximumLength: 1024) { AllowsLines = true },
        new("wWWHomePage", "HomePage", MaximumLength: 2048),
        new("proxyAddresses", "ProxyAddresses", IsMultiValued: true, MaximumLength: 1123, IsIndexed: true),
        new("telephoneNumber", "Telephone", MaximumLength: 64),
        new("objectGUID", "ObjectGuid", IsWritable: false, IsIndexed: true),
        new("objectSid", "ObjectSid", IsWritable: false, IsIndexed: true),
        new("objectClass", "ObjectClass", IsWritable: false, IsMultiValued: true),
        new("objectCategory", "ObjectCategory", IsWritable: false),
        new("distinguishedName", "DistinguishedName", IsWritable: false),
        new("cn", "CommonName", IsWritable: false),
        new("whenCreated", "Created", AttributeSyntax.Time, IsWritable: false),
        new("whenChanged", "Changed", AttributeSyntax.Time, IsWritable: false),
        new("uSNChanged", "ChangeNumber", AttributeSyntax.Number, IsWritable: false),
        new("memberOf", "MemberOf", AttributeSyntax.Reference, IsMultiValued: true, IsWritable: false),
        new("adminCount", "AdminCount", AttributeSyntax.Number, IsWritable: false),
        new("isCriticalSystemObject", "Critical", AttributeSyntax.Boolean, IsWritable: false),
        .. Enumerable.Range(1, 15).Select(number => new AttributeDefinition(
            string.Create(CultureInfo.InvariantCulture, $"extensionAttribute{number}"), "Extension", MaximumLength: 1024)),
        .. Portal,
    ]);

    public static AttributeCatalog EntraId { get; } = new(
    [
        new(AttributeNames.DisplayName, "DisplayName", MaximumLength: 256, IsIndexed: true),
        new(AttributeNames.MailNickname, "MailNickname", MaximumLength: 64, IsIndexed: true) { IsUnique = true },
        new(AttributeNames.Description, "Description", MaximumLength: 1024),
        new(AttributeNames.GroupType, "GroupType", AttributeSyntax.Number, MaximumLength: 2),
        new(AttributeNames.Mail, "Mail", IsWritable: false, IsIndexed: true),
        new(AttributeNames.Visibility, "Visibility", MaximumLength: 16),
        new(AttributeNames.MembershipRule, "MembershipRule", MaximumLength: CriteriaLimits.EntraRuleLength) { AllowsLines = true },
        new(AttributeNames.RuleProcessing, "RuleProcessing", MaximumLength: 16),
        new("preferredLanguage", "PreferredLanguage", MaximumLength: 16),
        new("theme", "Theme", MaximumLength: 16),
        new("classification", "Classification", MaximumLength: 256),
        new(AttributeNames.HideFromAddressLists, "HideFromAddressLists", AttributeSyntax.Boolean, KeptBy: KeptBy.Exchange),
        new(AttributeNames.HideFromOutlook, "HideFromOutlookClients", AttributeSyntax.Boolean, KeptBy: KeptBy.Exchange),
        new(AttributeNames.AllowExternalSenders, "AllowExternalSenders", AttributeSyntax.Boolean, KeptBy: KeptBy.Exchange),
        new(AttributeNames.AutoSubscribe, "AutoSubscribeNewMembers", AttributeSyntax.Boolean, KeptBy: KeptBy.Exchange),
        new(AttributeNames.WelcomeMessage, "WelcomeMessageEnabled", AttributeSyntax.Boolean, KeptBy: KeptBy.Exchange),
        new(AttributeNames.Licences, "Licences", IsMultiValued: true, MaximumLength: 36, KeptBy: KeptBy.Licensing),
        new(AttributeNames.Expires, "Expires", AttributeSyntax.Boolean, KeptBy: KeptBy.Expiration),
        new(AttributeNames.Renewed, "Renewed", AttributeSyntax.Time, KeptBy: KeptBy.Expiration),
        new("objectGUID", "ObjectGuid", IsWritable: false, IsIndexed: true),
        new("id", "ObjectGuid", IsWritable: false, IsIndexed: true),
        new("objectClass", "ObjectClass", IsWritable: false),
        new("objectCategory", "ObjectCategory", IsWritable: false),
        new("mailEnabled", "MailEnabled", AttributeSyntax.Boolean, IsWritable: false),
        new("securityEnabled", "SecurityEnabled", AttributeSyntax.Boolean, IsWritable: false),
        new("createdDateTime", "Created", AttributeSyntax.Time, IsWritable: false),
        // Entra has no such attribute; the samples send it, and the portal keeps it.
        new(AttributeNames.Information, "Information", MaximumLength: 1024, KeptBy: KeptBy.Portal) { AllowsLines = true },
        .. Portal,
    ]);

    private static IEnumerable<AttributeDefinition> Portal =>
    [
        new(AttributeNames.SecurityType, "SecurityType", MaximumLength: 12, KeptBy: KeptBy.Portal),
        new(AttributeNames.ManagedGroupType, "ManagedGroupType", AttributeSyntax.Number, MaximumLength: 1, KeptBy: KeptBy.Portal),
        new(AttributeNames.Criteria, "Criteria", MaximumLength: CriteriaLimits.TextLength, KeptBy: KeptBy.Portal) { AllowsLines = true },
        new(AttributeNames.CriteriaLanguage, "CriteriaLanguage", MaximumLength: 8, KeptBy: KeptBy.Portal),
        new(AttributeNames.ObjectTypes, "ObjectTypes", AttributeSyntax.Number, IsMultiValued: true, MaximumLength: 3, KeptBy: KeptBy.Portal),
        new(AttributeNames.StartPath, "StartPath", IsMultiValued: true, MaximumLength: 2048, KeptBy: KeptBy.Portal),
        new(AttributeNames.Include, "Include", IsMultiValued: true, MaximumLength: 512, KeptBy: KeptBy.Portal),
        new(AttributeNames.Exclude, "Exclude", IsMultiValued: true, MaximumLength: 512, KeptBy: KeptBy.Portal),
        new(AttributeNames.Schedule, "Schedule", MaximumLength: 128, KeptBy: KeptBy.Portal),
    ];
}
