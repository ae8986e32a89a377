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
}
