namespace GroupPortal.Core.Groups;

/// <summary>The attribute names that the portal itself has something to say about; all other names come from the catalog.</summary>
public static class AttributeNames
{
    public const string Name = "name";
    public const string DisplayName = "displayName";
    public const string AccountName = "sAMAccountName";
    public const string MailNickname = "mailNickname";
    public const string Mail = "mail";
    public const string Description = "description";
    public const string GroupType = "groupType";
    public const string Container = "container";
    public const string Visibility = "visibility";
    public const string Information = "info";

    /// <summary>The step paths of references; on the wire also the attribute names.</summary>
    public const string Members = "members";
    public const string Owners = "owners";
    public const string ManagedBy = "managedBy";
    public const string AdditionalOwners = "XAdditionalOwner";

    /// <summary>Who may join, kept by the portal; the vendor's name.</summary>
    public const string SecurityType = "XGroupSecurity";

    /// <summary>1 static, 2 smart, kept by the portal; the vendor's name.</summary>
    public const string ManagedGroupType = "IMSGManagedGroupType";

    /// <summary>The rule of a smart group, kept by the portal; the vendor's names where it has one. See SmartGroups/RuleValues for their values.</summary>
    public const string Criteria = "IMSGCriteria";
    public const string CriteriaLanguage = "XCriteriaLanguage";
    public const string ObjectTypes = "IMSGObjectTypes";
    public const string StartPath = "IMSGStartPath";
    public const string Include = "Include";
    public const string Exclude = "Exclude";

    /// <summary>When a smart group is updated by itself; see SmartGroups/UpdateSchedule.</summary>
    public const string Schedule = "XUpdateSchedule";

    /// <summary>The rule that Entra ID itself applies; kept by the directory.</summary>
    public const string MembershipRule = "membershipRule";

    /// <summary>Whether Entra ID applies that rule: <c>On</c> or <c>Paused</c>.</summary>
    public const string RuleProcessing = "membershipRuleProcessingState";

    /// <summary>The licences (skuId, GUID in the form D) that a group gives its members.</summary>
    public const string Licences = "assignedLicenses";

    /// <summary>Whether the tenant's expiration policy names this group: <c>true</c> or <c>false</c>; Graph's name of the relation.</summary>
    public const string Expires = "groupLifecyclePolicies";

    /// <summary>When a group that expires was last renewed. Setting it, to whatever time, renews it now.</summary>
    public const string Renewed = "renewedDateTime";

    /// <summary>The step path of the team that a new Microsoft 365 group becomes. Of an existing group it is a change of its type.</summary>
    public const string Team = "team";

    /// <summary>What Exchange Online keeps of a Microsoft 365 group: true or false each, false in a new group.</summary>
    public const string HideFromAddressLists = "hideFromAddressLists";
    public const string HideFromOutlook = "hideFromOutlookClients";
    public const string AllowExternalSenders = "allowExternalSenders";
    public const string AutoSubscribe = "autoSubscribeNewMembers";

    /// <summary>Whether new members are greeted by mail; true in a new group.</summary>
    public const string WelcomeMessage = "welcomeMessageEnabled";

    /// <summary>What somebody who creates a Microsoft 365 group may switch on, in the order in which people read it.</summary>
    public static IReadOnlyList<string> OptionsOfUnified { get; } = [AllowExternalSenders, AutoSubscribe, HideFromAddressLists, HideFromOutlook];

    /// <summary>All that a smart group has and a static one has not, in the order in which people read it.</summary>
    public static IReadOnlyList<string> OfRule { get; } = [Criteria, CriteriaLanguage, ObjectTypes, StartPath, Include, Exclude, Schedule];

    /// <summary>Whether an attribute is part of the portal's own rule of a group.</summary>
    public static bool IsOfRule(string name) => OfRule.Contains(name, StringComparer.OrdinalIgnoreCase);
}
